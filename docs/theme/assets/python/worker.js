// Runs programs in Python with NumPy and Matplotlib (Pyodide), all from the folder of this file; ended from outside to stop one.
import { loadPyodide, version } from "./pyodide.js";

const [CORE, LIBRARY, PACKAGES, BOOK] = ["pyodide.asm.wasm.gz", "python_stdlib.zip", "packages.zip", "book.zip"];
const HOME = "/book";

/** Return a file's bytes. What is packed with gzip is unpacked, unless a server has done it on the way. */
async function got(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if (new Uint8Array(bytes)[0] !== 0x1f) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** Load all files, then start Python, which asks for some of them by its own names; return what runs a program. */
async function start() {
  const [core, library, packages, book] = await Promise.all([CORE, LIBRARY, PACKAGES, BOOK].map(got));
  postMessage({ loaded: true });
  const answers = {
    "pyodide.asm.wasm": () => new Response(core, { headers: { "Content-Type": "application/wasm" } }),
    [LIBRARY]: () => new Response(library),
    "pyodide-lock.json": () => Response.json({ info: { version }, packages: {} }), // there is nothing else to be installed
  };
  globalThis.fetch = async (address) => answers[`${address}`.split("/").at(-1)]();
  const python = await loadPyodide({ indexURL: `${new URL(".", import.meta.url)}`, env: { HOME } });
  python.unpackArchive(packages, "zip", { extractDir: python.runPython("import site; site.getsitepackages()[0]") });
  python.unpackArchive(book, "zip", { extractDir: HOME });
  python.runPython(`import logging, sys; sys.path.insert(0, "${HOME}"); logging.getLogger("matplotlib").setLevel("ERROR")`);
  const { prepare, run } = python.pyimport("downhill.execution.in_page");
  prepare(`${HOME}/matplotlibrc`);
  return (...program) => run(...program); // what Python gave is no answer of a promise, which would ask it for `then`
}

const running = start();
running.then(() => postMessage({ ready: true }), (error) => postMessage({ failed: error.message }));

onmessage = async ({ data: { job, source, name } }) => {
  const run = await running;
  postMessage({ job, result: JSON.parse(run(source, name, (printed) => postMessage({ job, printed }))) });
};

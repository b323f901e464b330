// Compiles two zips with Pyodide's own Python: node python_files.mjs FOLDER STATEMENTS. In FOLDER lie Pyodide and the zips; of their
// programs those are compiled that are imported once the statements have run.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("uncaughtException", ({ message }) => (console.error(message), process.exit(1))); // and not the line of a megabyte
const [folder, statements] = process.argv.slice(2);
const read = (name) => new Uint8Array(readFileSync(join(folder, name)));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: folder });
python.unpackArchive(read("packages.zip"), "zip", { extractDir: python.runPython("import site; site.getsitepackages()[0]") });
python.runPython(readFileSync(new URL("compiling.py", import.meta.url), "utf8"));
const wanted = python.globals.get("used")(statements);
for (const zip of ["python_stdlib.zip", "packages.zip"]) {
  python.FS.writeFile("old.zip", read(zip));
  python.globals.get("compiled")("old.zip", "new.zip", wanted);
  writeFileSync(join(folder, zip), python.FS.readFile("new.zip"));
}
process.exit(0);

"""Programs in a page's Python, without the page around them: all that it can run, and what each leaves there."""

import math

from downhill.execution import record
from downhill.execution.agreement import NUMBER
from downhill.markdown.needs import IN_PAGE, libraries
from tests.book import BOOK

PROGRAMS = [name for name, source in BOOK.snippets.items() if libraries(source) <= IN_PAGE]
# run each of [[name, source], …] in turn, in one Python a page; return {name: what it left}
RUN = """async ([folder, programs]) => {
  const known = globalThis.programs, worker = (globalThis.programs ??= new Worker(folder + "worker.js", { type: "module" }));
  const news = (wanted) => new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error("the worker does not start"));
    worker.onmessage = ({ data }) => data.failed ? reject(new Error(data.failed)) : wanted(data) && resolve(data);
  });
  if (!known) await news((data) => data.ready);
  const left = {};
  for (const [name, source] of programs) {
    worker.postMessage({ job: name, source, name: name.replaceAll("/", "-") });
    left[name] = (await news((data) => data.result)).result;
  }
  return left;
}"""


def run(page, names: list[str], language: str) -> dict[str, dict]:
    """Run programs of a language in the Python of a page that is open; return `{name: what it left}`."""
    folder = page.evaluate("new URL(document.querySelector('[data-python]').dataset.python, new URL('../..', location)).href")
    page.set_default_timeout(0)
    return page.evaluate(RUN, [folder, [[name, BOOK.source(name, language)] for name in names]])


def same(one: str, other: str) -> bool:
    """Return whether two texts are the same, but for the last digits of numbers that are printed with all of theirs."""
    numbers = ([float(number.replace(",", "")) for number in NUMBER.findall(text)] for text in (one, other))
    alike = all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(*numbers, strict=False))
    return alike and NUMBER.sub("#", one).rstrip() == NUMBER.sub("#", other).rstrip()


def faults(name: str, left: dict) -> list[str]:
    """Return in what a program left something else than is recorded: an error, another text, another number of figures."""
    entries = record.recorded(BOOK).get(name, ({},))[0]
    printed = [text for what, text in entries.items() if what.startswith("printed ")]
    figures = {what.split()[1] for what in entries if what.startswith("figure ")}
    found = [left["error"]] if left["error"] else []
    if not same(left["printed"], "\n".join(printed)):
        found.append(f"printed {left['printed']!r}, recorded is {printed}")
    if len(left["figures"]) != len(figures):
        found.append(f"{len(left['figures'])} figures, recorded are {len(figures)}")
    return [f"{name}: {fault}" for fault in found]

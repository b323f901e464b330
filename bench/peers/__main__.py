"""Builds the book's snippets with Downhill and its peers, measures, and reports: `python -m bench.peers`."""

import datetime
import json
import os
import platform
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from bench import BenchError, results
from bench.book import ROOT
from bench.peers import environments, measure, pages, plain, report, tools
from downhill import LANGUAGES
from downhill.execution import cache
from downhill.manuscript.book import Book

WORK = ROOT / ".cache" / "bench"
EDITED = "gradient_descent/trajectory"  # a light snippet; where it was not chosen, the first that was
LONG = 60  # seconds; what takes longer is not repeated


def parser() -> ArgumentParser:
    """Return the parser of the command line."""
    names = [tool.name for tool in tools.TOOLS]
    top = results.parser("peers", __doc__)
    top.add_argument("--only", nargs="+", choices=names, metavar="tool", help=f"measure these: {', '.join(names)}")
    top.add_argument("--snippets", nargs="+", metavar="name", help="run these, or all whose name begins so")
    top.add_argument("--repeat", type=int, default=3, help=f"how often what takes less than {LONG} s is measured")
    return top


def main() -> int:
    """Do what the command line says; return the exit status."""
    options = parser().parse_args()
    try:
        if options.markdown:
            print(report.markdown(results.read("peers", options), options.markdown))
            return 0
        whole = not (options.only or options.snippets)
        out = results.folder("peers", options, whole)
        chosen = [tool for tool in tools.TOOLS if not options.only or tool.name in options.only]
        pythons = {tool.name: installed(tool) for tool in chosen}
        if options.install:
            return 0
        result = everything(chosen, pythons, snippets(options.snippets), options.repeat, whole)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    results.write("peers", out, result)
    report.plot(result, out)
    print(report.markdown(result, "en"))
    return 0


def installed(tool: type[tools.Tool]) -> Path | str:
    """Return the interpreter that runs a tool; for one that cannot be measured, why."""
    if not tool.packages:
        return Path(sys.executable)
    try:
        python = environments.python(WORK / "environments" / tool.packages[0].split("==")[0], tool.packages)
    except BenchError as error:
        if not tool.optional:
            raise
        print(f"{tool.name} cannot be installed here, and is left out: {str(error).splitlines()[-1]}", file=sys.stderr)
        return "not installed"
    return "no project" if tool.optional else python


def snippets(wanted: list[str] | None) -> dict[str, str]:
    """Return the snippets to be run, as `{name: source}`."""
    found = Book(ROOT).snippets
    if wanted:
        found = {name: source for name, source in found.items() if name.startswith(tuple(wanted))}
    if not found:
        raise BenchError(f"no snippet begins with {' or '.join(wanted)}")
    return found


def everything(chosen: list[type[tools.Tool]], pythons: dict, sources: dict[str, str], repeat: int, whole: bool) -> dict:
    """Measure the tools one after the other; return all that the report needs. Raises BenchError if a tool fails."""
    measure.adopt_orphans()
    texts = {language: pages.read(ROOT / "docs" / language, set(sources)) for language in LANGUAGES}
    busy = measure.busy(whole)
    result = {
        "date": datetime.date.today().isoformat(),
        "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}",
        "busy": busy,
        "versions": cache.versions(),
        "snippets": len(sources),
        "tools": {},
    }
    for tool in chosen:
        about = {"packages": list(tool.packages), "languages": tool.languages}
        if isinstance(pythons[tool.name], str):
            about["missing"] = pythons[tool.name]
        else:
            shutil.rmtree(WORK / "projects" / tool.name, ignore_errors=True)
            bench = Bench(tool(WORK / "projects" / tool.name / "project", pythons[tool.name]), sources, texts)
            about |= bench.measured(repeat)
        result["tools"][tool.name] = about
        (WORK / "so-far.json").write_text(json.dumps(result, indent=1), encoding="utf-8")  # should a later one fail
    return result


class Bench:
    """Measures one tool: from nothing, with nothing changed, and with one snippet changed."""

    def __init__(self, tool: tools.Tool, sources: dict[str, str], texts: dict):
        self.tool, self.texts = tool, texts
        self.home = tool.folder.parent
        self.ran, self.log = self.home / "ran", self.home / "log"
        # one more line in each snippet tells that it ran to its end
        marks = {name: f"with open({str(self.ran)!r}, 'a') as _ran: _ran.write({name!r} + '\\n')\n" for name in sources}
        self.sources = {name: f"{source.rstrip()}\n{marks[name]}" for name, source in sources.items()}
        self.edited = EDITED if EDITED in sources else min(sources)
        self.runs: dict[str, list[dict]] = {}

    def measured(self, repeat: int) -> dict:
        """Return the measurements of every phase, and for Downhill what the limit is made of."""
        for name in ("home", "tmp", "project"):
            (self.home / name).mkdir(parents=True)
        self.tool.write(self.sources, self.texts)
        is_book = isinstance(self.tool, tools.Downhill)
        self.phase("cold", self.tool.commands())
        extra = limit(self.tool.folder) if is_book else {}
        if is_book:
            plain.prepare(self.tool.folder)
        for _ in range(repeat):
            if self.short("warm"):
                self.phase("warm", self.tool.commands())
            if is_book:
                self.phase("plain", [[sys.executable, "-m", "bench.peers.plain", self.tool.folder]])
        while len(self.runs.get("edit", ())) < repeat and self.short("edit"):
            self.sources[self.edited] += "#\n"
            self.tool.write(self.sources, self.texts)
            self.phase("edit", self.tool.commands())
        return self.runs | extra

    def short(self, phase: str) -> bool:
        """Return whether a phase has not been measured yet, or is short enough to be measured again."""
        return phase not in self.runs or self.runs[phase][-1]["seconds"] < LONG

    def phase(self, phase: str, commands: list[list]) -> None:
        """Measure one build, and see that it did what it claims."""
        self.ran.write_text("", encoding="utf-8")
        total = measure.Measured(0, 0, 0)
        for command in commands:
            total += measure.run(command, cwd=self.tool.cwd, env=self.environment(), log=self.log)
        executed = self.ran.read_text(encoding="utf-8").split()
        run = total.__dict__ | {"executed": len(executed), "outputs": self.tool.outputs()}
        self.runs.setdefault(phase, []).append(run)
        print(f"{self.tool.name}: {phase} {run['seconds']:.1f} s, {run['executed']} snippets executed", flush=True)
        due = {"cold": set(self.sources), "edit": {self.edited}}.get(phase, set())
        if missing := due - set(executed):
            raise BenchError(f"{self.tool.name}, {phase}: did not execute {', '.join(sorted(missing))}")
        outputs = self.tool.languages * len(self.sources)
        if run["outputs"] < outputs:
            raise BenchError(f"{self.tool.name}, {phase}: its site shows {run['outputs']} of {outputs} figures and results")

    def environment(self) -> dict[str, str]:
        """Return the environment of a build: an empty home at first, the book's style of figures."""
        path = f"{self.tool.python.parent}{os.pathsep}{os.environ['PATH']}"
        places = {"PATH": path, "HOME": str(self.home / "home"), "TMPDIR": str(self.home / "tmp")}
        style = {"LANG": "C.UTF-8", "MATPLOTLIBRC": str(ROOT / "matplotlibrc"), "NO_MKDOCS_2_WARNING": "1"}
        return places | style | self.tool.variables


def limit(root: Path) -> dict:
    """Return how long what Downhill ran took, the laboratory's notebooks too: the longest, and all together, in seconds."""
    cached = cache.Cache(book := Book(root))
    seconds = [cached.result(name).seconds for name in book.programs]
    return {"longest": max(seconds), "together": round(sum(seconds), 2)}


if __name__ == "__main__":
    sys.exit(main())

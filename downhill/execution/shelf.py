"""The results of a build where pages find them: an index that says which run belongs to which snippet."""

import functools
import hashlib
import json
from pathlib import Path

from downhill import BookError
from downhill.execution.cache import Cache, Result, load
from downhill.manuscript import counts, packing, values
from downhill.manuscript.book import Book
from downhill.manuscript.names import suggestion


def fingerprint(source: str) -> str:
    return hashlib.sha256(source.strip().encode()).hexdigest()


def write_index(book: Book) -> None:
    """Write what pages show, localized, and the index by which a page finds the results of what it shows."""
    cache = Cache(book)
    index = {"runs": {}, "sources": {}, "pages": {}}
    for language in book.pages:
        for name in book.shown:
            path = book.cache / "snippets" / language / f"{name}.py"
            source = book.source(name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text(encoding="utf-8") != source:
                path.write_text(source, encoding="utf-8")
            index["sources"][fingerprint(source)] = name
            entry = cache.entries[book.runs_in(name)]
            index["runs"][name] = [entry.run.name, entry.drawing.name, name if name in book.cells else ""]
            for fence in book.fences(name):
                index["pages"].setdefault(name, fence.page.split("/", 2)[2])
        stale = set((book.cache / "snippets" / language).rglob("*.py"))
        for path in stale - {book.cache / "snippets" / language / f"{name}.py" for name in book.shown}:
            path.unlink()
    (book.cache / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")


class Shelf:
    """Finds results for pages: those of this build by the index, those of `make full` among the committed files."""

    def __init__(self, root: Path):
        self.root = root
        self.folder = root / ".cache" / "runs"
        self.results: dict[str, Result] = {}
        self.unpacked: dict[str, packing.Unpacked] = {}

    @functools.cached_property
    def index(self) -> dict[str, dict]:
        """What `write_index` wrote; read when it is asked for, as a configuration is also read where nothing is built."""
        return json.loads((self.root / ".cache" / "index.json").read_text(encoding="utf-8"))

    @property
    def runs(self) -> dict[str, list[str]]:
        return self.index["runs"]

    @property
    def sources(self) -> dict[str, str]:
        return self.index["sources"]

    @property
    def pages(self) -> dict[str, str]:
        return self.index["pages"]

    def begun(self, name: str) -> str:
        """Return the notebook whose first cell this is; nothing of another cell, or of a snippet."""
        notebook = name.rpartition("/")[0] if self.runs[name][-1] else ""
        return notebook if notebook and next(run for run in self.runs if run.startswith(f"{notebook}/")) == name else ""

    def result(self, name: str) -> Result:
        if name not in self.results:
            *files, cell = self.runs[name]
            result = load(*(self.folder / file for file in files))
            if result is None:
                raise BookError(f"{Book.place(name)} has no result in the cache; run `make build`")
            self.results[name] = result.of(cell) if cell else result
        return self.results[name]

    def quoted(self, stem: str) -> packing.Unpacked:
        """Return the values that a quote's stem means: of a snippet, of its frozen full run, of an experiment, or counts."""
        if stem not in self.unpacked:
            self.unpacked[stem] = packing.Unpacked(self._packed(stem))
        return self.unpacked[stem]

    def state(self, stem: str) -> list[str] | dict | str:
        """Return what decides the values that a quote's stem means: the names of results say what they hold."""
        try:
            if stem == values.BOOK or values.is_frozen(stem):
                return self._packed(stem)
            return self.runs[self.snippet(stem)]
        except BookError as error:
            return str(error)

    @functools.cached_property
    def book(self) -> Book:
        return Book(self.root)

    def _packed(self, stem: str) -> dict:
        if stem == values.BOOK:
            return counts.whole(self.book)
        if values.is_frozen(stem):
            path = self.root / "data" / f"{stem}.json"
            if not path.exists():
                raise BookError(f"{path.relative_to(self.root)} does not exist; `make {stem.split('/')[0]}` writes it")
            return json.loads(path.read_text(encoding="utf-8"))["values"]
        return self.result(self.snippet(stem)).values

    def snippet(self, stem: str) -> str:
        """Return the full name of the snippet that a quote's stem names."""
        found = [name for name in self.runs if name == stem or name.split("/")[-1] == stem]
        if len(found) != 1:
            raise BookError(
                f"“{stem}” is "
                + ("no snippet" + suggestion(stem, self.runs) if not found else f"one of {', '.join(found)}: name the folder")
            )
        return found[0]

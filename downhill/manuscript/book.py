"""The book as it stands on disk: its pages, its snippets, its laboratory, and its catalogue."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from downhill import LANGUAGES, BookError
from downhill.manuscript import catalogue, files, labs, localize, names, prose

FENCE = re.compile(r"^(?P<indent> *)```python +(?P<options>.*exec.*)$")
OPTION = re.compile(r'([\w-]+)="([^"]*)"')
FIGURE = re.compile(r"^ */// figure \| (\S+)$")
INCLUDE = re.compile(r'^ *--8<-- "([^"]+)\.py"$')


def folder_of(page: str) -> str:
    """Return the folder in which a page stands on the site, below that of its language.

    >>> folder_of("index.md"), folder_of("momentum.md")
    ('', 'momentum/')
    """
    return "" if page == "index.md" else f"{page.removesuffix('.md')}/"


@dataclass(frozen=True)
class Fence:
    """A place where a page shows a snippet; `idea` are the functions and classes that carry its idea, if it says which."""

    page: str
    line: int
    snippet: str
    idea: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass
class Page:
    """One page in one language."""

    language: str
    name: str
    path: Path
    place: str  # the path as a message names it
    text: str

    @functools.cached_property
    def fences(self) -> list[Fence]:
        """Where the page shows snippets."""
        found, lines = [], prose.lines(self.text)
        for line, inner in zip(lines, lines[1:], strict=False):
            opening, include = FENCE.match(line.text), INCLUDE.match(inner.text)
            if line.kind == "fence" and line.opens and opening and include:
                options = dict(OPTION.findall(opening["options"]))
                found.append(Fence(self.place, line.number, include[1], tuple(options.get("idea", "").split())))
        return found

    @functools.cached_property
    def figures(self) -> dict[str, str]:
        """The snippets that draw the page's figures, by the ids of their captions."""
        found, above, fences = {}, "", {fence.line: fence.snippet for fence in self.fences}
        for line in prose.lines(self.text):
            above = fences.get(line.number, above)
            if above and line.kind == "text" and (match := FIGURE.match(line.text)):
                found[match[1]] = above
        return found

    @functools.cached_property
    def lab(self) -> str:
        """The notebook whose cells the page shows; nothing on another page."""
        cells = (fence.snippet for fence in self.fences if fence.snippet.startswith(f"{labs.FOLDER}/"))
        return next(cells, "").rpartition("/")[0]

    def quotes(self):
        """Yield (place, stem, expression) of every value that the page quotes."""
        for number, match in prose.quotes(self.text):
            yield f"{self.place}:{number}", match[1], match[2]


class Book:
    """All pages and snippets below a root folder."""

    def __init__(self, root: Path):
        self.root = root
        self.docs, self.cache = root / "docs", root / ".cache"
        self.catalogue = self.docs / "locale" / "zh.po"
        folder = root / "snippets"
        self.snippets = {
            path.relative_to(folder).with_suffix("").as_posix(): files.text(path)
            for path in files.below(folder, "*.py")
            if path.exists()
        }
        self.labs = {
            f"{labs.FOLDER}/{path.stem}": files.text(path)
            for path in files.below(self.docs / labs.FOLDER, "*.py")
            if path.exists()
        }
        self.cells = {cell.name: cell for lab, source in self.labs.items() for cell in labs.cells(lab, source)}
        self.programs = self.snippets | self.labs  # what is run
        self.shown = self.snippets | {name: cell.source for name, cell in self.cells.items()}  # what pages show
        self.pages = {language: self._pages(language) for language in LANGUAGES}

    def _pages(self, language: str) -> dict[str, Page]:
        folder = self.docs / language
        if not folder.is_dir():
            raise BookError(f"{folder}: missing. Restore it with `git checkout -- docs`, or run this where mkdocs.yml stands.")
        found = {}
        for path in (path for path in files.below(folder, "*.md") if path.exists()):
            name, place = path.relative_to(folder).as_posix(), path.relative_to(self.root).as_posix()
            found[name] = Page(language, name, path, place, files.text(path))
        return found

    @property
    def paths(self) -> dict[str, str]:
        """The programs as `{path: source}`."""
        return {self.place(name): source for name, source in self.programs.items()}

    @staticmethod
    def place(name: str) -> str:
        """Return the path of a snippet, of a notebook, or of the notebook of a cell."""
        folder, _, rest = name.partition("/")
        return f"docs/{folder}/{rest.partition('/')[0]}.py" if folder == labs.FOLDER else f"snippets/{name}.py"

    def select(self, wanted: Iterable[str]) -> list[str]:
        """Return the programs that names (stem, chapter/name, path, folder) mean; all if there are none. Raises BookError."""
        return names.select((name.removeprefix("docs/") for name in wanted), self.programs, "snippets", "snippet")

    def meant(self, stem: str) -> list[str]:
        """Return the snippets and cells that a quote may mean: by their name in the book, or the last part of it."""
        return self._named.get(stem, [])

    @functools.cached_property
    def _named(self) -> dict[str, list[str]]:
        """What pages show, by whole names and by their last parts."""
        found = defaultdict(list)
        for name in self.shown:
            for stem in {name, name.rpartition("/")[2]}:
                found[stem].append(name)
        return dict(found)

    def runs_in(self, name: str) -> str:
        """Return the program that is run for what a page shows: a snippet itself, or the notebook of a cell."""
        return self.cells[name].lab if name in self.cells else name

    def cell_at(self, name: str, line: int | None) -> labs.Cell | None:
        """Return the cell of a notebook in which a line of its file stands; None in a snippet."""
        above = [cell for cell in self.cells.values() if cell.lab == name and line and cell.above < line]
        return above[-1] if above else None

    def fences(self, name: str) -> list[Fence]:
        """Return where a snippet or a cell is shown."""
        return self._fences.get(name, [])

    @functools.cached_property
    def _fences(self) -> dict[str, list[Fence]]:
        """Where pages show what they show, by its name."""
        found = defaultdict(list)
        for fence in (fence for pages in self.pages.values() for page in pages.values() for fence in page.fences):
            found[fence.snippet].append(fence)
        return dict(found)

    def showing(self, name: str, language: str) -> set[str]:
        """Return the pages of a language that show a snippet or quote a value of it."""
        stems = (name, name.split("/")[-1])
        return {
            page.name
            for page in self.pages[language].values()
            if any(fence.snippet == name for fence in page.fences) or any(stem in stems for _, stem, _ in page.quotes())
        }

    @functools.cached_property
    def translations(self) -> dict[str, str]:
        """The Chinese of words in programs, as `{English: Chinese}`. Raises BookError."""
        localize.require(self.paths)
        return catalogue.translations(self.catalogue)

    @functools.cached_property
    def style(self) -> str:
        """What matplotlibrc says."""
        return files.text(self.root / "matplotlibrc")

    def source(self, name: str, language: str) -> str:
        """Return a program's or a cell's source as a page of that language shows it."""
        words = {} if language == "en" else self.translations
        return localize.localize(self.programs[name] if name in self.programs else self.shown[name], words)

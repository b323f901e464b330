"""A page's code fence: shows a snippet's source, what it printed and its figures, and fills in the values that prose quotes.

Nothing is run here. The results stand in the cache; `downhill build` puts them there, and an index that says which.
"""

import hashlib
import html
import json
import logging
import re
from collections.abc import Iterable
from pathlib import Path

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown_exec import base_format

from downhill import BookError
from downhill.cache import Cache, Result, load
from manuscript import values
from manuscript.book import Book, Page

log = logging.getLogger("mkdocs.downhill")  # below mkdocs, whose strict mode counts what is logged
PROGRAM = "program "  # a comment with this word and a name marks a snippet's HTML, for numbering.py
APART = re.compile(r"\s*(?:\||#|alt:|\?\?\?|!!!|///)")  # lines in which a quoted value is no link: tables, headings, …
CLOSED = re.compile(r"((?:`+).+?`+|\$[^$]+\$|\[(?:[^\[\]]|\{\{.*?\}\})*\]\([^)]*\))")  # code, formulas, and links
PICTURE, END = '<div class="picture">', "</div><!--picture-->"


def fingerprint(source: str) -> str:
    return hashlib.sha256(source.strip().encode()).hexdigest()


def write_index(book: Book) -> None:
    """Write the localized snippets, and the index by which a page finds the results of the snippets that it shows."""
    cache = Cache(book)
    index = {"runs": {}, "sources": {}, "pages": {}}
    for language in book.pages:
        for name in book.snippets:
            path = book.cache / "snippets" / language / f"{name}.py"
            source = book.source(name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text(encoding="utf-8") != source:
                path.write_text(source, encoding="utf-8")
            index["sources"][fingerprint(source)] = name
            index["runs"][name] = [cache.entries[name].run.name, cache.entries[name].drawing.name]
            index["pages"][name] = book.fences(name)[0].page.split("/", 2)[2]
        stale = set((book.cache / "snippets" / language).rglob("*.py"))
        for path in stale - {book.cache / "snippets" / language / f"{name}.py" for name in book.snippets}:
            path.unlink()
    (book.cache / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")


class Shelf:
    """Finds results for pages: those of this build by the index, those of `make full` among the committed files."""

    def __init__(self, root: Path):
        self.root = root
        index = json.loads((root / ".cache" / "index.json").read_text(encoding="utf-8"))
        self.runs, self.sources, self.pages = index["runs"], index["sources"], index["pages"]
        self.folder = root / ".cache" / "runs"
        self.results: dict[str, Result] = {}
        self.unpacked: dict[str, values.Unpacked] = {}

    def result(self, name: str) -> Result:
        if name not in self.results:
            result = load(*(self.folder / file for file in self.runs[name]))
            if result is None:
                raise BookError(f"snippets/{name}.py has no result in the cache; run `make build`")
            self.results[name] = result
        return self.results[name]

    def quoted(self, stem: str) -> values.Unpacked:
        """Return the values that a quote's stem means: of a snippet, of its frozen full run, or of an experiment."""
        if stem not in self.unpacked:
            self.unpacked[stem] = values.Unpacked(self._packed(stem))
        return self.unpacked[stem]

    def _packed(self, stem: str) -> dict:
        if stem.startswith(("full/", "experiments/")):
            path = self.root / "data" / f"{stem}.json"
            if not path.exists():
                raise BookError(f"{path.relative_to(self.root)} does not exist; `make {stem.split('/')[0]}` writes it")
            return json.loads(path.read_text(encoding="utf-8"))["values"]
        return self.result(self.snippet(stem)).values

    def snippet(self, stem: str) -> str:
        """Return the full name of the snippet that a quote's stem names."""
        found = [name for name in self.runs if name == stem or name.split("/")[-1] == stem]
        if len(found) != 1:
            raise BookError(f"“{stem}” is " + ("no snippet" if not found else f"one of {', '.join(found)}: name the folder"))
        return found[0]


def problems(book: Book, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a sentence for each value that pages (all) quote and that cannot be had. The snippets must have run."""
    shelf, tried = Shelf(book.root), {}
    found = []
    for page in pages or (page for pages in book.pages.values() for page in pages.values()):
        for place, stem, expression in page.quotes():
            if (stem, expression) not in tried:  # its twin quotes the same
                tried[stem, expression] = _trouble(shelf, stem, expression)
            if reason := tried[stem, expression]:
                found.append(f"{place}: the value {{{{ {stem}: {expression} }}}} cannot be had: {reason}")
    return found


def _trouble(shelf: Shelf, stem: str, expression: str) -> str:
    """Return why a value cannot be had, or nothing."""
    try:
        values.evaluate(expression, shelf.quoted(stem))
    except Exception as error:  # any expression can fail in any way
        return str(error) if isinstance(error, BookError) else f"{type(error).__name__}: {error}"
    return ""


class FenceExtension(Extension):
    """Python-Markdown extension: values in the text, and the shelf for the fence.

    Options `root`: where the book stands; `repository`: the address of the book's repository, if it has one.
    """

    def __init__(self, **options):
        self.config = {
            "root": [".", "The folder in which docs/ and snippets/ stand."],
            "repository": ["", "The address of the book's repository."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.shelf = Shelf(Path(self.getConfig("root")))
        md.repository = (self.getConfig("repository") or "").rstrip("/")
        md.preprocessors.register(Quotes(md), "downhill-quotes", 40)  # before pymdownx.snippets puts code into the page


class Quotes(Preprocessor):
    """Puts values in the place of `{{ stem: expression }}`; one in a sentence leads to the program that computes it."""

    def run(self, lines: list[str]) -> list[str]:
        self.here = {name for name in self.md.shelf.runs if f'--8<-- "{name}.py"' in "\n".join(lines)}
        verbatim = False
        for number, line in enumerate(lines):
            verbatim ^= line.strip() == "$$" or line.strip().startswith("```")
            if not (verbatim or APART.match(line)):
                lines[number] = "".join(part if i % 2 else self._linked(part) for i, part in enumerate(CLOSED.split(line)))
        return values.substitute("\n".join(lines), self.md.shelf.quoted).split("\n")

    def _linked(self, text: str) -> str:
        """Return a piece of a sentence whose quotes stand in links."""

        def linked(match: re.Match) -> str:
            address = self._address(match[1])
            return f"[{match[0]}]({address}){{: .value }}" if address else match[0]

        return values.QUOTE.sub(linked, text)

    def _address(self, stem: str) -> str:
        """Return where the program stands that computes what a quote's stem means, or nothing."""
        shelf, folder = self.md.shelf, stem.partition("/")[0]
        if folder == "experiments":
            return f"{self.md.repository}/blob/main/{stem}.py" if self.md.repository else ""
        name = shelf.snippet(stem.removeprefix("full/"))
        return ("" if name in self.here else shelf.pages[name]) + f"#{anchor(name)}"


def anchor(name: str) -> str:
    """Return the id of the place where a page shows a snippet."""
    return "code-" + name.split("/")[-1].replace("_", "-")


def formatter(source: str, language: str, css_class: str, options: dict, md: Markdown, **_) -> str:
    """Return the HTML of a fence that shows a snippet: markdown-exec's, with our result in place of its run."""
    name = md.shelf.sources.get(fingerprint(source))
    if name is None:
        log.warning("an executed fence holds code that is no snippet:\n%s", source)
        return ""
    shown = picture(md.shelf.result(name), md)
    made = base_format(language="python", run=lambda *_, **__: shown, code=source, md=md, html=True, source=options["source"])
    return f"<!--{PROGRAM}{name}-->{made}"


def picture(result: Result, md: Markdown) -> str:
    """Return what a snippet printed and drew, in the page's language, as HTML."""
    printed = f'<pre class="printed" tabindex="0">{html.escape(result.printed)}</pre>' if result.printed else ""
    drawn = result.figures[md.language]
    if not (printed or drawn):
        return ""
    return PICTURE + printed + "".join(f'<div class="drawing" data-search-exclude>{svg}</div>' for svg in drawn) + END


def makeExtension(**options) -> FenceExtension:
    return FenceExtension(**options)

"""A page's code fence: shows a snippet's source, what it printed and its figures, and fills in the values that prose quotes.

Nothing is run here. The results stand in the cache; `downhill build` puts them there, and an index that says which.
"""

import html
import logging
import re
from pathlib import Path

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown_exec import base_format

from downhill.execution.cache import Result
from downhill.execution.shelf import Shelf, fingerprint
from downhill.manuscript import values

log = logging.getLogger("mkdocs.downhill")  # below mkdocs, whose strict mode counts what is logged
PROGRAM = "program "  # a comment with this word and a name marks a snippet's HTML, for numbering.py
APART = re.compile(r"\s*(?:\||#|alt:|\?\?\?|!!!|///)")  # lines in which a quoted value is no link: tables, headings, …
CLOSED = re.compile(r"((?:`+).+?`+|\$[^$]+\$|\[(?:[^\[\]]|\{\{.*?\}\})*\]\([^)]*\))")  # code, formulas, and links
PICTURE, END = '<div class="picture">', "</div><!--picture-->"


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

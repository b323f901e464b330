"""A page's code fence: shows what a snippet printed and drew, then its source, and fills in the values that prose quotes.

Nothing is run here. The results stand in the cache; `downhill build` puts them there, and an index that says which.
"""

import html
import logging
import re
from collections.abc import Iterable
from pathlib import Path

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from downhill.execution.cache import Result
from downhill.execution.shelf import Shelf, fingerprint
from downhill.manuscript import quotes, values
from downhill.manuscript.origin import Lines, origin
from downhill.markdown import needs
from downhill.markdown.program import program

log = logging.getLogger("mkdocs.downhill")  # below mkdocs, whose strict mode counts what is logged
PROGRAM = re.compile(r"<!--program ([\w/]+)(.*?)-->")  # a snippet's HTML begins with its name and attributes, for numbering.py
NAMES = {"en": ("Code", "Output"), "zh": ("代码", "输出")}  # of blocks, for who does not see them
BLOCK = "<pre><span></span><code>"
PICTURE, END = '<div class="picture">', "</div><!--picture-->"


class FenceExtension(Extension):
    """Python-Markdown extension: values in the text, and the shelf for the fence.

    Options `root`: where the book stands; `repository`: the address of the book's repository, if it has one, and `branch`.
    """

    def __init__(self, **options):
        self.config = {
            "root": [".", "The folder in which docs/ and snippets/ stand."],
            "repository": ["", "The address of the book's repository."],
            "branch": ["main", "The branch that this book is built from."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.shelf = Shelf(Path(self.getConfig("root")))
        repository = (self.getConfig("repository") or "").rstrip("/")
        md.sources = f"{repository}/blob/{self.getConfig('branch')}" if repository else ""
        md.preprocessors.register(Quotes(md), "downhill-quotes", 40)  # before pymdownx.snippets puts code into the page
        md.postprocessors.register(Blocks(md), "downhill-blocks", 15)  # after raw HTML is in its place


class Quotes(Preprocessor):
    """Puts values in the place of `{{ stem: expression }}`; one in a sentence leads to the program that computes it."""

    def run(self, lines: list[str]) -> list[str]:
        text, shelf = "\n".join(lines), self.md.shelf
        here = {name for name in shelf.pages if f'--8<-- "{name}.py"' in text}

        def write(number: int, match: re.Match, where: str) -> str:
            shown = quotes.shown(values.evaluate(match[2], shelf.quoted(match[1])), match, where)
            address = self._address(match[1], here) if where == "sentence" else ""
            return f"[{shown}]({address}){{: .value{self._origin(match[1], match[2])} }}" if address else shown

        return quotes.filled(text, write).split("\n")

    def _address(self, stem: str, here: set[str]) -> str:
        """Return where the program stands that computes what a quote's stem means, or nothing where no page shows it."""
        shelf, folder = self.md.shelf, stem.partition("/")[0]
        if stem == values.BOOK:
            return ""
        if folder == "experiments":
            return f"{self.md.sources}/{stem}.py" if self.md.sources else ""
        name = shelf.snippet(stem.removeprefix("full/"))
        return f"{'' if name in here else shelf.pages[name]}#{anchor(name)}"

    def _origin(self, stem: str, expression: str) -> str:
        """Return, as attributes of a value, the lines of its program that the preview of its link shows."""
        names = frozenset(values.parts(expression).names - values.TOOLS.keys())
        if stem.startswith("experiments/") or not names:  # a repository's page; a sum of numbers that the page itself does
            return ""
        name, folder = self.md.shelf.snippet(stem.removeprefix("full/")), self.md.shelf.root / ".cache" / "snippets"
        found = origin((folder / self.md.language / f"{name}.py").read_text(encoding="utf-8"), names)
        if not found.computed:
            return ""  # a cell of a notebook, which goes on with what another one computed
        held = f' data-{"held" if found.named else "with"}="{ranges(found.held)}"' if found.held else ""
        return f' data-by="{ranges(found.computed)}"{held}'


def ranges(lines: Iterable[Lines]) -> str:
    """Return lines as text.

    >>> ranges([(3, 3), (5, 7)])
    '3 5-7'
    """
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in lines)


class Blocks(Postprocessor):
    """Gives each block of code that is no snippet a name, and a place in the order of the keys, as it may scroll."""

    def run(self, text: str) -> str:
        name = NAMES[self.md.language][0]
        return text.replace(BLOCK, f'<pre tabindex="0" role="group" aria-label="{name}"><code>')


def anchor(name: str) -> str:
    """Return the id of the place where a page shows a snippet."""
    return "code-" + name.split("/")[-1].replace("_", "-")


def formatter(source: str, language: str, css_class: str, options: dict, md: Markdown, **_) -> str:
    """Return the HTML of a fence that shows a snippet, for markdown-exec: what its run left, and the program."""
    name = md.shelf.sources.get(fingerprint(source))
    if name is None:
        log.warning("an executed fence holds code that is no snippet:\n%s", source)
        return ""
    wanted = tuple(options.get("extra", {}).get("idea", "").split())
    mark = f"<!--program {name}{needs.attribute(name, source, md.shelf.root)}-->"
    head = needs.head(name, source, md.shelf.root, md.language, md.shelf.begun(name))
    return f"{mark}{picture(md.shelf.result(name), md)}{head}{program(source, wanted, md.language)}"


def picture(result: Result, md: Markdown) -> str:
    """Return what a snippet printed and drew, in the page's language, as HTML."""
    named = f'<pre class="printed" tabindex="0" role="group" aria-label="{NAMES[md.language][1]}">'
    printed = f"{named}{html.escape(result.printed)}</pre>" if result.printed else ""
    drawn = result.figures[md.language]
    if not (printed or drawn):
        return ""
    return PICTURE + printed + "".join(f'<div class="drawing" data-search-exclude>{svg}</div>' for svg in drawn) + END


def makeExtension(**options) -> FenceExtension:
    return FenceExtension(**options)

"""Each page as plain Markdown, for a reader of text or a language model, and llms.txt, the list of these files.

Values are filled in, programs stand where a page shows them, and references say what they lead to; links lead from
Markdown to Markdown, as they do in the source.
"""

import functools
import re
import textwrap
from pathlib import Path

from downhill import LANGUAGES
from downhill.checks.blocks import alternative_text
from downhill.execution.shelf import Shelf
from downhill.manuscript import bibliography, counts, forms, quotes, values
from downhill.manuscript import prose as reading
from downhill.manuscript.book import FENCE, INCLUDE, Book, Page
from downhill.markdown import behind, front
from downhill.markdown.numbering import Numbers
from downhill.site import dates

CAPTION = re.compile(
    r"^(?: *(\x02\d+\x03)\n\n)? */// (figure|table) \| (\S+)\n(?: +alt: ([^\n]*)\n)?\n?(.*?)\n *///$", re.MULTILINE | re.DOTALL
)
EXPLORABLE = re.compile(r"^/// explorable \| \S+\n +(?:figure|id): (\S+)\n.*?^///$", re.MULTILINE | re.DOTALL)
TOUCHED = {
    "en": "On the [page itself]({}) this figure can be moved: its numbers stand under your hand.",
    "zh": "在[网页上]({})，这张图可以亲手拨动，数值都由你来定。",
}
LABEL = re.compile(r"\s*\\label\{([\w-]+)\}")
CITED_UNDER = re.compile(r"\[([^\[\]]*)\]\(@([\w-]+)\)")
FRONT = re.compile(rf"/// ({'|'.join(front.NAMES)})|///")
FOLDED = re.compile(r'^(?:\?\?\?\+?|(?P<note>!!!)) (?P<kind>\w+)(?: (?P<id>[\w-]+))? "(?P<title>[^"]*)"$')
ABOUT = {
    "en": "An executable book on optimization for machine learning: figures and numbers come from programs on the page.",
    "zh": "一本可以运行的机器学习优化书：每张图、每个数都出自页面上的程序。",
}
NAMES = {"en": "English", "zh": "中文"}


def write(book: Book, site: Path, address: str, pages: dict[str, list[str]], shelf: Shelf, sources: "Sources") -> None:
    """Write the Markdown of the pages, named in their order, beside their folders, and llms.txt at the root."""
    start = f"{address.rstrip('/')}/" if address else ""
    day = dates.day(dates.commit_time(book.root))
    lines = ["# Downhill 下山", "", f"> {ABOUT['en']}", f"> {ABOUT['zh']}"]
    for language in LANGUAGES:
        lines += ["", f"## {NAMES[language]}", ""]
        for name in pages[language]:
            page = book.pages[language][name]
            title, _, text = Plain(book, page, shelf, sources).text().partition("\n\n")
            head = "\n\n".join(filter(None, (title, behind.sentence(book, page, day))))
            (site / language / name).write_text(f"{head}\n\n{text}", encoding="utf-8")
            lines.append(f"- [{title.removeprefix('# ').strip()}]({start}{language}/{name}): {sentence(text)}")
    (site / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def order(folder: Path) -> list[str]:
    """Return the names of a language's pages, as its first page lists them."""
    nav = (folder / "index.html").read_text(encoding="utf-8").partition('<nav class="nav"')[2].partition("</nav>")[0]
    return [f"{target.strip('/.') or 'index'}.md" for target in re.findall(r'href="([^"#]+)"', nav)]


def sentence(text: str) -> str:
    """Return the first sentence of a paragraph, without links.

    >>> sentence("It runs ([why](a.md)). Or not.")
    'It runs (why).'
    """
    return re.match(r".*?(?:[.?!](?= |$)|[。？！]|$)", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text), re.MULTILINE)[0]


class Sources:
    """The bibliography, with each entry and each citation set once."""

    def __init__(self, bibliography: bibliography.Bibliography):
        self.entries, self.label = bibliography.entries, functools.cache(bibliography.label)
        self.text = functools.cache(lambda *place: " ".join("".join(bibliography.html(*place).itertext()).split()))


class Plain:
    """One page on its way to plain Markdown."""

    def __init__(self, book: Book, page: Page, shelf: Shelf, sources: Sources):
        self.book, self.page, self.shelf, self.sources = book, page, shelf, sources
        self.numbers = Numbers(page.language)
        self.code: list[str] = []

    def text(self) -> str:
        text = self._apart(quotes.filled(self.page.text, self._value))
        text = EXPLORABLE.sub(self._explorable, text)
        text = CAPTION.sub(self._caption, LABEL.sub(lambda match: rf" \tag{{{self.numbers.add('equation', match[1])}}}", text))
        prose = forms.DIFFICULTY.sub(self._difficulty, "\n".join(self._unfolded(self._carded(text))))
        prose = re.sub(r"\[\]\(#([\w-]+)\)(?=(.?))", self._reference, prose)
        prose = re.sub(r" *\{#[\w-]+\}$", "", prose, flags=re.MULTILINE)
        prose = reading.CITATION.sub(self._citation, CITED_UNDER.sub(self._cited_under, prose))
        for kind in reading.LISTS:
            prose = prose.replace(f"\n{kind}\n", f"\n{self._list(everything=kind == reading.LISTS[1])}\n")
        return self._together(prose)

    def _value(self, number: int, match: re.Match, where: str) -> str:
        return quotes.shown(values.evaluate(match[2], self.shelf.quoted(match[1])), match, where, plain=True)

    def _caption(self, match: re.Match) -> str:
        """Return a caption as a quotation; the program of its figure follows it."""
        program, kind, identity, alt, caption = match.groups()
        self.numbers.add(kind, identity)
        said = alternative_text(f"alt: {alt}") if alt else ""
        lines = f"**{self.numbers.names[identity]}** {caption.strip()}" + (f"\n\n[{said.strip()}]" if said else "")
        return textwrap.indent(lines, "> ", lambda _: True) + (f"\n\n{program}" if program else "")

    def _explorable(self, match: re.Match) -> str:
        """Return where the figure to touch is: without a script its words say nothing."""
        stem = self.page.name.removesuffix(".md")
        return TOUCHED[self.page.language].format(f"{'.' if stem == 'index' else stem}/#{match[1]}")

    def _unfolded(self, lines: list[str]):
        """Yield the lines with folded blocks and notes laid open; what is in sight is a quotation, so that it ends."""
        inside, mark, blank = False, "", []
        for line in lines:
            if match := FOLDED.match(line):
                inside, mark = True, "> " if match["note"] else ""
                yield from [*blank, f"{mark}**{self._title(match)}**"]
                blank = []
            elif not line.strip():
                blank.append(line)
            else:
                inside = inside and line.startswith("    ")
                yield from [mark.rstrip() if inside else each for each in blank]
                blank = []
                yield mark + line[4:] if inside else line
        yield from blank

    def _title(self, match: re.Match) -> str:
        """Return the title of a folded block or note; in that of a statement stands its number."""
        kind, identity, title = match["kind"], match["id"], match["title"]
        if not identity:
            return title
        self.numbers.add(kind, identity)
        return self.numbers.names[identity] + title.removeprefix(forms.WORDS[kind][self.page.language])

    def _carded(self, text: str) -> list[str]:
        """Return the lines without the marks of the first page's blocks; a card also says what its chapter holds."""
        lines, inside = [], ""
        for line in text.split("\n"):
            if match := FRONT.fullmatch(line):
                inside = match[1] or ""
                continue
            if inside == "cards" and (link := re.search(r"\]\(([\w-]+\.md)", line)):
                left, right = {"en": (" (", ")"), "zh": ("（", "）")}[self.page.language]
                counted = counts.page_counts(self.book.pages[self.page.language][link[1]])
                line += f"{left}{front.said(counted, self.page.language)}{right}"
            lines.append(line)
        return lines

    def _difficulty(self, match: re.Match) -> str:
        language = self.page.language
        colon = {"en": ": ", "zh": "："}[language]
        return f"{forms.LEVELS[language][0]}{colon}{forms.level(int(match[1]), language)}"

    def _reference(self, match: re.Match) -> str:
        name = self.numbers.names.get(match[1], match[1])
        return name + reading.apart(name, match[2])

    def _cited_under(self, match: re.Match) -> str:
        """Return the words under which a source is cited, and after them what it is called in the list."""
        opening, closing = {"en": (" (", ")"), "zh": ("（", "）")}[self.page.language]
        return f"{match[1]}{opening}{self.sources.label(match[2], self.page.language)}{closing}"

    def _citation(self, match: re.Match) -> str:
        label = self.sources.label(match[1], self.page.language)
        return f"[{label}{bibliography.WORDS[self.page.language]['comma'] + match[2] if match[2] else ''}]"

    def _list(self, everything: bool) -> str:
        keys = self.sources.entries if everything else {key for _, key, _ in reading.citations(self.page.text)}
        items = sorted(keys, key=lambda key: self.sources.label(key, "en").casefold())
        own = self.page.language
        return "\n".join(f"- [{self.sources.label(key, own)}] {self.sources.text(key, own)}" for key in items)

    def _apart(self, text: str) -> str:
        """Return a text with a mark in the place of all code, which stays as it is; executed fences become their programs."""
        found, fence = [], []
        for line in reading.lines(text):
            if line.kind in ("fence", "code"):
                fence.append(line.text)
                if line.kind == "fence" and not line.opens:
                    indent = fence[0][: len(fence[0]) - len(fence[0].lstrip())]
                    name = self._included(fence)
                    found.append(indent + self._mark(self._program(name) if name else textwrap.dedent("\n".join(fence))))
                    fence = []
            elif line.kind == "text":
                pieces = reading.spans(line.text)
                found.append("".join(self._mark(piece.text) if piece.kind == "code" else piece.text for piece in pieces))
            else:
                found.append(line.text)
        return "\n".join(found)

    def _mark(self, code: str) -> str:
        self.code.append(code)
        return f"\x02{len(self.code) - 1}\x03"

    def _together(self, text: str) -> str:
        """Put back what `_apart` took, as far to the right as its mark stands now."""

        def put(match: re.Match) -> str:
            return textwrap.indent(self.code[int(match["number"])], match["indent"] or "")

        text = re.sub(r"^(?P<indent> *)\x02(?P<number>\d+)\x03$", put, text, flags=re.MULTILINE)
        return re.sub(r"(?P<indent>)\x02(?P<number>\d+)\x03", put, text)

    @staticmethod
    def _included(fence: list[str]) -> str:
        """Return the program of an executed fence; nothing for another fence."""
        opening, include = FENCE.match(fence[0]), INCLUDE.match(fence[1])
        return include[1] if opening and include else ""

    def _program(self, name: str) -> str:
        """Return what a program prints, and the program."""
        printed = self.shelf.result(name).printed.rstrip()
        parts = [f"```text\n{printed}\n```"] if printed else []
        return "\n\n".join([*parts, f"```python\n{self.book.source(name, self.page.language).strip()}\n```"])

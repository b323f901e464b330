"""Figures to touch: blocks whose structure, figure, or words are missing, and links to settings that cannot be."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from downhill.checks.blocks import Block, blocks
from downhill.manuscript import explorables
from downhill.manuscript.book import Book, Page
from downhill.manuscript.explorables import FOLDER
from downhill.manuscript.names import suggestion

OPTION = re.compile(r"(figure|id): ([a-z][a-z0-9-]*)$")
FORM = "write “    figure: fig-id” of the figure above it, or “    id: name” where it has none"
STAGE = 'write <div class="drawing" data-stage=""><svg viewBox="0 0 345.6 216" /></div> into its structure'


@dataclass
class Explorable:
    """A block of a page: its stem and line, the lines that belong to it, the id of the figure above it, whether it ends."""

    stem: str
    line: int
    above: str
    parts: list[Block] = field(default_factory=list)
    ended: bool = False

    @property
    def options(self) -> dict[str, str]:
        lines = [part.line.text.strip() for part in self.parts if part.kind == "option"]
        return dict(match.groups() for line in lines if (match := OPTION.match(line)))

    @property
    def id(self) -> str:
        """What links name it by."""
        return self.options.get("figure", self.options.get("id", ""))


def read(text: str) -> list[Explorable]:
    """Return the figures to touch of a page, in their order."""
    found, caption, above, inside = [], "", "", None
    for block in blocks(text):
        if block.kind == "explorable":
            found.append(inside := Explorable(block.match["stem"], block.line.number, above))
        elif inside and block.kind in ("option", "item", "end"):
            inside.parts.append(block)
            inside.ended = block.kind == "end"
            inside = None if inside.ended else inside
        else:
            inside = None
        caption = block.match["id"] if block.kind == "caption" else caption
        above = caption if block.kind == "end" else ""
    return found


def problems(book: Book) -> list[str]:
    """Return a sentence for each figure to touch that is not whole, and each structure that cannot be read."""
    found = []
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for each in read(page.text):
            found += [f"{page.place}:{line}: {said}" for line, said in _faults(book, each)]
    for stem in explorables.stems(book.root):
        found += [f"{FOLDER.as_posix()}/{stem}.html:{line}: {said}" for line, said in _structure(book, stem)]
    return found


def settings(book: Book, page: Page) -> dict[str, dict[str, explorables.Control]]:
    """Return `{id: what can be set of it}` of the figures to touch of a page."""
    known = explorables.stems(book.root)
    found = {}
    for each in read(page.text):
        if each.stem in known and (made := _parsed(book, each.stem)) is not None:
            found[each.id] = explorables.controls(made)
    return found


def _parsed(book: Book, stem: str) -> ET.Element | None:
    try:
        return explorables.structure(book.root, stem)
    except ET.ParseError:
        return None  # said of the file itself


def _faults(book: Book, each: Explorable):
    """Yield (line number, sentence) of everything that is wrong with one block."""
    known = explorables.stems(book.root)
    if each.stem not in known:
        hint = suggestion(each.stem, known)
        yield each.line, f"there is no figure to touch {each.stem}: no {FOLDER.as_posix()}/{each.stem}.html{hint}"
        return
    if not each.ended:
        yield each.line, f"the block {each.stem} does not end in a line ///; it holds “- `key`: words”, a line each"
    lines = [part.line for part in each.parts if part.kind == "option"]
    if len(lines) != 1 or not each.options:
        yield each.line, f"says not where {each.stem} stands; {FORM}"
    elif each.options.get("figure", each.above) != each.above:
        yield each.line, f"does not stand directly below the caption {each.id}; {FORM}"
    if (made := _parsed(book, each.stem)) is not None:
        if "id" in each.options and made.find("*[@data-stage]") is None:
            yield each.line, f"{each.stem} has no stage of its own; {STAGE}, or stand it below a figure"
        yield from _words(each, explorables.places(made))


def _words(each: Explorable, places: set[str]):
    """Yield (line number, sentence) of words without a place, and of places without words."""
    first: dict[str, int] = {}
    for part in (part for part in each.parts if part.kind == "item"):
        key, _ = explorables.words(part.line.text.strip().removeprefix("- "))
        if not key:
            yield part.line.number, "words of a figure to touch are written “- `key`: words”"
        elif key in first:
            yield part.line.number, f"the words {key} stand in line {first[key]} too"
        elif key not in places:
            yield part.line.number, f"{each.stem} has no place for the words {key}{suggestion(key, places)}"
        first.setdefault(key, part.line.number)
    if missing := sorted(places - set(first)):
        yield each.line, f"{each.stem} lacks the words {', '.join(missing)}; write “- `{missing[0]}`: …”"


def _structure(book: Book, stem: str):
    """Yield (line number, sentence) of what is wrong with a structure itself."""
    if not (book.root / FOLDER / f"{stem}.js").is_file():
        yield 1, f"has no module {stem}.js beside it"
    try:
        made = explorables.structure(book.root, stem)
    except ET.ParseError as error:
        yield error.position[0], f'is no XML: {str(error).partition(":")[0]}; write <input … /> and hidden=""'
        return
    known = explorables.controls(made)
    for part in made.iter():
        if (part.text or "").strip() and part.get("data-words"):
            yield 1, f"the place {part.get('data-words')} has words of its own; they stand on the pages"
        if part.get("style"):
            yield 1, "a structure has no style; that stands in docs/theme/assets/explorable.css"
        if "data-room" in part.attrib and not (part.tag == "svg" and part.get("viewBox")):
            yield 1, 'the room below the still drawing is <svg data-room="" viewBox="0 0 345.6 96" />'
        state = part.get("data-set")
        if state and (said := explorables.fault(state, known)):
            yield 1, f"the setting {state}: {said}"

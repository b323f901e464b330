"""Figures to touch: blocks whose structure, figure, or words are missing, and links to settings that cannot be."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from downhill.checks.blocks import Block, blocks
from downhill.execution import trials
from downhill.manuscript import explorables, files
from downhill.manuscript.book import Book, Page
from downhill.manuscript.explorables import FOLDER
from downhill.manuscript.names import suggestion

OPTION = re.compile(r"(figure|id): ([a-z][a-z0-9-]*)$")
FORM = "write “    figure: fig-id” of the figure above it, or “    id: name” where it has none"
KEY = re.compile(r"[\w-]+")
ASKED = re.compile(r'this\.(?:words|say)\("([^"]*)"\)')  # by a module, of its structure
DATA = ["act", "log", "mark", "of", "reset", "room", "set", "show", "size", "stage", "state", "still", "values", "words"]
SPOKEN = ("alt", "aria-label", "label", "placeholder", "title")  # attributes that are words
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
    lines = [part.line for part in each.parts if part.kind == "item"]
    for number, said in explorables.misfits(each.stem, [line.text.strip().removeprefix("- ") for line in lines], places):
        yield each.line if number is None else lines[number].number, said


def _structure(book: Book, stem: str):
    """Yield (line number, sentence) of what is wrong with a structure itself."""
    if not (book.root / FOLDER / f"{stem}.js").is_file():
        yield 1, f"has no module {stem}.js beside it"
    try:
        made = explorables.structure(book.root, stem)
    except ET.ParseError as error:
        yield error.position[0], f'is no XML: {str(error).partition(":")[0]}; write <input … /> and hidden=""'
        return
    yield from _unspoken(made)
    yield from _unplaced(book, stem, made)
    known = explorables.controls(made)
    for part in made.iter():
        if part.get("style"):
            yield 1, "a structure has no style; that stands in docs/theme/assets/explorable.css"
        if "data-room" in part.attrib and not (part.tag == "svg" and part.get("viewBox")):
            yield 1, 'the room below the still drawing is <svg data-room="" viewBox="0 0 345.6 96" />'
        state = part.get("data-set")
        if state and (said := explorables.fault(state, known)):
            yield 1, f"the setting {state}: {said}"


def _unspoken(made: ET.Element):
    """Yield (line number, sentence) of words that stand in a structure, and so on both languages' pages, and of no keys."""
    for part in made.iter():
        key, own = part.get("data-words"), (part.text or "").strip()
        if key is not None and not KEY.fullmatch(key):
            yield 1, f"the key “{key}” of a place is letters, digits, _, and -"
        if key and own:
            yield 1, f"the place {key} has words of its own; they stand on the pages"
        for words in ("" if key else own, *(part.get(name, "") for name in SPOKEN), (part.tail or "").strip()):
            if any(map(str.isalpha, words)):
                yield 1, f'“{words}” would stand on both languages\' pages; write <span data-words="key"></span>'
        for name in part.attrib:
            if name.startswith("data-") and name.removeprefix("data-") not in DATA:
                yield 1, f"{name} is no attribute of a figure to touch; those are data-{', data-'.join(DATA)}"


def _unplaced(book: Book, stem: str, made: ET.Element):
    """Yield (line number, sentence) of words that are asked for, and have no place in a structure."""
    module = book.root / FOLDER / f"{stem}.js"
    asked = dict.fromkeys(ASKED.findall(files.text(module) if module.is_file() else ""), module.name)
    places = explorables.places(made)
    if made.find(".//*[@data-still]") is not None:
        asked |= dict.fromkeys(trials.WORDS, "the drawing of the runs")
    for key in sorted(asked.keys() - places):
        place = f'<span data-words="{key}" hidden=""></span>'
        yield 1, f"{asked[key]} asks for the words {key}; write {place}{suggestion(key, places)}"

"""The blocks of the first page: where they stand, what they hold, and which chapter has no card."""

import re

from downhill.checks.blocks import Block, blocks
from downhill.checks.inline import LINK
from downhill.manuscript import counts
from downhill.manuscript.book import Book, Page
from downhill.manuscript.values import QUOTE
from downhill.markdown.front import QUESTION

CARD = "a card is [Title](page.md#fig-id): Question? What is there."
HOLDS = {"hero": "one paragraph", "cards": "a numbered list", "counts": "a list"}


def problems(book: Book) -> list[str]:
    """Return a sentence for each such block that is not right, and for each chapter that has no card beside others that do."""
    found = []
    for pages in book.pages.values():
        for page in pages.values():
            said, cards = [], []
            for opening, inner, closed in held(page):
                wrong = list(_shape(page, opening, inner, closed))
                cards += inner if opening.match["kind"] == "cards" and not wrong else []
                said += wrong
            said += _cards(book, page, cards) if cards else []
            found += [f"{page.place}:{number}: {sentence}" for number, sentence in sorted(said)]
    return found


def held(page: Page) -> list[tuple[Block, list[Block], bool]]:
    """Return the blocks of the first page that a page has, each with what it holds, and whether it is closed."""
    found, inside = [], None
    for block in blocks(page.text):
        if block.kind == "block":
            inside = [block, [], False]
            found.append(inside)
        elif inside and block.kind in ("end", "heading"):
            inside[2], inside = block.kind == "end", None
        elif inside:
            inside[1].append(block)
    return [tuple(each) for each in found]


def _shape(page: Page, opening: Block, inner: list[Block], closed: bool):
    """Yield (line number, sentence) of what is wrong with one block."""
    name, number = opening.match["kind"], opening.line.number
    kinds = {block.kind for block in inner}
    if page.name != counts.FIRST:
        yield number, f"/// {name} is for {counts.FIRST}, the book's first page"
    if not closed:
        yield number, f"/// {name} does not end in a line ///"
    elif kinds != ({"paragraph"} if name == "hero" else {"item"}) or name == "hero" and len(inner) > 1:
        yield number, f"/// {name} holds {HOLDS[name]}, without blank lines"
    elif name == "counts":
        for item in inner:
            if not QUOTE.match(item.words.removeprefix("**")):
                yield item.line.number, "an item of /// counts begins with a value: {{ book: figures }} figures"


def _cards(book: Book, page: Page, items: list[Block]):
    """Yield (line number, sentence) of cards that are none or do not count on, and of chapters without one."""
    shown = set()
    for count, item in enumerate(items, 1):
        if not item.line.text.startswith(f"{count}. "):
            yield item.line.number, f"the cards are numbered through all parts: this one is {count}"
        link = LINK.match(item.words)
        question = QUESTION.match(item.words, link.end()) if link else None
        if not question or re.search(r"[`$*\[{]", question["question"]):
            yield item.line.number, f"{CARD} The question is plain text"
            continue
        name, _, figure = link["address"].partition("#")
        goal = book.pages[page.language].get(name)
        if goal and link["words"] != _title(goal):
            yield item.line.number, f"the title of this card is not that of {name}, “{_title(goal)}”"
        if goal and figure and figure not in goal.figures:
            known = ", ".join(goal.figures) or "none"
            yield item.line.number, f"the card leads to #{figure}, which is no figure of {name}; it has {known}"
        if name in shown:
            yield item.line.number, f"{name} has a card already"
        shown.add(name)
    for name, other in book.pages[page.language].items():
        if counts.is_chapter(other.text) and name not in (page.name, *shown):
            yield items[-1].line.number, f"{name} has no card; write {CARD.partition(' is ')[2].replace('page.md', name)}"


def _title(page: Page) -> str:
    return re.sub(r"^# +| *\{#[\w-]+\}$", "", page.text.split("\n")[0])

"""Words that belittle, numbers with a hyphen for a minus, and alternative texts that say nothing."""

import re

from downhill.checks.blocks import blocks, captions
from downhill.manuscript.book import Book, Page
from downhill.manuscript.prose import HIDDEN, hidden, lines

BELITTLING = re.compile(r"\b(just|simply|obviously|easy|easily|clearly|trivially|trivial|of course)\b", re.IGNORECASE)
EMPTY = re.compile(r"(?i)(a |the |an )?(plot|figure|image|picture|graph|chart|diagram)\b|(一张|这张)?(图|图像|图片)[。\s]*$")
HYPHEN = re.compile(r"(?<![\w.,)\]/-])-(\.?\d[\d.]*)")
ADDRESS = re.compile(r"\{#[^}]*\}|\]\([^)]*\)|\[@[^\]]*\]")
SHORTEST = {"en": 20, "zh": 8}  # characters of an alternative text


def problems(book: Book) -> list[str]:
    """Return a sentence for each word that belittles, number with a hyphen, and alternative text that says nothing."""
    found = [said for pages in book.pages.values() for page in pages.values() for said in _hyphens(page)]
    for page in book.pages["en"].values():
        for block in blocks(page.text):
            for match in BELITTLING.finditer(hidden(block.line.text)):
                found.append(f"{page.place}:{block.line.number}: “{match[0]}” belittles who does not find it so; leave it out")
    for language, pages in book.pages.items():
        for page in pages.values():
            for caption in captions(page.text):
                alt = (caption.alt or "").strip()
                if alt and (len(alt) < SHORTEST[language] or EMPTY.match(alt)):
                    found.append(
                        f"{page.place}:{caption.line + 1}: the alternative text of {caption.id} does not say what it shows"
                    )
    return found


def _hyphens(page: Page) -> list[str]:
    """Return a sentence for each negative number of a page's text that begins with a hyphen."""
    found = []
    for line in lines(page.text):
        text = ADDRESS.sub(lambda match: HIDDEN * len(match[0]), hidden(line.text)) if line.kind == "text" else ""
        found += [
            f"{page.place}:{line.number}: write −{match[1]} with a minus (U+2212), not a hyphen"
            for match in HYPHEN.finditer(text)
        ]
    return found

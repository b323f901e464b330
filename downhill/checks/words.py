"""Words that writing.md forbids, and alternative texts that say nothing."""

import re

from downhill.checks.blocks import blocks, captions
from downhill.manuscript.book import Book
from downhill.manuscript.prose import hidden

BELITTLING = re.compile(r"\b(just|simply|obviously|easy|easily|clearly|trivially|trivial|of course)\b", re.IGNORECASE)
EMPTY = re.compile(r"(?i)(a |the |an )?(plot|figure|image|picture|graph|chart|diagram)\b|(一张|这张)?(图|图像|图片)[。\s]*$")
SHORTEST = {"en": 20, "zh": 8}  # characters of an alternative text


def problems(book: Book) -> list[str]:
    """Return a sentence for each word that belittles, and for each alternative text that does not say what a figure shows."""
    found = []
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

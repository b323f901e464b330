"""Whether a fence shows a figure exactly if a caption says so, and figures all words meant for them, once snippets have run."""

import xml.etree.ElementTree as ET

from downhill.checks.blocks import captions
from downhill.execution.paths import SVG
from downhill.execution.shelf import Shelf
from downhill.manuscript import localize
from downhill.manuscript.book import Page


def problems(page: Page, shelf: Shelf) -> list[str]:
    """Return a sentence for each figure of a page without caption, each caption without figure, each word on no figure."""
    captioned = {caption.above.line.number for caption in captions(page.text) if caption.kind == "figure" and caption.above}
    found = []
    for fence in page.fences:
        drawn = bool(shelf.result(fence.snippet).figures[page.language])
        if drawn and fence.line not in captioned:
            found.append(f"{fence.place}: the figure has no caption; write /// figure | fig-id after its fence")
        elif fence.line in captioned and not drawn:
            found.append(f"{fence.place}: the snippet shows no figure, and a caption for one stands below")
        found += _lost(fence.snippet, shelf) if page.language == "en" else []  # once of twins
    return found


def _lost(name: str, shelf: Shelf) -> list[str]:
    """Return a sentence for each word of a program that is translated for its figures, and stands on none of them."""
    book, words = shelf.book, [word for word in localize.words(shelf.book.shown[name]) if word.kind == "figure"]
    cells = [other for other, run in shelf.runs.items() if run[:-1] == shelf.runs[name][:-1]] if words else []  # of a notebook
    drawings = [ET.fromstring(svg) for cell in cells for svg in shelf.result(cell).figures["en"]]
    drawn = {"".join(text.itertext()).strip() for svg in drawings for text in svg.iter(f"{SVG}text")}
    above = book.cells[name].above if name in book.cells else 0
    return [
        f"{book.place(name)}:{above + word.line}: “{word.text}” is on none of the program's figures (a label without a legend, "
        "a tick beyond the limits, a replaced title); leave it out, or let it be seen".replace("\n", "\\n")
        for word in words
        if drawings and not {line.strip() for line in word.text.replace(r"\$", "$").split("\n")} <= drawn
    ]

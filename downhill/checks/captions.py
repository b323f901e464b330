"""Captions that are not whole, or stand under something else than they say, and figures that have none."""

from downhill.checks.blocks import Block, blocks, captions
from downhill.manuscript.book import Book, Page

NO_ALT = "the figure {} has no alternative text; say in a line “    alt: …” what it shows"


def problems(book: Book, page: Page) -> list[str]:
    """Return a sentence for each caption of a page that is not right, and for each figure without one.

    A table may have a caption; a figure must.
    """
    found, captioned = list(_shapes(page)), set()
    drawing = {fence.line: "show(" in book.shown.get(fence.snippet, "") for fence in page.fences}
    for caption in captions(page.text):
        place, above = f"{page.place}:{caption.line}", caption.above
        if caption.kind == "table":
            if not above or above.kind != "row" or above.line.indent != caption.indent:
                found.append(f"{place}: the caption {caption.id} stands under no table")
            continue
        captioned.add(above.line.number if above else 0)
        if not above or not drawing.get(above.line.number) or above.line.indent != caption.indent:
            found.append(f"{place}: the caption {caption.id} stands under no fence whose snippet shows a figure")
        if caption.alt is not None and not caption.alt.strip():
            found.append(f"{place}: {NO_ALT.format(caption.id)}")
    for line, draws in drawing.items():
        if draws and line not in captioned:
            found.append(f"{page.place}:{line}: the figure has no caption; write /// figure | fig-id after its fence")
    return found


def _shapes(page: Page):
    """Yield a sentence for each caption that lacks its words, its alternative text, or its end."""
    inside: Block | None = None
    parts: list[str] = []
    around = False  # whether a block of another kind is open, which explorables.py or front.py looks at
    for block in (*blocks(page.text), None):
        kind = block.kind if block else "nothing"
        if inside and kind in ("alt", "paragraph"):
            parts.append(kind)
            continue
        if inside:
            place, figure = f"{page.place}:{inside.line.number}", inside.match["kind"] == "figure"
            if kind != "end":
                yield f"{place}: the caption {inside.match['id']} does not end in a line ///; it holds paragraphs only"
            if figure and "alt" not in parts:
                yield f"{place}: {NO_ALT.format(inside.match['id'])}"
            if not figure and "alt" in parts:
                yield f"{place}: a table needs no alternative text: it is text"
            if "paragraph" not in parts:
                yield f"{place}: the caption {inside.match['id']} has no words"
        elif kind == "end" and not around:
            yield f"{page.place}:{block.line.number}: /// ends nothing"
        around = kind in ("explorable", "block") or around and kind not in ("end", "nothing")
        inside, parts = (block if kind == "caption" else None), []

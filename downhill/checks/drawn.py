"""Whether each fence shows a figure exactly if a caption says so, once the snippets have run."""

from downhill.checks.blocks import captions
from downhill.execution.shelf import Shelf
from downhill.manuscript.book import Page


def problems(page: Page, shelf: Shelf) -> list[str]:
    """Return a sentence for each figure of a page without caption, and for each caption of a figure without one."""
    captioned = {caption.above.line.number for caption in captions(page.text) if caption.kind == "figure" and caption.above}
    found = []
    for fence in page.fences:
        drawn = bool(shelf.result(fence.snippet).figures[page.language])
        if drawn and fence.line not in captioned:
            found.append(f"{fence.place}: the figure has no caption; write /// figure | fig-id after its fence")
        elif fence.line in captioned and not drawn:
            found.append(f"{fence.place}: the snippet shows no figure, and a caption for one stands below")
    return found

"""Every chapter is there as a notebook and as a Python file, with nothing of the build's own Markdown left in it."""

from pathlib import Path

import nbformat
import pytest

from downhill.execution.shelf import Shelf
from downhill.site import notebooks
from tests.book import BOOK, PAGES, ROOT

CHAPTERS = [(language, name) for language, name in PAGES if name in notebooks.chapters(BOOK, language)]


def opened(site: Path, language: str, name: str) -> nbformat.NotebookNode:
    notebook = nbformat.read((site / language / name).with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    return notebook


def programs(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """Return the cells of snippets by their names, in their order."""
    found = {tag.partition(":")[2]: cell for cell in notebook.cells for tag in cell.metadata.get("tags", ())}
    assert list(found.values()) == [cell for cell in notebook.cells if cell.cell_type == "code"][-len(found) :]
    return found


def prose(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize(("language", "name"), CHAPTERS, ids=map("/".join, CHAPTERS))
def test_every_program_is_a_cell_with_what_it_left(site, language, name):
    notebook, shelf = opened(site, language, name), Shelf(ROOT)
    found = programs(notebook)
    assert list(found) == [fence.snippet for fence in BOOK.pages[language][name].fences]
    for snippet, cell in found.items():
        assert cell.source == BOOK.source(snippet, language).strip()
        result = shelf.result(snippet)
        assert "".join(output.text for output in cell.outputs if output.output_type == "stream") == result.printed
        images = [output.data["image/png"] for output in cell.outputs if output.output_type == "display_data"]
        assert len(images) == len(result.figures[language])

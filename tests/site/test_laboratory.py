"""A page of the laboratory comes from its executed notebook through mkdocs-jupyter, and lacks nothing that other pages have."""

import re

import nbformat
import pytest
from mkdocs_jupyter import convert

from downhill.execution import report
from downhill.manuscript.book import Book
from downhill.site import build, laboratory
from tests.book import BOOK, PAGES, address, tree
from tests.laboratory import write_notebook
from tests.small import change, content

pytestmark = pytest.mark.usefixtures("kept_worker")

LABORATORY = [(language, name) for language, name in PAGES if BOOK.pages[language][name].lab]


@pytest.fixture(params=LABORATORY, ids=map("/".join, LABORATORY))
def page(request, site):
    return address(site, *request.param), *request.param


def test_its_executed_notebook_and_its_file_lie_beside_it(page):
    path, language, name = page
    notebook = nbformat.read(path.parent / name.replace(".md", ".ipynb"), as_version=4)
    cells = [cell for cell in notebook.cells if any(tag.startswith("snippet:labs/") for tag in cell.metadata.get("tags", ()))]
    shown = [fence.snippet for fence in BOOK.pages[language][name].fences]
    assert [cell.source for cell in cells] == [BOOK.source(snippet, language).strip() for snippet in shown]
    assert sum(len(cell.outputs) for cell in cells) >= len(tree(path).xpath("//article//figure[@class='figure']"))
    assert (path.parent / name.replace(".md", ".py")).read_text(encoding="utf-8").count("\n# %%\n") >= len(cells)


def test_what_stands_in_a_box_is_a_quotation_in_its_notebook(page):
    path, language, name = page
    notebook = nbformat.read(path.parent / name.replace(".md", ".ipynb"), as_version=4)
    quoted = {
        line.removeprefix("> ").strip("*") for cell in notebook.cells for line in cell.source.split("\n") if line[:4] == "> **"
    }
    assert quoted == set(re.findall(r'^!!! \w+ "(.*)"$', BOOK.pages[language][name].text, re.MULTILINE))


def test_it_links_to_them(page):
    path, _, name = page
    links = set(tree(path).xpath("//a[@download]/@href"))
    assert {name.replace(".md", ".ipynb"), name.replace(".md", ".py")} <= links


def test_it_has_what_a_page_has(page):
    path, language, name = page
    article, source = tree(path).xpath("//article")[0], BOOK.pages[language][name].text
    assert not article.xpath(".//style | .//script | .//*[@style] | .//*[contains(@class, 'jp-')]")
    ids = re.findall(r"^#+ .*\{#([\w-]+)\}$", source, re.MULTILINE)
    assert [heading.get("id") for heading in article.xpath(".//h1 | .//h2 | .//h3")] == ids
    assert len(article.xpath(".//figure[@class='figure']//*[name()='svg'][@role='img']")) == source.count("/// figure")
    assert len(article.xpath(".//*[name()='math']")) > 0


def test_notebooks_are_written_again_when_something_of_them_has_changed(small):
    notebook, page = write_notebook(small), small / "docs" / "en" / "index.md"
    made = small / ".cache" / laboratory.FOLDER / "en" / "index.ipynb"

    def written() -> str:
        with build.prepared(book := Book(small), report.Report(lambda text: None)):
            laboratory.write(book, "")
        return made.read_text(encoding="utf-8")

    assert "Two numbers." in written()
    made.write_text("as it was left")
    assert written() == "as it was left"
    change(page, "Two numbers.", "Both numbers.")
    assert "Both numbers." in written()
    change(notebook, "x = [1.0, 2.0]", "x = [1.0, 4.0]")
    assert "5.0" in written()
    change(small / "docs" / "theme" / "assets" / "book.css", "--fig-1: #", "--fig-1: #0")
    made.write_text("as it was left")
    assert written() != "as it was left"


def test_mkdocs_jupyter_makes_the_page(small, monkeypatch):
    """It puts the notebook beside the page, and its own HTML is not asked for."""
    write_notebook(small)
    monkeypatch.setattr(convert, "nb2html", None)
    made = content(build.build(small))
    assert {"en/index.ipynb", "zh/index.ipynb", "en/index.py", "zh/index.py"} <= made.keys()
    assert b'id="fig-sums"' in made["en/index.html"] and b"jp-Cell" not in made["en/index.html"]

"""Every chapter is there as a notebook and as a Python file, with nothing of the build's own Markdown left in it."""

import ast
import base64
import io
import re
import zipfile
from pathlib import Path

import jupytext
import nbformat
import pytest
from PIL import Image

from downhill.checks import hanzi
from downhill.execution.shelf import Shelf
from downhill.manuscript import counts
from downhill.manuscript.book import Book
from downhill.site import archive, build, notebooks
from tests.book import BOOK, PAGES, ROOT, ids, path_of
from tests.small import CATALOGUE, change, content, write_catalogue

pytestmark = pytest.mark.usefixtures("kept_worker")

CHAPTERS = [(language, name) for language, name in PAGES if name in counts.chapters(BOOK, language)]
TRACES = ("](#", "{{ ", "[@", "/// ", "--8<--", "??? ", "!!! ", "{#", "\\label", "[[references]]", "\x02", "\x04")
LINK = re.compile(r"\]\(((?!\w+:)[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
each_chapter = pytest.mark.parametrize(("language", "name"), CHAPTERS, ids=map("/".join, CHAPTERS))


def opened(site: Path, language: str, name: str) -> nbformat.NotebookNode:
    notebook = nbformat.read((site / language / name).with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    return notebook


def programs(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """Return the cells of snippets by their names, in their order."""
    return {tag.partition(":")[2]: cell for cell in notebook.cells for tag in cell.metadata.get("tags", ())}


def prose(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_chapters_have_notebooks_and_other_pages_have_none(site):
    assert len(CHAPTERS) >= 8
    made = {path.relative_to(site).with_suffix(".md").as_posix() for path in site.glob("*/*.ipynb")}
    assert made == {"/".join(chapter) for chapter in CHAPTERS}


@each_chapter
def test_every_program_is_a_cell_with_what_it_left(site, language, name):
    notebook, shelf = opened(site, language, name), Shelf(ROOT)
    found = programs(notebook)
    assert list(found) == [fence.snippet for fence in BOOK.pages[language][name].fences]
    for snippet, cell in found.items():
        assert cell.source == BOOK.source(snippet, language).strip()
        result = shelf.result(snippet)
        assert "".join(output.text for output in cell.outputs if output.output_type == "stream") == result.printed
        drawn = [output for output in cell.outputs if output.output_type == "display_data"]
        assert len(drawn) == len(result.figures[language])
        for output in drawn:
            image = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"])))
            assert image.format == "PNG"
            assert 0.6 < output.metadata["image/png"]["width"] / image.width < 0.8  # sharp on a dense screen
    counted = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counted == list(range(1, len(counted) + 1))


@each_chapter
def test_nothing_of_the_builds_markdown_is_left(site, language, name):
    notebook = opened(site, language, name)
    text = CODE.sub("", prose(notebook))
    assert [trace for trace in TRACES if trace in text] == []
    page = BOOK.pages[language][name]
    headings = re.findall(r"^(#{1,6}) .*\{#[\w-]+\}$", page.text, re.MULTILINE)
    texts = [CODE.sub("", cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
    assert [match[1] for text in texts if (match := re.match("(#+) ", text))] == headings  # a cell begins at each
    assert not any(re.search(r"\n#+ ", text) for text in texts)
    assert text.count(r"\tag{") == page.text.count(r"\label{")
    captions = len(re.findall(r"^ */// (?:figure|table) \|", page.text, re.MULTILINE))
    assert len(re.findall(r"^\*\*(?:Figure|Table|图|表) \d+\*\* ", text, re.MULTILINE)) == captions


@each_chapter
def test_what_is_folded_on_the_page_is_folded_here(site, language, name):
    notebook = opened(site, language, name)
    text = prose(notebook)
    folded = len(re.findall(r"^ *\?\?\?", BOOK.pages[language][name].text, re.MULTILINE))
    assert text.count("<details>\n<summary>") == text.count("\n\n</details>") == folded > 0
    for cell in notebook.cells:  # nothing else is between the tags that a notebook would show unfolded
        assert cell.source.count("<details>") == cell.source.count("</details>")
    for snippet, cell in programs(notebook).items():
        assert ("jupyter" in cell.metadata) == ("/solutions/" in snippet)


@each_chapter
def test_links_lead_to_pages_and_places_that_exist(site, language, name):
    """Without an address of the site they are relative to the notebook, which stands beside the page's folder."""
    targets = LINK.findall(CODE.sub("", prose(opened(site, language, name))))
    assert path_of(language, name).partition("/")[2] + "index.html" in targets
    for target in targets:
        path, _, anchor = target.partition("#")
        assert (site / language / path).is_file()
        assert not anchor or anchor.partition(":")[0] in ids(site / language / path), target


@each_chapter
def test_figures_have_words_and_are_small(site, language, name):
    drawn = [output for cell in programs(opened(site, language, name)).values() for output in cell.outputs if "data" in output]
    alternative = [output.metadata["image/png"].get("alt", "") for output in drawn]
    assert sum(map(bool, alternative)) >= len(BOOK.pages[language][name].figures) > 0
    assert sum(len(base64.b64decode(output.data["image/png"])) for output in drawn) < 165_000  # about 150 KB a page


@each_chapter
def test_the_python_file_has_the_same_cells(site, language, name):
    path = (site / language / name).with_suffix(".py")
    text = path.read_text(encoding="utf-8")
    ast.parse(text)
    assert text.startswith("# %%")  # no header that would change with the version
    ours, theirs = opened(site, language, name), jupytext.reads(text, "py:percent")
    assert [cell.source for cell in theirs.cells] == [cell.source for cell in ours.cells]
    assert [cell.cell_type for cell in theirs.cells] == [cell.cell_type for cell in ours.cells]


def test_the_zip_has_them_too(site):
    with zipfile.ZipFile(site / archive.NAME) as found:
        for language, name in CHAPTERS:
            for kind in (".ipynb", ".py"):
                path = (Path(language) / name).with_suffix(kind)
                assert found.read(f"downhill/{path.as_posix()}") == (site / path).read_bytes()
        assert found.read(f"downhill/zh/{hanzi.FONT.name}") == (ROOT / hanzi.FONT).read_bytes()


def test_no_version_is_pinned_and_nothing_else_is_installed(site):
    for language, name in CHAPTERS:
        notebook = opened(site, language, name)
        first = next(cell for cell in notebook.cells if cell.cell_type == "code")
        assert "pip" in first.source
        assert "==" not in first.source
        wanted = ast.literal_eval(re.search(r"in (\[.*?\]) if find_spec", first.source)[1])
        assert set(wanted) == notebooks.packages_of([cell.source for cell in programs(notebook).values()])


def test_the_candidates_are_those_of_the_setup_page():
    assert Shelf(ROOT).quoted("chinese_fonts")["candidates"] == notebooks.CANDIDATES


def test_the_font_has_every_label():
    assert hanzi.problems(BOOK) == []


def test_a_label_that_the_font_lacks_is_named(small):
    write_catalogue(small, CATALOGUE | {"line": "龘线"})
    (said,) = hanzi.problems(Book(small))
    assert said.startswith("snippets/chapter/line.py:9: the notebooks' font has no 龘 for “龘线”; ")


@pytest.mark.usefixtures("at_hand")
def test_links_are_absolute_where_the_site_has_an_address(small, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    monkeypatch.setenv("REPO_URL", "https://github.com/someone/book")
    site = build.build(small)
    for language in ("en", "zh"):
        text = prose(opened(site, language, "index.md"))
        assert f"](https://example.org/book/{language}/)" in text
        assert LINK.findall(text) == []
    font = [cell.source for cell in opened(site, "zh", "index.md").cells if "addfont" in cell.source]
    assert '"https://example.org/book/zh/labels-zh.ttf"' in font[0]
    assert (site / "zh" / "labels-zh.ttf").read_bytes() == (small / hanzi.FONT).read_bytes()
    page = (site / "zh" / "index.html").read_text(encoding="utf-8")
    place = "someone/book/blob/notebooks/zh/index.ipynb"
    links = re.findall(r'href="([^"]*(?:index\.ipynb|index\.py))"', page)
    assert links == [
        "index.ipynb",
        "index.py",
        f"https://colab.research.google.com/github/{place}",
        f"https://kaggle.com/kernels/welcome?src=https://github.com/{place}",
    ]


@pytest.mark.usefixtures("at_hand")
def test_services_are_not_named_where_the_repository_is_elsewhere(small, monkeypatch):
    monkeypatch.setenv("REPO_URL", "https://git.example.org/someone/book")
    page = (build.build(small) / "en" / "index.html").read_text(encoding="utf-8")
    assert 'href="index.ipynb" download' in page
    assert "colab" not in page and "kaggle" not in page


@pytest.mark.usefixtures("at_hand")
def test_pictures_are_painted_once_and_kept_as_long_as_they_are_used(small):
    folder = small / ".cache" / "pictures"
    painted = content(folder)
    assert len(painted) == 2  # one in each language
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    build.build(small)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    change(small / "snippets" / "chapter" / "line.py", "1.5]", "1.6]")
    build.build(small)
    assert len(content(folder)) == 2 and content(folder).keys().isdisjoint(painted)

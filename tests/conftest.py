"""Fixtures: the book, the site built from it, and a small book that can be broken."""

import shutil
from pathlib import Path

import pytest

from downhill.manuscript.book import Book
from downhill.site import build
from tests.book import ROOT
from tests.chromium import chromium, serve
from tests.small import CATALOGUE, PAGE, SNIPPET, write_catalogue, write_page


@pytest.fixture
def small(tmp_path) -> Path:
    """The root of a book of one page and one snippet, with the real theme and configuration."""
    root = tmp_path / "book"
    (root / "snippets" / "chapter").mkdir(parents=True)
    (root / "snippets" / "chapter" / "line.py").write_text(SNIPPET, encoding="utf-8")
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = configuration.partition("nav:")
    (root / "mkdocs.yml").write_text(f"{before}nav: [index.md]\n\ntheme:{rest.partition('theme:')[2]}", encoding="utf-8")
    for name in ("theme", "landing"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copytree(ROOT / "data" / "mnist", root / "data" / "mnist")
    shutil.copy(ROOT / "matplotlibrc", root)
    write_catalogue(root, CATALOGUE)
    write_page(root, "en", PAGE.format(title="Line", text="It ends at", alt="A rising line.", caption="A line."))
    write_page(root, "zh", PAGE.format(title="直线", text="终点是", alt="一条上升的直线。", caption="一条直线。"))
    return root


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(ROOT)


@pytest.fixture(scope="session")
def site() -> Path:
    """The site, built as `make build` builds it."""
    return build.build(ROOT)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def served(site):
    """A server that shows the site below /downhill/, with the headers that it asks for."""
    with serve(site) as server:
        yield server

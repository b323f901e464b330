"""Fixtures: pages of the built site, opened in a browser."""

import contextlib

import pytest
from playwright.sync_api import expect

from downhill.site import build
from tests import PATIENCE
from tests.browser.pages import AGAIN, ARRIVED, DESK, DRAWN, TAKEN, UNFOLDED, Reader, Visit, Windows, live, order
from tests.server import serve

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def served(site):
    """A server that shows the site below /downhill/, with the headers that it asks for."""
    with serve(site) as server:
        yield server


@pytest.fixture(scope="session")
def windows(browser, served):
    return Windows(browser, served.address)


@pytest.fixture(scope="session")
def reader(windows):
    return Reader(windows)


@pytest.fixture(scope="session")
def visit(windows):
    visit = Visit(windows)
    yield visit
    visit.opened.close()


@pytest.fixture
def arrived(visit, request):
    """A page as it has arrived, for the first time, on a desk or a phone; its `weights` are the bytes of what it has loaded."""
    with visit.at(ARRIVED, request.param) as page:
        yield page


@pytest.fixture
def unfolded(visit, request):
    """A page on a phone with all of it open, in a width; one visit for all tests that only look."""
    with visit.at(UNFOLDED, request.param) as page:
        yield page


@pytest.fixture
def taken(visit, request):
    """A page, on a desk or a phone, which the test may take apart."""
    with visit.at(TAKEN, request.param) as page:
        yield page


def pytest_collection_modifyitems(items):
    order(items)


@pytest.fixture
def open_page(windows):
    """A function that opens a page for as long as the test takes; see `Windows.page`."""
    with contextlib.ExitStack() as opened:
        yield lambda url, size=DESK, scheme="light", **options: opened.enter_context(windows.page(url, size, scheme, **options))


@pytest.fixture
def public(small, at_hand, monkeypatch):
    """The small book, built for a public address below /downhill/ and served there; yields (root of the book, server)."""
    monkeypatch.setenv("SITE_URL", "https://host.invalid/downhill/")
    with serve(build.build(small)) as server:
        yield small, server


@pytest.fixture(scope="module", params=[("en", "light", 360), ("zh", "dark", 1280)], ids=str)
def alive(reader, request):
    """A page whose figure can be touched: a module of tests names both, STEM and FIGURE. English words are the longer ones."""
    language, scheme, width = request.param
    with reader.page(language, request.module.STEM, scheme=scheme, width=width) as page:
        page.shown = request.param
        live(page, request.module.FIGURE)
        yield page


@pytest.fixture
def touched(alive, request):
    """The same page for all tests of the module, its figure as it stands at first."""
    alive.evaluate(AGAIN, request.module.FIGURE)
    alive.evaluate(DRAWN)
    return alive

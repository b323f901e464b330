"""Fixtures: pages of the built site, opened in a browser."""

import contextlib

import pytest
from playwright.sync_api import expect

from downhill.site import build
from tests import PATIENCE
from tests.browser.pages import AGAIN, DESK, Reader, Windows, live, unfold
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
def unfolded(request, reader):
    """A page on a phone with all of it open; one visit for all tests that only look, each at the widths that it sets."""
    with reader.page(*request.param, width=360) as page:
        page.stem = request.param[1]
        unfold(page)
        yield page


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
        yield page


@pytest.fixture
def touched(alive, request):
    """The same page for all tests of the module, its figure as it stands at first."""
    alive.evaluate(AGAIN)
    live(alive, request.module.FIGURE)
    return alive

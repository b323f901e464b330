"""Fixtures: pages of the built site, opened in a browser."""

import pytest
from playwright.sync_api import expect

from downhill.site import build
from tests import PATIENCE
from tests.browser.pages import DESK, VIOLATIONS, Reader
from tests.chromium import SHIFTS
from tests.server import serve

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def served(site):
    """A server that shows the site below /downhill/, with the headers that it asks for."""
    with serve(site) as server:
        yield server


@pytest.fixture(scope="session")
def reader(browser, served):
    return Reader(browser, served.address.rstrip("/"))


@pytest.fixture
def open_page(browser):
    """A function that opens a page; what went wrong on it stands in its `trouble`, what it loaded in its `loaded`."""
    contexts = []

    def opened(url: str, size=DESK, scheme="light", **options):
        workers = options.pop("service_workers", "block")
        context = browser.new_context(viewport=size, color_scheme=scheme, service_workers=workers, **options)
        contexts.append(context)
        context.set_default_timeout(1000 * PATIENCE)
        context.add_init_script(SHIFTS + VIOLATIONS)
        page = context.new_page()
        page.trouble, page.loaded = [], []
        page.on("console", lambda message: "blocked by Playwright" in message.text or page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("requestfailed", lambda request: page.trouble.append(f"failed: {request.url} {request.failure}"))
        page.on("response", lambda answer: page.loaded.append((answer.url, answer.status)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def public(small, monkeypatch):
    """The small book, built for a public address below /downhill/ and served there; yields (root of the book, server)."""
    monkeypatch.setenv("SITE_URL", "https://host.invalid/downhill/")
    with serve(build.build(small)) as server:
        yield small, server

"""Fixtures: a module of docs/theme/explorables/numerics, evaluated in Chromium."""

from pathlib import Path

import pytest

from tests.book import ROOT

FOLDER = ROOT / "docs" / "theme" / "explorables"
ADDRESS = "http://book.invalid"  # nothing is asked of a network: the answers are the files
CALL = """async ([address, name, cases]) => {
  const module = await import(address);
  return cases.map((each) => module[name](...each));
}"""


@pytest.fixture(scope="session")
def blank(browser):
    """An empty page in Chromium that can import the modules of docs/theme/explorables."""

    def answer(route) -> None:
        path = FOLDER / Path(route.request.url.removeprefix(ADDRESS).lstrip("/"))
        if path.suffix == ".js":
            route.fulfill(body=path.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page = browser.new_page()
    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/")
    yield page
    page.close()


@pytest.fixture
def numerics(blank):
    """A function: `numerics("valley", "momentum", cases)` returns what the module's function gives for each list of arguments.

    Numbers come back as they are, to the last bit.
    """

    def evaluate(topic: str, name: str, cases: list) -> list:
        return blank.evaluate(CALL, [f"{ADDRESS}/numerics/{topic}.js", name, cases])

    return evaluate

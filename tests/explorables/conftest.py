"""Fixtures: a module of docs/theme/explorables/numerics, evaluated in Chromium."""

import json
import re
from pathlib import Path

import pytest

from tests.book import ROOT

FOLDER = ROOT / "docs" / "theme" / "explorables"
ADDRESS = "http://book.invalid"  # nothing is asked of a network: the answers are the files
# As one text each way, in which what JSON has no number for is named: playwright takes a step for each number.
CALL = """async ([address, name, cases]) => {
  const module = await import(address);
  const named = (n) => typeof n === 'number' && (!Number.isFinite(n) || Object.is(n, -0));
  const told = (_, n) => named(n) ? {$: Object.is(n, -0) ? '-0' : String(n)} : ArrayBuffer.isView(n) ? [...n] : n;
  const given = JSON.parse(cases, (_, n) => n?.$ === undefined ? n : Number(n.$));
  return JSON.stringify(given.map((each) => module[name](...each)), told);
}"""

ODD = re.compile(r'("(?:[^"\\]|\\.)*")|(-?Infinity|NaN)')  # a text, which stays, or a number of which JSON knows nothing


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
        given = ODD.sub(lambda found: found[1] or f'{{"$": "{found[2]}"}}', json.dumps(cases))
        found = blank.evaluate(CALL, [f"{ADDRESS}/numerics/{topic}.js", name, given])
        return json.loads(found, object_hook=lambda named: float(named["$"]) if "$" in named else named)

    return evaluate

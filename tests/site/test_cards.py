"""Cards beside links: each is made of what its page says now, and pages of a site with an address name it."""

import os
import shutil
import subprocess
import sys

import pytest
from lxml import html
from PIL import Image

from downhill.manuscript.book import Book
from downhill.site import build, cards
from tests.book import BOOK, PAGES, ROOT
from tests.small import change

ADDRESS = "https://host.invalid/downhill/"


def test_the_cards_are_of_the_pages_as_they_are(site):
    assert cards.stale(BOOK, site) == []


@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_a_card_is_small(language, name):
    path = cards.path(ROOT, language, name)
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert 16 < len(image.getcolors()) <= cards.COLOURS
    assert path.stat().st_size < 25_000


def test_cards_are_drawn_named_and_missed(small, at_hand, monkeypatch):
    """By the command line, as playwright starts once in a process."""
    command = [sys.executable, "-m", "downhill", "--root", str(small), "cards"]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    drawn = ["docs/cards/zh/index.png", "docs/cards/en/index.png"]
    assert [line.removeprefix("drew ") for line in done.stdout.splitlines() if line.startswith("drew ")] == drawn, done.stderr
    assert cards.stale(Book(small), small / "site") == []
    assert "og:image" not in (small / "site" / "en" / "index.html").read_text(encoding="utf-8")
    monkeypatch.setenv("SITE_URL", ADDRESS)
    change(small / "docs" / "en" / "index.md", "# Line {", "# Another line {")
    site = build.build(small)
    said = {
        tag.get("property") or tag.get("name"): tag.get("content")
        for tag in html.parse(str(site / "zh/index.html")).iter("meta")
    }
    assert said["og:image"] == f"{ADDRESS}cards/zh/index.png" and said["twitter:card"] == "summary_large_image"
    assert (site / "cards" / "zh" / "index.png").read_bytes() == (small / drawn[0]).read_bytes()
    assert said["og:image:alt"] == "直线。终点是 1.5, 图 1, 式（1）.一条上升的直线。"
    assert "cards/" not in (site / "sw.js").read_text(encoding="utf-8"), "readers do not load them"
    assert cards.stale(Book(small), site) == [f"docs/cards/en/index.png: was made of another title; {cards.AGAIN}"]
    (small / drawn[0]).unlink()
    shutil.copy(small / drawn[1], small / "docs" / "cards" / "en" / "other.png")
    assert cards.stale(Book(small), site) == [
        f"docs/cards/zh/index.png: is missing; {cards.AGAIN}",
        f"docs/cards/en/index.png: was made of another title; {cards.AGAIN}",
        "docs/cards/en/other.png: belongs to no page; delete it",
    ]

"""What changed for readers: a page in both languages, and a feed of each that is made of it."""

import feedparser
import pytest

from downhill import LANGUAGES
from downhill.site import build
from tests.book import ROOT
from tests.small import change

ADDRESS = "https://host.invalid/downhill/"
ENTRIES = {
    "en": "# Changes {#changes}\n\nNew.\n\n## 2026-11-27: more < less {#more}\n\n- [Here](index.md#eq-line) & there.\n\n"
    "## 2026-11-22: the first {#first}\n\nIt is there.\n",
    "zh": "# 更新 {#changes}\n\n新的在前。\n\n## 2026-11-27：多了 {#more}\n\n- [这里](index.md#eq-line)。\n\n"
    "## 2026-11-22：第一版 {#first}\n\n有了。\n",
}


@pytest.fixture
def changing(small, at_hand, monkeypatch):
    """The small book with a page of changes, and an address."""
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, changes.md]")
    for language in LANGUAGES:
        (small / "docs" / language / "changes.md").write_text(ENTRIES[language], encoding="utf-8")
    monkeypatch.setenv("SITE_URL", ADDRESS)
    return small


def test_a_feed_says_what_its_page_says(changing):
    site = build.build(changing)
    for language, title, first in (("en", "Downhill 下山: Changes", "more < less"), ("zh", "Downhill 下山: 更新", "多了")):
        read = feedparser.parse((site / language / "feed.xml").read_bytes())
        assert not read.bozo, read.get("bozo_exception")
        assert (read.version, read.feed.title, read.feed.language) == ("atom10", title, language)
        assert read.feed.id == f"{ADDRESS}{language}/changes/"
        assert {link.rel: link.href for link in read.feed.links} == {
            "self": f"{ADDRESS}{language}/feed.xml",
            "alternate": f"{ADDRESS}{language}/changes/",
        }
        assert read.feed.updated == read.entries[0].updated == "2026-11-27T00:00:00Z"
        assert read.feed.author == "The Downhill authors"
        assert [entry.id for entry in read.entries] == [f"{ADDRESS}{language}/changes/#{name}" for name in ("more", "first")]
        assert [entry.link for entry in read.entries] == [entry.id for entry in read.entries]
        assert read.entries[0].title_detail.value.replace("&lt;", "<") == first
        assert f'<a href="{ADDRESS}{language}/#eq-line">' in read.entries[0].content[0].value
        page = (site / language / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="alternate" type="application/atom+xml" href="{ADDRESS}{language}/feed.xml"' in page
        assert page.count(f'href="{ADDRESS}{language}/feed.xml"') == 2, "in the head, and at the foot"
        assert '<a href="changes/">' in page.partition("<footer")[2]


def test_without_an_address_there_is_no_feed(site):
    assert (site / "en" / "changes" / "index.html").exists()
    assert not list(site.rglob("feed.xml"))
    assert "feed.xml" not in (site / "en" / "index.html").read_text(encoding="utf-8")


def test_both_languages_of_the_book_tell_the_same_changes(site):
    days = [
        [
            line.split("{")[1] + line[:13]
            for line in (ROOT / "docs" / language / "changes.md").read_text("utf-8").splitlines()
            if line[:3] == "## "
        ]
        for language in LANGUAGES
    ]
    assert days[0] == days[1] and len(days[0]) >= 4

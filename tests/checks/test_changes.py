"""The list of changes: each entry says its day, and the newest comes first."""

from downhill.checks import changes
from downhill.manuscript.book import Book

FAULTS = {
    "## 2026-11-22: a {#a}": "",
    "## 2026-11-22：甲 {#a}": "",
    "## 2026-11-22: a {#a}\n\nText.\n\n## 2026-11-22: b {#b}": "",
    "## 22 November: a {#a}": "changes.md:3: an entry is headed by its day",
    "## 2026-13-22: a {#a}": "changes.md:3: an entry is headed by its day",
    "## 2026-11-22 {#a}": "changes.md:3: an entry is headed by its day",
    "## 2026-11-22: a {#a}\n\nText.\n\n## 2026-11-23: b {#b}": "changes.md:7: 2026-11-23 stands below 2026-11-22",
    "Nothing.": "changes.md:1: has no entry",
}


def test_the_days_of_changes(bare):
    for text, said in FAULTS.items():
        (bare / "docs" / "en" / "changes.md").write_text(f"# Changes {{#changes}}\n\n{text}\n", encoding="utf-8")
        found = changes.problems(Book(bare))
        assert (len(found), said in "".join(found)) == (bool(said), True), (text, found)

"""The tables of the first page that say where chapters stand: their rows, and the chapters that they leave out."""

from downhill.checks import ways
from downhill.manuscript.book import Book

PAGE = "# {name} {{#{name}}}\n\n## Exercises {{#exercises}}\n"
TABLE = "| a | b |\n| --- | --- |\n{rows}\n\n/// table | {name}\nWords.\n///\n"
USES = "| [One](one.md) | [this](#this) |"
ALL = f"{USES}\n| [Two](two.md) | [that](one.md#that) |"
FAULTS = {
    ("tab-uses", ALL): "",
    ("tab-uses", USES): "index.md:5: two.md has no row in tab-uses; write what it uses",
    ("tab-uses", f"{ALL}\n| [One](one.md) | [this](#this) |"): "index.md:7: one.md has a row already",
    ("tab-uses", f"{ALL}\n| Three | [this](#this) |"): "index.md:7: a row of tab-uses is | [Chapter](page.md) |",
    ("tab-uses", f"{ALL}\n| [Two](two.md) | nothing |"): "index.md:7: a row of tab-uses is | [Chapter](page.md) |",
    ("tab-questions", "| Why? | [one](one.md#a), [two](two.md#b) |"): "",
    ("tab-questions", "| Why? | [one](one.md#a) |"): "index.md:5: two.md has no row in tab-questions; write a question",
    ("tab-other", USES): "",
}


def test_the_tables_lead_to_all_chapters(bare):
    folder = bare / "docs" / "en"
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(PAGE.format(name=name), encoding="utf-8")
    for (name, rows), said in FAULTS.items():
        (folder / "index.md").write_text(f"# A {{#a}}\n\n{TABLE.format(rows=rows, name=name)}", encoding="utf-8")
        found = ways.problems(Book(bare))
        assert (len(found), said in "".join(found)) == (bool(said), True), (name, rows, found)

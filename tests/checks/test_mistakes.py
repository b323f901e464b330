"""A mistake on a page is refused with its place."""

import pytest

from tests.small import CATALOGUE, change, fails, snippet, write_catalogue


def test_a_missing_snippet(small):
    snippet(small).unlink()
    assert "docs/en/index.md:9: shows snippets/chapter/line.py, which does not exist" in fails(small)


def test_a_snippet_that_no_page_shows(small):
    (small / "snippets" / "chapter" / "other.py").write_text('"""A line, drawn."""\nprint(1)\n')
    assert "snippets/chapter/other.py: no page shows it" in fails(small)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source="above"', 'sourse="above"', "unknown fence option sourse; known are exec, source"),
        ('source="above"', 'source="left"', 'the fence option source is "above" or "below", not "left"'),
        ('exec="on" source="above"', "exec=on", "is no fence option"),
        ("{{ line: y[1]:.1f }}", "{{ line: z[1]:.1f }}", "cannot be had: NameError"),
        ("{{ line: y[1]:.1f }}", "{{ lime: y[1]:.1f }}", "“lime” is no snippet"),
        ("y = 1.5 x", "y = \\frac{1.5", "docs/zh/index.md:5: "),
        ("[](#fig-line)", "[](#fig-lime)", "a reference to #fig-lime"),
        (
            "$$\ny = 1.5 x",
            "/// figure | fig-two\n    alt: Another rising line.\n\nTwo.\n///\n\n$$\ny = 1.5 x",
            "docs/zh: the caption fig-two does not come directly after a figure",
        ),
    ],
)
def test_a_page_with_a_mistake(small, old, new, message):
    for language in ("zh", "en"):
        change(small / "docs" / language / "index.md", old, new)
    assert message in fails(small)


def test_a_figure_without_alternative_text(small):
    change(small / "docs" / "zh" / "index.md", "    alt: 一条上升的直线。\n", "    alt: ''\n")
    assert "no alternative text" in fails(small)


def test_a_figure_without_caption(small):
    for language in ("zh", "en"):
        page = small / "docs" / language / "index.md"
        page.write_text(page.read_text(encoding="utf-8").partition("/// figure")[0].replace(", [](#fig-line)", ""))
    assert "has no caption" in fails(small)


def test_twins_that_differ(small):
    change(small / "docs" / "zh" / "index.md", "$$\ny = 1.5 x", "$$\ny = 1.6 x")
    assert "docs/zh/index.md:6: is verbatim in English" in fails(small)


def test_a_stale_translation(small):
    write_catalogue(small, {**CATALOGUE, "line": ""})
    assert "snippets/chapter/line.py:9: no Chinese for “line”" in fails(small)

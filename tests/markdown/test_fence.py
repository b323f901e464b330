"""A value in the built page: its text, its link, and what a reader copies."""

import re

import pytest
from lxml import html

from downhill.site import build
from tests.small import change, fails, snippet

pytestmark = pytest.mark.usefixtures("kept_worker")

PROGRAM = (
    'y = [0.0, 1.5]\nname = "<b>a*b*c</b> | #"\nrate = 0.05\ndown = -1.25\nz = 1j\nseen = {1}\nsteps = range(100, 900, 100)\n'
)


def write(small, text: str) -> None:
    """Put text into both pages of the small book."""
    for language in ("en", "zh"):
        path = small / "docs" / language / "index.md"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def valued(small):
    change(snippet(small), "y = [0.0, 1.5]\n", PROGRAM)
    return small


def other_page(small, text: str) -> None:
    """Give the small book a second page."""
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, other.md]")
    for language in ("en", "zh"):
        (small / "docs" / language / "other.md").write_text(text, encoding="utf-8")


def test_the_page_and_its_markdown_show_the_same(valued):
    text = "{{ line: name }}, {{ line: down }}, ${{ line: rate:.0%}}$, {{ line: steps[0] }}, `{{ line: y }}`."
    rows = "| a | b |\n|---|---|\n| {{ line: name }} | {{ line: down }} |\n"
    other_page(valued, f"# {{{{ line: name }}}} {{#other}}\n\n{text}\n\n{rows}")
    site = build.build(valued)
    tree = html.parse(str(site / "en" / "other" / "index.html")).getroot()
    name = "<b>a*b*c</b> | #"
    assert tree.xpath("string(//h1)").startswith(name)
    assert tree.xpath("string(//title)").startswith(name)
    (paragraph,) = [p for p in tree.xpath("//article//p") if p.text_content().startswith(name)]
    for annotation in paragraph.xpath(".//*[name()='annotation']"):
        assert annotation.text == r"5\%"
        annotation.drop_tree()
    assert paragraph.text_content() == f"{name}, −1.25, 5%, 100, {{{{ line: y }}}}."
    assert [cell.text_content() for cell in tree.xpath("//tbody//*[self::td or self::th]")] == [name, "−1.25"]
    markdown = (site / "en" / "other.md").read_text(encoding="utf-8")
    assert r"\<b\>a\*b\*c\</b\> \| \#, −1.25, $5\%$, 100, `{{ line: y }}`." in markdown


@pytest.mark.usefixtures("at_hand")
def test_a_value_leads_to_the_page_that_shows_its_program(small):
    other_page(small, "# Other {#other}\n\nEnds at {{ line: y[1] }}.\n")
    page = html.parse(str(build.build(small) / "en" / "other" / "index.html")).getroot()
    assert page.xpath("//a[@class='value']/@href") == ["../#code-line"]


def test_every_value_that_cannot_be_had_is_named_with_its_line(valued):
    faults = {
        "{{ line: z }}": "z is a complex number, which cannot be quoted; quote z.real or z.imag",
        "{{ line: seen }}": "seen is a set, which cannot be quoted; quote len(seen), or",
        "{{ line: y[7] }}": "IndexError: list index out of range",
        "${{ line: name }}$": "cannot stand in a formula, because of “<”",
    }
    write(valued, "\n" + "\n\n".join(faults) + "\n")
    message = fails(valued)
    first = (valued / "docs" / "en" / "index.md").read_text(encoding="utf-8").splitlines().index("{{ line: z }}") + 1
    for number, (quote, reason) in enumerate(faults.items()):
        quote = re.search(r"\{\{.*\}\}", quote)[0]
        for language in ("en", "zh"):
            assert re.search(
                rf"^docs/{language}/index.md:{first + 2 * number}: the value {re.escape(quote)} .*{re.escape(reason)}",
                message,
                re.M,
            )

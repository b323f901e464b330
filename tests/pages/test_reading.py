"""What a reader meets, as far as the built files show it: alternatives, colourless figures, addresses, sources, languages."""

import re

import pytest
from lxml import html

from downhill.execution.paths import DOTS
from downhill.manuscript import counts, prose
from downhill.site import build
from tests.book import BOOK, PAGES, address
from tests.book import tree as parsed

HANZI = re.compile(r"[\u4e00-\u9fff]")
BESIDE_A_TERM = "ancestor-or-self::*[@lang][1]/@lang"


@pytest.fixture(params=PAGES, ids="/".join)
def page(request, site):
    language, name = request.param
    return language, BOOK.pages[language][name], parsed(address(site, language, name))


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+|[\u4e00-\u9fff]", text.lower()))


def test_an_alternative_says_what_the_caption_does_not(page):
    language, _, tree = page
    for figure in tree.xpath("//figure[@class='figure']"):
        alternative, caption = figure.xpath("string(.//*[name()='svg']/@aria-label)"), figure.xpath("string(figcaption)")
        assert bool(HANZI.search(alternative)) == (language == "zh")
        assert len(alternative) >= {"en": 60, "zh": 20}[language], alternative
        shared = words(alternative) & words(caption)
        assert len(words(alternative) - shared) >= 5, f"says no more than the caption: {alternative}"


def looks(svg) -> dict[str, frozenset]:
    """Return for each series colour of a figure how it is drawn: its dashes, its markers, and the words beside its line."""
    found: dict[str, set] = {}
    for words in svg.xpath(".//*[name()='text' or name()='g'][starts-with(@fill, 'var(--fig-')]"):
        if (colour := re.search(r"--fig-\d", words.get("fill"))) and (said := "".join(words.itertext()).strip()):
            found.setdefault(colour[0], set()).add(("label", said))
    for path in svg.iter("path", "{*}path"):
        colour = re.search(r"--fig-\d", path.get("stroke", ""))
        if colour and DOTS.fullmatch(path.get("d")):
            found.setdefault(colour[0], set()).add(("dots", path.get("stroke-width")))
        elif colour and path.get("fill") == "none":
            found.setdefault(colour[0], set()).add(("line", path.get("stroke-dasharray")))
        elif colour:
            found.setdefault(colour[0], set()).add(("marker", path.get("d")))
    return {colour: frozenset(ways) for colour, ways in found.items()}


def test_series_differ_without_colour(page):
    _, _, tree = page
    for figure in tree.xpath("//figure[@class='figure']"):
        ways = looks(figure.xpath(".//*[name()='svg']")[0])
        assert len(set(ways.values())) == len(ways), f"{figure.get('id')}: {ways}"


def test_series_that_only_colour_tells_apart_are_noticed():
    def same(dash: str) -> dict:
        path = '<path fill="none" stroke="var(--fig-{})" stroke-dasharray="{}" d="M 0 0"/>'
        return looks(html.fromstring(f"<svg>{path.format(1, '2,1')}{path.format(2, dash)}</svg>"))

    assert len(set(same("2,1").values())) == 1
    assert len(set(same("4,1").values())) == 2


def test_every_formula_is_converted_and_keeps_its_latex(page):
    _, source, tree = page
    written = list(prose.formulas(source.text))
    found = tree.xpath("//*[name()='math']")
    assert len(found) >= len(written)
    assert all(formula.get("data-latex") for formula in found)
    assert not tree.xpath("//*[name()='math']//*[name()='merror' or @style or @class='unknown']")
    assert not tree.xpath("//*[contains(@class, 'arithmatex')]")


def test_no_style_or_script_stands_in_the_text(page):
    _, _, tree = page
    assert not tree.xpath("//article//*[@style] | //article//style | //article//script[not(@src)]")
    assert not [name for name in tree.xpath("//article//@*/..") if any(key.startswith("on") for key in name.attrib)]


def test_everything_has_an_address(page):
    _, source, tree = page
    blocks = tree.xpath(
        "//article//*[self::h2 or self::h3 or self::figure or contains(@class, 'equation')][not(self::a)]"
        " | //div[@class='program']"
    )
    terms = tree.xpath("//article//dt") if source.name == "glossary.md" else []
    assert all(block.get("id") for block in blocks + terms)
    for block in tree.xpath("//article//*[self::h2 or self::h3 or self::figure or self::div[@class='equation']]"):
        assert block.xpath(".//a/@href") and f"#{block.get('id')}" in block.xpath(".//a/@href"), block.get("id")
    numbers = [a.text for a in tree.xpath("//a[@class='equation-number']")]
    assert numbers == [f"({i})" for i in range(1, len(re.findall(r"\\label\{", source.text)) + 1)]
    statements = tree.xpath("//*[contains(@class, ' form')][@id]")
    assert [block.get("id") for block in statements] == re.findall(
        r"^!!! (?:theorem|proposition|lemma) (\S+)", source.text, re.M
    )
    for number, block in enumerate(statements, 1):
        assert block.get("aria-label").split("（")[0].split(" (")[0].split(" ")[1] == str(number)


def test_a_quoted_number_leads_to_the_program_that_computes_and_tests_it(page, site):
    language, source, tree = page
    values = tree.xpath("//a[@class='value']")
    if counts.is_chapter(source.text):
        assert values
    for value in values:
        place, _, anchor = value.get("href").partition("#")
        there = parsed((address(site, language, source.name).parent / place / "index.html").resolve()) if place else tree
        (program,) = there.xpath("//div[@class='program'][@id=$id]", id=anchor)
        tested = ">>>" in program.text_content() or source.lab  # where cells assert what they claim
        assert tested, f"{anchor} has no doctest"


def test_each_language_is_marked(page):
    language, _, tree = page
    for text in tree.xpath("//article//text()[not(ancestor::pre or ancestor::code)]"):
        nearest = text.getparent().xpath(BESIDE_A_TERM)[0]
        if HANZI.search(text) and text.strip() != "Downhill 下山":
            assert nearest == "zh", text
    for entry in tree.xpath("//ul[@class='references']/li"):  # a title-zh is Chinese, on Chinese pages
        words = "".join(entry.xpath(".//text()[not(ancestor::*[@class='cited'])]"))
        assert entry.xpath(BESIDE_A_TERM) == ["zh" if HANZI.search(words) else "en"], words
    other = {"en": "zh", "zh": "en"}[language]
    for entry in tree.xpath("//dt[contains(., ' · ')]"):
        assert entry.xpath("span/@lang") == [other], entry.text_content()


@pytest.mark.usefixtures("at_hand")
def test_links_to_the_repository_stand_where_there_is_one(small, monkeypatch):
    without = html.parse(str(build.build(small) / "en" / "index.html")).getroot()
    assert not without.xpath("//*[@class='program-source' or @class='page-source']")
    monkeypatch.setenv("REPO_URL", "https://host.invalid/repository")
    tree = html.parse(str(build.build(small) / "zh" / "index.html")).getroot()
    assert tree.xpath("//a[@class='program-source']/@href") == [
        "https://host.invalid/repository/blob/main/snippets/chapter/line.py"
    ]
    assert tree.xpath("//*[@class='page-source']/a/@href") == ["https://host.invalid/repository/edit/main/docs/zh/index.md"]
    monkeypatch.setenv("REPO_BRANCH", "a-branch")
    tree = html.parse(str(build.build(small) / "en" / "index.html")).getroot()
    links = tree.xpath("//*[@class='program-source' or @class='page-source']/descendant-or-self::a/@href")
    assert [link.split("/repository/")[1].split("/docs")[0].split("/snip")[0] for link in links] == [
        "blob/a-branch",
        "edit/a-branch",
    ]

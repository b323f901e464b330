"""The site built with Zensical: the same pages as MkDocs makes of the same sources, and the same refusal of faulty ones."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree

from downhill import LANGUAGES, BookError
from downhill.site import build, zensical
from tests.book import PAGES, address, tree
from tests.small import change, content, snippet

pytestmark = pytest.mark.usefixtures("kept_worker")

# All that differs in the articles; CONTRIBUTING.md lists it, with what differs around them
SKIP = ("a", "__skip")  # where “skip to content” leads; in MkDocs' theme it leads to the first heading
SECTION = "section"  # what our frame lays out when it comes near
EXCLUDE = "data-search-exclude"  # Zensical obeys it when it writes the search index, and then takes it away


@pytest.fixture(params=PAGES, ids="/".join)
def pair(request, site, twin_site):
    """A page as MkDocs and as Zensical make it: two paths."""
    return [address(made, *request.param) for made in (site, twin_site)]


def article(path: Path) -> etree._Element:
    (found,) = tree(path).xpath("//article")
    return found


def words(element: etree._Element) -> str:
    """Return the text of an element, without permalinks and with normalized white space."""
    return " ".join(" ".join(element.xpath(".//text()[not(ancestor::a[@class='headerlink'])]")).split())


def test_same_figures(pair):
    ours, theirs = (re.findall(rb'<svg [^>]*role="img".*?</svg>', path.read_bytes(), re.DOTALL) for path in pair)
    assert ours == theirs
    assert len(ours) == len(article(pair[0]).xpath(".//figure[@class='figure']"))


def test_same_formulas(pair):
    found = [[etree.tostring(e, with_tail=False) for e in article(path).xpath(".//*[name()='math']")] for path in pair]
    assert found[0] == found[1]


def test_same_text(pair):
    ours, theirs = (words(article(path)) for path in pair)
    assert ours == theirs
    assert len(ours) > 300


def test_same_ids_and_links(pair):
    for attribute in ("@id[. != '__skip']", "@href"):
        ours, theirs = (article(path).xpath(f".//{attribute}") for path in pair)
        assert ours == theirs


def test_same_elements_but_for_the_listed_differences(pair):
    left, right = ([(e.tag, dict(e.attrib)) for e in article(path).iter(etree.Element)] for path in pair)
    left = [(tag, attributes) for tag, attributes in left if tag != SECTION]
    right = [(tag, attributes) for tag, attributes in right if (tag, attributes.get("id")) != SKIP]
    for _, attributes in left:
        attributes.pop(EXCLUDE, None)
    for _, attributes in (*left, *right):
        if module := attributes.get("data-module"):
            attributes["data-module"] = re.search(r"/([\w-]+)\.", module)[1]  # published, it has a fingerprint
    assert left == right


def test_same_notebooks(site, twin_site):
    ours, theirs = (
        {path.relative_to(made): path.read_bytes() for kind in ("ipynb", "py") for path in made.glob(f"*/*.{kind}")}
        for made in (site, twin_site)
    )
    assert ours == theirs
    assert len(ours) >= 16


def test_the_listed_differences_are_there(site, twin_site):
    """When one is gone, it has to leave the list."""
    ours, theirs = ([article(address(made, *page)) for page in PAGES] for made in (site, twin_site))
    tag, identity = SKIP
    assert [len(page.xpath(f".//{tag}[@id='{identity}']")) for page in ours + theirs] == [0] * len(ours) + [1] * len(theirs)
    assert [len(page.xpath(f".//{SECTION}")) > 0 for page in ours + theirs] == [True] * len(ours) + [False] * len(theirs)
    drawings = [sum(len(page.xpath(f".//div[@{EXCLUDE}]")) for page in pages) for pages in (ours, theirs)]
    assert drawings[0] > 0 == drawings[1]


def test_same_frame(pair):
    """The language, the title, the way to the twin, the pages and headings listed beside the article."""
    seen, first = [], pair[0].parent.name in LANGUAGES  # which with MkDocs has no list of headings
    for path, lists in zip(pair, (("nav", "toc"), ("md-nav--primary", "md-nav--secondary")), strict=True):
        top, kinds = tree(path), [f"//nav[contains(concat(' ', @class, ' '), ' {kind} ')]//li//a" for kind in lists]
        listed = [(words(a), urljoin("http://book/zh/page/", a.get("href"))) for kind in kinds for a in top.xpath(kind)]
        links = {link for link in listed if not (first and "#" in link[1])}
        assert len(links) > 8
        seen.append([top.get("lang"), top.xpath("string(//a[@data-twin]/@href)"), links, top.xpath("string(//title)")])
    if first:
        assert seen[1][-1] == f"{seen[0][-1]} - {seen[0][-1]}"
        seen[1][-1] = seen[0][-1]
    assert seen[0] == seen[1]


def test_every_file_that_readers_address_is_there(site, twin_site):
    for language in LANGUAGES:
        ours, theirs = (
            {path.relative_to(made / language) for path in (made / language).rglob("*") if path.suffix == ".html"}
            for made in (site, twin_site)
        )
        assert ours == theirs
    ours, theirs = (tree(made / "index.html") for made in (site, twin_site))  # with styles of their own
    assert words(ours) == words(theirs)
    assert ours.xpath("//a/@href") == theirs.xpath("//a/@href")


def test_nothing_is_fetched_from_elsewhere(pair):
    sources = tree(pair[1]).xpath("//script/@src | //img/@src | //link[not(@rel='canonical' or @rel='alternate')]/@href")
    assert not [source for source in sources if re.match(r"(https?:)?//", source)]


@pytest.fixture
def unchecked(monkeypatch):
    """Keeps `prepare` from looking for mistakes that it would see first."""
    monkeypatch.setattr(build.checks, "problems", lambda book: [])
    monkeypatch.setattr(build.values, "problems", lambda book: [])


def fails(small) -> str:
    """Build with Zensical; return the message with which it fails, having seen that no page was written."""
    with pytest.raises(BookError) as error:
        zensical.build(small)
    assert not (small / zensical.FOLDER).exists()
    assert not list((small / ".cache" / "tmp").glob("*"))
    return str(error.value)


@pytest.mark.usefixtures("at_hand")
def test_same_input_same_bytes_and_a_snippet_that_fails_leaves_them(small):
    before = content(zensical.build(small))
    assert content(zensical.build(small)) == before
    change(snippet(small), "# two points", "1 / 0  # two points")
    with pytest.raises(BookError, match=r"docs/zh/index.md:9, .*: snippets/chapter/line.py:7: ZeroDivisionError"):
        zensical.build(small)
    assert content(small / zensical.FOLDER) == before


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[](#fig-line)", "[](#fig-lime)", "docs/zh: a reference to #fig-lime, but no figure"),
        ("{{ line: y[1]:.1f }}", "[x](nothing.md)", "page does not exist"),
        ("{{ line: y[1]:.1f }}", '`exec="on"`', 'docs/zh/index.md: Zensical\'s page shows exec="on"'),
    ],
)
def test_a_page_with_a_mistake_is_refused(small, old, new, message, unchecked):
    """The last one stands for a fence whose extension fails: its exception is swallowed, and the source is shown."""
    for language in LANGUAGES:
        change(small / "docs" / language / "index.md", old, new)
    assert message in fails(small)


@pytest.mark.usefixtures("at_hand")
def test_what_an_extension_logs_is_refused(small, unchecked):
    """Zensical itself counts it as success."""
    change(small / "docs" / "zh" / "index.md", "    alt: 一条上升的直线。\n", "    alt: ''\n")
    assert fails(small) == "docs/zh: the figure fig-line has no alternative text (alt: …)"


@pytest.mark.usefixtures("at_hand")
def test_a_figure_to_touch_without_its_words_is_refused(small, unchecked):
    page = small / "docs" / "zh" / "index.md"
    block = "\n/// explorable | rate\n    figure: fig-line\n\n- `lr`: 步长\n///\n"
    page.write_text(page.read_text(encoding="utf-8") + block, encoding="utf-8")
    assert fails(small).startswith("docs/zh: /// explorable | rate: rate lacks the words diverges, end, factor,")


@pytest.mark.usefixtures("at_hand")
def test_an_extension_that_raises_is_refused(small, unchecked):
    """What MkDocs would meet too; what is wrong with the other language is said with it."""
    for language in LANGUAGES:
        change(small / "docs" / language / "index.md", "line: y[1]", "lime: y[1]")
    said = "docs/{}: BookError: “lime” is no snippet; did you mean chapter/line?"
    assert fails(small).split("\n") == [said.format(language) for language in LANGUAGES]


@pytest.mark.usefixtures("at_hand")
def test_a_page_that_zensical_does_not_write_is_refused(small, monkeypatch):
    copy = zensical.shutil.copy

    def forgetful(source, folder):
        copy(source, folder)
        for page in (folder / "docs").rglob("index.md"):
            page.rename(folder / "docs" / "elsewhere.md")

    monkeypatch.setattr(zensical.shutil, "copy", forgetful)
    assert "index.md: Zensical has not written this page" in fails(small)

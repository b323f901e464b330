"""The reference pages: sources, citations, and the lists made of them; the glossary and its tooltips; the setup page."""

import re
import tomllib
import xml.etree.ElementTree as ET

import pytest
from lxml import html
from markdown import Markdown

from downhill import checks
from downhill.manuscript import bibliography, prose, terms
from downhill.manuscript.book import Book
from downhill.markdown import glossary
from downhill.site import build
from tests.book import ROOT
from tests.small import PAGE, change, fails, write_page

BOOK = Book(ROOT)
PAGES = [page for pages in BOOK.pages.values() for page in pages.values()]
SOURCES = bibliography.load(ROOT)
TEXT = {
    "title": "Line",
    "text": "It ends at",
    "alt": "A rising line.",
    "caption": "A line.",
}
BIB = """
@article{polyak1964, author = {Polyak, Boris T.}, title = {Some methods}, journal = {J}, year = {1964}, doi = {10.1/2}}
@article{one, author = {Doe, A. and Roe, B. and Poe, C.}, title = {A beginning}, journal = {J}, year = {1998}, eprint = {1.2}}
@article{two, author = {Doe, A. and Roe, B. and Poe, C.}, title = {Beyond}, journal = {J}, year = {1998}, url = {https://x.org/}}
"""
GLOSSARY = {
    "en": "learning rate, step size · 学习率、步长 {#learning-rate}\n:   A factor.\n\n"
    "gradient descent · 梯度下降、梯度下降法 {#gradient-descent}\n:   A method.\n\n"
    "stochastic gradient descent · 随机梯度下降 {#sgd}\n:   A method.\n\nepoch · 轮 {#epoch}\n:   A pass.\n",
    "zh": "学习率、步长 · learning rate, step size {#learning-rate}\n:   系数。\n\n"
    "梯度下降、梯度下降法 · gradient descent {#gradient-descent}\n:   方法。\n\n"
    "随机梯度下降 · stochastic gradient descent {#sgd}\n:   方法。\n\n轮 · epoch {#epoch}\n:   一遍。\n",
}


# --- sources ---


def test_every_source_says_where_it_is():
    old = {key for key, entry in SOURCES.entries.items() if int(entry.fields["year"]) < 1950}
    for key, entry in SOURCES.entries.items():
        assert key in old or {"eprint", "doi", "url"} & set(entry.fields), key
        assert key.startswith(tuple("abcdefghijklmnopqrstuvwxyz")), key
        for language in ("en", "zh"):
            assert ET.tostring(SOURCES.html(key, language), encoding="unicode").count("<a ") == (key not in old), key
    assert list(SOURCES.entries) == sorted(SOURCES.entries), "keep docs/references.bib in the order of its keys"


def test_every_source_is_cited():
    cited = {key for page in PAGES for _, key, _ in prose.citations(page.text)}
    assert set(SOURCES.entries) - cited == set()


def test_labels_tell_sources_apart():
    sources = bibliography.Bibliography(BIB)
    assert [sources.label(key, "en") for key in sources.entries] == ["Polyak 1964", "Doe et al. 1998a", "Doe et al. 1998b"]
    assert sources.label("one", "zh") == "Doe 等 1998a"
    for language in ("en", "zh"):
        labels = [SOURCES.label(key, language) for key in SOURCES.entries]
        assert len(labels) == len(set(labels))


@pytest.fixture
def render(tmp_path):
    """A function that renders a page with the sources and the glossary above, and returns its HTML as a tree."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "references.bib").write_text(BIB, encoding="utf-8")
    for language, text in GLOSSARY.items():
        (tmp_path / "docs" / language).mkdir()
        (tmp_path / "docs" / language / "glossary.md").write_text(text, encoding="utf-8")

    def convert(text: str, language: str = "en"):
        (tmp_path / "docs" / language / "page.md").write_text(text, encoding="utf-8")
        names = ["attr_list", "tables", "def_list", "downhill.markdown.references", "downhill.markdown.glossary"]
        options = {name: {"root": tmp_path, "language": language} for name in names[3:]}
        return html.fromstring(f"<main>{Markdown(extensions=names, extension_configs=options).convert(text)}</main>")

    return convert


def test_a_citation_leads_to_the_list_and_back(render):
    page = render("As [@polyak1964, §2] and [he](@polyak1964) say, and [@two].\n\nSee [@polyak1964, §2].\n\n[[references]]\n")
    links = page.xpath("//p//a")
    assert [link.text for link in links] == ["Polyak 1964, §2", "he", "Doe et al. 1998b", "Polyak 1964, §2"]
    assert [link.get("href") for link in links] == ["#ref-polyak1964", "#ref-polyak1964", "#ref-two", "#ref-polyak1964"]
    items = page.xpath("//ul[@class='references']/li")
    assert [item.get("id") for item in items] == ["ref-two", "ref-polyak1964"]
    assert "Boris T. Polyak" in items[1].text_content().replace("\u00a0", " ")
    assert items[1].xpath("a/@href") == ["https://doi.org/10.1/2"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for back in page.xpath("//span[@class='cited']/a"):
        assert page.xpath("//p//a[@id=$id]", id=back.get("href")[1:])
    assert items[1].xpath("string(span)").split() == ["↩", "§2,", "2"]


def test_a_source_without_an_address_is_listed_too(render, tmp_path):
    plain = "@misc{plain, author = {Doe, A.}, title = {T}, year = {1949}}"
    (tmp_path / "docs" / "references.bib").write_text(plain, encoding="utf-8")
    page = render("[@plain]\n\n[[references]]\n\n[[bibliography]]\n")
    assert [" ".join(item.text.split()) for item in page.xpath("//li")] == ["A. Doe. T. 1949."] * 2


def test_a_citation_in_chinese(render):
    page = render("见 [@one，定理 2]。\n\n[[references]]\n", "zh")
    assert page.xpath("string(//p/a)") == "Doe 等 1998a，定理 2"
    assert page.xpath("//ul[@class='references']/@lang") == ["en"]


def test_the_bibliography_lists_all_and_who_cites_them(render):
    page = render("# A page {#p}\n\n[@two]\n\n[[references]]\n\n[[bibliography]]\n")
    items = page.xpath("//ul[@class='references'][2]/li")
    assert len(items) == 3
    assert {item.get("id"): item.xpath("span/a/@href") for item in items}["ref-two"] == ["page.md#ref-two"]


def test_what_is_no_citation(render):
    page = render("Code `[@polyak1964]`, an address me@x.org, and [@polyak1964].\n\n```\n[@no]\n```\n\n[[references]]\n")
    assert len(page.xpath("//a[@class='citation']")) == 1
    assert [key for _, key, _ in prose.citations("`[@a]` [@b]\n\n```\n[@c]\n```\n")] == ["b"]


FAULTS = {
    "an unknown source": ("[@nobody2000]", "docs/en/index.md:3: cites @nobody2000, which is not in docs/references.bib"),
    "an unknown source under other words": ("[he](@nobody2000)", "docs/en/index.md:3: cites @nobody2000"),
    "a citation without a list": (
        "[@polyak1964]",
        "docs/en/index.md:3: cites sources, but the page has no line [[references]]",
    ),
    "a list without citations": ("\n\n[[references]]\n", "docs/en/index.md:5: [[references]], but the page cites nothing"),
    "a formula for a place": ("[@polyak1964, $x$]", "docs/en/index.md:3: the place in a citation is plain text"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_names(fault, small):
    text, message = FAULTS[fault]
    (small / "docs" / "references.bib").write_text(BIB, encoding="utf-8")
    for language in ("en", "zh"):
        write_page(small, language, PAGE.format(**TEXT).replace("It ends at", f"It {text} ends at"))
    assert message in fails(small)


def test_the_build_names_a_citation_that_only_one_language_has(small):
    (small / "docs" / "references.bib").write_text(BIB, encoding="utf-8")
    for language, key in (("en", "one"), ("zh", "two")):
        write_page(small, language, PAGE.format(**TEXT).replace("It ends at", f"[@{key}] It ends at") + "\n[[references]]\n")
    assert "docs/zh/index.md:3: citation ['one'] in English, ['two'] in Chinese" in fails(small)


@pytest.mark.parametrize(
    ("bib", "message"),
    [
        ("@article{a, title = {T}, year = {2000}}", "docs/references.bib:1: a: has no author"),
        ("@article{a, author = {A, B}, title = {T}", "docs/references.bib:1: "),
        (BIB + BIB, "docs/references.bib:6: polyak1964: a second entry with this key"),
    ],
)
def test_the_build_names_a_fault_in_the_bibliography(bib, message, small):
    (small / "docs" / "references.bib").write_text(bib, encoding="utf-8")
    assert message in fails(small)


# --- the glossary ---


def terms_in(page) -> list[tuple[str, str]]:
    return [(link.text, link.get("title")) for link in page.xpath("//a[@class='term']")]


def test_the_first_use_of_a_term_says_the_other_languages(render):
    page = render(
        "# Gradient descent {#g}\n\nIn *gradient descent* the learning rates matter. A step size is a learning rate.\n"
    )
    assert terms_in(page) == [("gradient descent", "梯度下降"), ("learning rates", "学习率")]
    assert page.xpath("//em/a/@href") == ["glossary.md#gradient-descent"]
    assert page.text_content().count("learning rate") == 2
    assert terms_in(render("Its step size, per epoch.\n")) == [("step size", "步长"), ("epoch", "轮")]


def test_the_longest_term_counts(render):
    assert terms_in(render("随机梯度下降的步长，与梯度下降法的学习率，每一轮。\n", "zh")) == [
        ("随机梯度下降", "stochastic gradient descent"),
        ("步长", "step size"),
        ("梯度下降法", "gradient descent"),
    ]
    assert terms_in(render("Stochastic gradient descent.\n")) == [("Stochastic gradient descent", "随机梯度下降")]
    assert terms_in(render("A learning-rate test, a post-epoch, epochal.\n")) == []


def test_a_term_is_left_alone_in_headings_code_links_and_tables(render):
    text = "## The epoch {#e}\n\n`epoch` and [an epoch](x.md)\n\n| epoch |\n| --- |\n| epoch |\n\n- epoch\n"
    assert [link.getparent().tag for link in render(text).xpath("//a[@class='term']")] == ["li"]


def test_the_glossary_itself_has_no_tooltips(render):
    page = render(GLOSSARY["en"])
    assert terms_in(page) == []
    assert page.xpath("//dt/@id") == ["learning-rate", "gradient-descent", "sgd", "epoch"]


@pytest.mark.usefixtures("at_hand")
def test_the_build_names_an_entry_that_its_twin_does_not_mirror(small):
    for language in ("en", "zh"):
        (small / "docs" / language / "glossary.md").write_text(f"# G {{#glossary}}\n\n{GLOSSARY[language]}", encoding="utf-8")
    change(small / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, glossary.md]")
    build.build(small)
    page = html.parse(str(small / "site" / "en" / "glossary" / "index.html")).getroot()
    assert page.xpath("//dt[@id='epoch']")
    change(small / "docs" / "zh" / "glossary.md", "轮 · epoch", "期 · epoch")
    change(small / "docs" / "zh" / "glossary.md", "随机梯度下降 · stochastic", "步长 · stochastic")
    broken = "\n".join(checks.problems(Book(small)))
    assert "docs/en/glossary.md:12: “epoch” is ('epoch',) · ('轮',), its twin says ('期',) · ('epoch',)" in broken
    assert "docs/zh/glossary.md:9: “步长” stands in line 3 too" in broken


def test_terms_are_introduced_as_the_glossary_has_them():
    known = {(own, other) for term in terms.load(ROOT, "zh") for own in term.own for other in term.other}
    missing = []
    for name, page in BOOK.pages["zh"].items():
        for number, line in prose.prose(page.text):
            for chinese, english in re.findall(r"\*\*([^*$（]+)\*\*（([a-zA-Z][^（）]*)）", line):
                if not any((chinese, word) in known for word in re.split("[，；]", english)):
                    missing.append(f"docs/zh/{name}:{number}: **{chinese}**（{english}）")
    assert missing == [], "bring docs/zh/glossary.md, or these pages, up to date"


def test_terms_of_the_glossary_stand_on_pages():
    used = set()
    for language, pages in BOOK.pages.items():
        own = terms.load(ROOT, language)
        used |= {term.id for term in own if max(map(len, term.own)) < 2}  # a term of one letter cannot be looked for
        pattern = glossary.pattern(own, language)
        for page in (page for name, page in pages.items() if name != terms.NAME):
            for _, line in prose.prose(page.text):
                used |= {own[int(match.lastgroup[1:].partition("_")[0])].id for match in pattern.finditer(line)}
    assert [term.id for term in terms.load(ROOT, "en") if term.id not in used] == []


# --- setup ---


def test_the_setup_page_names_the_versions_that_are_pinned():
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    named = set(re.findall(r"\b(?:numpy|matplotlib|torch|torchvision)==[\d.]+\d", BOOK.pages["en"]["setup.md"].text))
    assert len(named) == 4
    assert named <= set(pinned)

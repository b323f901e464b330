"""The book as an EPUB: what stands in it, and where its links lead."""

import re
import zipfile

import pytest
from lxml import etree

from downhill import LANGUAGES
from downhill.manuscript import navigation
from downhill.site import epub, volume
from tests.book import BOOK, ROOT, address, tree

XHTML = "{http://www.w3.org/1999/xhtml}"
NAMED = {
    "html": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "math": "http://www.w3.org/1998/Math/MathML",
}
NAMED |= {"svg": "http://www.w3.org/2000/svg"}


def opened(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "mimetype" and archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module", params=LANGUAGES)
def bound(request, site):
    """(language, files, pages) of an EPUB of the book; each page is well formed, or it is not parsed."""
    files = opened(site / epub.name(request.param))
    pages = {name[5:]: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}
    return request.param, files, pages


def test_the_package_names_every_file_once(bound):
    language, files, pages = bound
    package = etree.fromstring(files["EPUB/package.opf"])
    named = package.xpath("//opf:item/@href", namespaces=NAMED)
    assert sorted(named) == sorted(name[5:] for name in files if name.startswith("EPUB/") and not name.endswith(".opf"))
    order = package.xpath("//opf:itemref/@idref", namespaces=NAMED)
    items = dict(zip(package.xpath("//opf:item/@id", namespaces=NAMED), named, strict=True))
    chapters = [f"{name.removesuffix('.md')}.xhtml" for name in navigation.order(BOOK)]
    assert [items[each] for each in order] == ["title.xhtml", "nav.xhtml", *chapters]
    contents = pages["nav.xhtml"]
    assert contents.xpath("//html:nav//html:a[not(contains(@href, '#'))]/@href", namespaces=NAMED) == chapters
    parts = contents.xpath("//html:nav/html:ol/html:li/html:span/text()", namespaces=NAMED)
    assert parts == list(navigation.titles(ROOT, language).values()) and len(parts) > 2


def test_every_link_leads_to_a_place_in_the_book_or_out_of_it(bound):
    _, _, pages = bound
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(page.xpath("//@id")) == len(ids[name]), name
        for target in page.xpath("//html:body//html:a/@href", namespaces=NAMED):
            if not re.match(r"https?://", target):
                path, _, place = target.partition("#")
                assert not place or place in ids[path or name], f"{name}: {target}"
                assert not path or path in pages, f"{name}: {target}"


def test_what_the_pages_say_stands_in_the_book(bound, site):
    """Formulas with their LaTeX, figures with what they show, programs whole, solutions open; nothing that needs a script."""
    language, _, pages = bound
    for name, page in BOOK.pages[language].items():
        written, shown = pages[f"{name.removesuffix('.md')}.xhtml"], tree(address(site, language, name)).find(".//article")
        live = " and not(ancestor::*[contains(@class, 'explorable')])"
        formulas = shown.xpath(f"//article//math[not(ancestor::button){live}]/@data-latex")
        assert written.xpath("//math:math/@alttext", namespaces=NAMED) == formulas
        drawings = shown.xpath(f"//article//*[@class='drawing']/svg[@aria-label{live}]/@aria-label")
        assert written.xpath("//*[@class='drawing']/svg:svg/@aria-label", namespaces=NAMED) == drawings
        programs = ["".join(code.itertext()) for code in written.iter(f"{XHTML}code") if code.getparent().tag == f"{XHTML}pre"]
        for fence in page.fences:
            assert any(BOOK.source(fence.snippet, language).strip() == program.strip() for program in programs), fence.snippet
        solutions = len(shown.xpath("//article//details[@class='success']"))
        assert len(written.xpath("//html:div[@class='folded success']", namespaces=NAMED)) == solutions
    for page in pages.values():
        assert not page.xpath("//html:script | //html:button | //html:input | //html:details | //@style", namespaces=NAMED)
        assert not page.xpath("//@*[starts-with(name(), 'on') or starts-with(name(), 'data-')]")


def test_figures_have_the_colours_of_a_light_page(bound):
    _, files, _ = bound
    text = b"".join(data for name, data in files.items() if name.endswith(".xhtml")).decode()
    assert "var(" not in text and 'stroke="#0b5fa5"' in text
    style = files["EPUB/style.css"].decode()
    assert not re.search(r"math[^{}]*\{[^}]*display:", style), "a formula that is shown as another box falls apart"
    assert not re.search(r"viewbox|clippath", text) and "viewBox" in text and "clipPath" in text


def test_what_is_on_the_site_alone_is_led_to_there(site):
    """A figure to touch is not in the book: its settings lead to the page, or are words where the site has no address."""

    def leads(address: str) -> list[str]:
        whole = volume.read(site, "en")
        whole.lead(address, lambda stem, identity: f"{stem}.xhtml#{identity}")
        return [link for link in whole.chapters[0].article.xpath("(.//p)[2]//a/@href") if "glossary" not in link]

    assert leads("") == ["gradient-descent.xhtml#fig-zigzag"]
    assert leads("https://host.invalid/") == ["https://host.invalid/en/#valley:lr=0.11", "gradient-descent.xhtml#fig-zigzag"]

"""The parts of the book stand in the list of pages, and at the links to the page before and after."""

import pytest

from downhill import LANGUAGES
from downhill.manuscript import navigation
from tests.book import BOOK, PAGES, ROOT, address, path_of, tree

NAV = navigation.read(ROOT)
PART = {name: part.variable for part, names in navigation.titled(NAV) for name in names}
ORDER = navigation.order(BOOK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_has_a_title_in_each_language(language):
    titles = navigation.titles(ROOT, language)
    assert set(titles) == set(PART.values()) and len(titles) > 2
    assert all(titles.values()) and len(set(titles.values())) == len(titles)
    assert not set(titles.values()) & set(
        navigation.titles(ROOT, next(other for other in LANGUAGES if other != language)).values()
    )


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_the_list_of_pages_has_them_below_their_parts(site, language, name):
    titles, page = navigation.titles(ROOT, language), address(site, language, name)
    links = tree(page).xpath("//nav[@id='nav']//li/a[not(contains(@href, '#'))]")
    assert [(page.parent / link.get("href")).resolve() for link in links] == [
        (site / path_of(language, other)).resolve() for other in ORDER
    ]
    above = [link.xpath("string(ancestor::ul/preceding-sibling::*[@class='part'])") for link in links]
    assert above == [titles.get(PART.get(other, ""), "") for other in ORDER]


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_a_way_into_another_part_names_it(site, language, name):
    titles, at = navigation.titles(ROOT, language), ORDER.index(name)
    for side, other in (("prev", ORDER[at - 1] if at else ""), ("next", ORDER[at + 1] if at + 1 < len(ORDER) else "")):
        ways = tree(address(site, language, name)).xpath(f"//footer//a[contains(@class, 'link--{side}')]")
        assert len(ways) == bool(other)
        if other:
            part = titles.get(PART.get(other, ""), "") if PART.get(other) != PART.get(name) else ""
            said = " ".join(ways[0].xpath("string(.//*[contains(@class, 'direction')])").split())
            assert said.partition(" · ")[2] == part
            assert (f": {part}, " in ways[0].get("aria-label")) == bool(part)

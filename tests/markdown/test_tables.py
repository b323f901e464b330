"""Tables in HTML: what names rows, and the labels of the cards that wide ones become on a phone."""

from lxml import html
from markdown import Markdown

EXTENSIONS = ["tables", "pymdownx.arithmatex", "pymdownx.inlinehilite", "downhill.markdown.math", "downhill.markdown.tables"]
GENERIC = {"pymdownx.arithmatex": {"generic": True, "inline_syntax": ["dollar"], "block_syntax": ["dollar"]}}
WIDE = "| method | $\\lambda_1/(1-\\beta)$ of `f&g` |  | it\n|---|---:|---|---\n| SGD | 0.1 | a | {words}\n| Adam | 2 | b | c\n"


def made(text: str) -> html.HtmlElement:
    page = Markdown(extensions=EXTENSIONS, extension_configs=GENERIC).convert(text)
    return html.fragment_fromstring(page, create_parent="div")


def test_a_wide_table_says_in_each_cell_what_its_column_is():
    (table,) = made(WIDE.format(words="many words " * 40)).iter("table")
    assert table.get("data-cards") == ""
    assert [cell.get("data-label") for cell in table.xpath("tbody/tr[1]/*")] == [None, "λ₁/(1−β) of f&g", None, "it"]
    assert table.xpath("string(tbody/tr[1]/th[@scope='row'])") == "SGD"
    assert "data-label" not in html.tostring(table.find("thead")).decode()


def test_a_table_that_fits_a_phone_stays_as_it_is():
    (table,) = made(WIDE.format(words="word")).iter("table")
    assert not table.xpath("descendant-or-self::*[@data-cards or @data-label]")


def test_a_first_column_that_repeats_itself_has_a_label_too():
    (table,) = made("| input | that |\n|---|---|\n| raw | {0} |\n| raw | {0} |\n".format("many words " * 60)).iter("table")
    assert [cell.get("data-label") for cell in table.xpath("tbody/tr[2]/td")] == ["input", "that"]

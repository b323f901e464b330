"""Tables on a phone: a card a row where one is wider than it, and the same table for who hears, copies, or prints it."""

import pytest

from downhill import LANGUAGES
from tests.browser.pages import PLACES, clipboard, each

TABLES = "[...document.querySelectorAll('article table')].filter((table) => !table.closest('[data-module]'))"
# of tables as tables: whether they are cards, whether they are wider than the phone, how much of it their narrowest form takes
WIDTHS = f"""() => {TABLES}.map((table) => {{
  const cards = table.hasAttribute('data-cards');
  table.removeAttribute('data-cards');
  const [room, wide] = [table.parentElement.clientWidth, table.scrollWidth > table.clientWidth + 1];
  table.style.setProperty('display', 'table');
  table.style.setProperty('width', 'min-content');
  const part = table.getBoundingClientRect().width / room;
  table.removeAttribute('style');
  table.toggleAttribute('data-cards', cards); // other tests look at the same page
  return [cards, wide, part, table.textContent.trim().slice(0, 60)];
}})"""


@each(PLACES, 360)
def test_what_fits_a_phone_is_a_table_and_the_rest_are_cards(unfolded):
    assert unfolded.evaluate(f"{TABLES}.filter((table) => table.scrollWidth > table.clientWidth + 1).length") == 0
    for cards, wider, part, text in unfolded.evaluate(WIDTHS):
        assert cards if wider else not cards or part > 0.8, (text, part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_each_heading_before_its_cell(reader, language):
    with reader.page(language, "choosing", width=390, anchor="#tab-rates") as page:
        rows = page.locator("#tab-rates tbody tr")
        boxes = [rows.nth(i).bounding_box() for i in range(rows.count())]
        assert all(above["y"] + above["height"] < below["y"] for above, below in zip(boxes, boxes[1:], strict=False))
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
        heads = page.locator("#tab-rates thead th").all_inner_texts()
        shown = "(cell) => [getComputedStyle(cell, '::before').content, cell.getBoundingClientRect().left]"
        labels = [cell.evaluate(shown)[0] for cell in rows.nth(1).locator("td").all()]
        assert labels == [f'"{head}" / ""' for head in heads[1:]]
        page.set_viewport_size({"width": 1280, "height": 800})
        assert rows.nth(1).locator("td").first.evaluate(shown)[0] == "none"


def test_a_card_is_a_row_of_a_table_for_who_hears_it(reader):
    with reader.page("en", "choosing", width=390, anchor="#tab-rates") as page:
        session = page.context.new_cdp_session(page)
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        table = session.send("DOM.querySelector", {"nodeId": root, "selector": "#tab-rates table"})["nodeId"]
        tree = session.send("Accessibility.queryAXTree", {"nodeId": table})["nodes"]
        roles = [node["role"]["value"] for node in tree if not node["ignored"]]
        assert roles[0] == "table"
        rows = page.locator("#tab-rates tr").count()
        assert (roles.count("row"), roles.count("rowheader"), roles.count("columnheader")) == (rows, rows - 1, 7)
        names = [node["name"]["value"] for node in tree if node["role"]["value"] == "cell"]
        assert not any("good range" in name for name in names), "a label is not read again"


def test_a_card_is_copied_and_printed_as_a_row(reader):
    with reader.page("en", "choosing", width=390, anchor="#tab-rates") as page:
        for place in ("tr:nth-child(2)", ""):
            page.evaluate(f"getSelection().selectAllChildren(document.querySelector('#tab-rates tbody {place}'))")
            page.keyboard.press("Control+c")
            row = next(line for line in clipboard(page).splitlines() if line.startswith("SGD"))
            assert len(row.split("\t")) == 7 and "range" not in row
        page.emulate_media(media="print")
        assert page.locator("#tab-rates td").first.evaluate("(cell) => getComputedStyle(cell).display") == "table-cell"

"""Numbers on a page: what belongs to one stays on its line, and those of a table look alike."""

from tests.browser.pages import IN_CHAPTERS, each

PARTED = """() => {
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const found = [], range = document.createRange(), letters = [];
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest('svg, pre, code, math, .tool')) continue;
    for (let i = 0; i < node.length; i++) letters.push([node, i]);
  }
  const middle = ([node, i]) => {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const box = range.getClientRects()[0];
    return box && box.top + box.height / 2;
  };
  letters.forEach(([node, i], at) => {
    if (node.data[i] !== '±') return;
    const near = [-2, 0, 2].map((step) => middle(letters[at + step]));
    if (near.every(Boolean) && Math.max(...near) - Math.min(...near) > 8)
      found.push(letters.slice(at - 8, at + 9).map(([node, i]) => node.data[i]).join(''));
  });
  return found;
}"""
FACES = """() => [...document.querySelectorAll('article td, article th')].flatMap((cell) => {
  const look = (element) => { const s = getComputedStyle(element); return [s.fontFamily, s.fontVariantNumeric].join(); };
  const digits = [...cell.querySelectorAll('mn')].filter((n) => !n.closest(':is(msub, msup, msubsup) > :not(:first-child)'));
  return digits.filter((number) => look(number) !== look(cell)).map((number) => cell.textContent);
})"""
HEIGHTS = """() => [...document.querySelectorAll('article :is(td, th) math.numeral')].filter((number) =>
  getComputedStyle(number).fontSize !== getComputedStyle(number.closest('td, th')).fontSize).map((n) => n.textContent)"""


@each(IN_CHAPTERS, 360, 390, 1280)
def test_a_number_is_not_parted(unfolded):
    assert unfolded.evaluate(PARTED) == []


@each(IN_CHAPTERS, 390)
def test_numbers_of_a_table_look_alike(unfolded):
    assert unfolded.evaluate(FACES) == []
    assert unfolded.evaluate(HEIGHTS) == []


def test_parted_numbers_are_noticed(reader):
    with reader.page("en", "choosing", width=390) as page:
        text = "'mean 1.25 ± 0.25 '.repeat(40)"
        page.evaluate(f"document.querySelector('article p:not(.behind)').textContent = {text}")
        assert page.evaluate(PARTED)


def test_a_name_at_the_beginning_of_a_row_is_on_one_line(reader):
    with reader.page("zh", "choosing", width=390) as page:
        names = page.locator("table:not([data-cards]) tbody .unbroken")
        assert names.count() > 5
        assert (
            names.evaluate_all("(cells) => cells.map((cell) => getComputedStyle(cell).whiteSpace)").count("nowrap")
            == names.count()
        )

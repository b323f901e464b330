"""Chinese is set as Chinese."""

from tests.browser.pages import PLACES, each

BEGINNINGS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = null;
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest('svg, pre, code, math, .tool')) { before = null; continue; }
    for (let i = 0; i < node.length; i++) {
      if (!'，。、；：？！）》”’'.includes(node.data[i])) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      const block = node.parentElement.closest('p, li, dd, th, td, figcaption, h1, h2, h3');
      if (!block || !box.width) continue;
      const edge = block.getBoundingClientRect().left + parseFloat(getComputedStyle(block).paddingLeft);
      if (box.left < edge + 2) found.push(block.textContent.slice(0, 30) + ' … ' + node.data.slice(i - 5, i + 5));
    }
  }
  return found;
}"""


# from 610 pixels on a column is as wide as on a desk: any width above stands for all
@each([place for place in PLACES if place[0] == "zh"], 320, 390, 768)
def test_no_chinese_sign_begins_a_line(unfolded):
    assert unfolded.evaluate(BEGINNINGS) == []


def test_a_sign_that_begins_a_line_is_noticed(reader):
    with reader.page("zh", "index", width=390) as page:
        page.evaluate("document.querySelector('article p').textContent = '，不该在这里。'")
        assert page.evaluate(BEGINNINGS)


def test_chinese_is_set_as_chinese(reader):
    style = """(e) => { const s = getComputedStyle(e);
      return [s.lineBreak, s.textAutospace, parseFloat(s.lineHeight) / parseFloat(s.fontSize)]; }"""
    with reader.page("zh", "setup") as page:
        strict, autospace, height = page.locator("article p").first.evaluate(style)
        assert (strict, autospace) == ("strict", "normal") and height >= 1.7
        assert page.locator("article p").first.evaluate("(e) => getComputedStyle(e).fontFeatureSettings") == "normal"
        assert "PingFang SC" in page.locator("body").evaluate("(e) => getComputedStyle(e).fontFamily")
        code = page.locator("body").evaluate("(e) => getComputedStyle(e).getPropertyValue('--md-code-font')")
        assert code.index("Consolas") < code.index("Microsoft YaHei"), "on Windows, hanzi in code are not left to monospace"
        width = """(text) => { const s = document.createElement('span'); s.textContent = text;
          document.querySelector('article p').append(s); return s.getBoundingClientRect().width; }"""
        assert page.evaluate(width, "学a习") > page.evaluate(width, "学习") + page.evaluate(width, "a")
    with reader.page("en", "index") as page:
        assert page.locator("article p").first.evaluate(style)[0] == "auto"

"""The rhythm of the Chinese pages: a colon or a semicolon stands where a connective would not do.

`python -m tests.pages.test_rhythm` prints the figures: full-width colons and semicolons per 1,000 hanzi.
"""

import re

import pytest

from downhill.manuscript import counts
from downhill.manuscript.prose import hidden, lines
from tests.book import BOOK

MOST = {"：": 6.0, "；": 3.0}  # on a page: half of what the chapters had, 12.2 and 5.8, when they were first counted
DAY = re.compile(r"^## \d{4}-\d{2}-\d{2}：")  # heads an entry of the list of changes, and is no sentence
SHORT = 1000  # hanzi: of fewer, a sign or two are no rhythm


def counted(*texts: str) -> tuple[int, dict[str, float]]:
    """Return how many hanzi texts have, without code and formulas, and how many signs of each kind per 1,000 of them."""
    text = "".join(hidden(DAY.sub("", line.text)) for page in texts for line in lines(page) if line.kind == "text")
    hanzi = len(re.findall(r"[\u4e00-\u9fff]", text))
    return hanzi, {sign: 1000 * text.count(sign) / max(hanzi, 1) for sign in MOST}


@pytest.mark.parametrize("name", BOOK.pages["zh"])
def test_colons_and_semicolons_are_few(name):
    hanzi, signs = counted(BOOK.pages["zh"][name].text)
    assert hanzi < SHORT or all(signs[sign] <= most for sign, most in MOST.items()), signs


def test_signs_in_code_and_formulas_are_not_counted():
    assert counted("一：二；`三：` $x：$ 四：") == (3, {"：": 2000 / 3, "；": 1000 / 3})


def test_the_day_of_a_change_is_not_counted():
    assert counted("## 2026-11-27：一 {#a}\n\n## 二：三 {#b}\n") == (3, {"：": 1000 / 3, "；": 0.0})


if __name__ == "__main__":
    for name, page in BOOK.pages["zh"].items():
        hanzi, signs = counted(page.text)
        print(f"{name:32}{hanzi:6,} hanzi", *(f"{sign} {count:5.1f}" for sign, count in signs.items()))
    hanzi, signs = counted(*(BOOK.pages["zh"][name].text for name in counts.chapters(BOOK, "zh")))
    print(f"{'the chapters':32}{hanzi:6,} hanzi", *(f"{sign} {count:5.1f}" for sign, count in signs.items()))

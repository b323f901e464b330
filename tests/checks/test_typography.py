"""Chinese typography."""

import pytest

from downhill.checks import typography
from tests.book import BOOK


def test_chinese_typography():
    assert typography.problems(BOOK) == []


@pytest.mark.parametrize(
    "text",
    [
        "取$x$的值。",
        "取`x`的值。",
        "您好。",
        "学习率(步长)。",
        "学习率,步长。",
        "学习率0.1。",
        "| 好 | 用SGD训练 |",
        "[用SGD训练](a.md)。",
        "这是*重点*。",
    ],
)
def test_chinese_typography_notices(text):
    assert typography.faults(text)

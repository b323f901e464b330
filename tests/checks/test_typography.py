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
        "（步长)。",
        "(步长)也叫学习率。",
        '所谓"步长"就是学习率。',
        "「步长」就是学习率。",
        "走一步...再走一步。",
        "走一步…再走一步。",
        "步长—也叫学习率。",
        "步长--也叫学习率。",
        "步长――也叫学习率。",
        "走一步。。",
        "一步，，一步。",
        "错误率是 5％。",
        "一步＋一步。",
        "学习率 步长。",
    ],
)
def test_chinese_typography_notices(text):
    assert typography.faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "步长——也叫学习率……",
        "他说：“步长是‘学习率’。”",
        "见[](#fig-line)和[步长](a.md)（图 1）。",
        '!!! note "步长"',
        '??? answer "答案" ',
        "|---|---:|",
        "| 步长 | $f(x)$ 的值 |",
        "`f(x)` 的值是 $-1$，[@bottou2018] 也这样写。",
    ],
)
def test_chinese_typography_lets_what_is_right(text):
    assert typography.faults(text.rstrip()) == []

"""One name for one thing: what is not written is refused with what is, and a term is introduced with its English."""

import pytest

from downhill.checks import wording
from downhill.manuscript.book import Book
from tests.small import CATALOGUE, change, write_catalogue

GLOSSARY = "# {} {{#glossary}}\n\n{} · {} {{#slope}}\n:   X.\n"


def said_of(bare) -> list[str]:
    return wording.problems(Book(bare))


@pytest.mark.parametrize("word", ["数字", "缩小到 0.7 倍", "推进", "路径", "资料来源", "参考资料", "整批", "学习率方案"])
def test_a_word_that_is_written_otherwise(word, bare):
    change(bare / "docs" / "zh" / "index.md", "终点是", f"这里说{word}，终点是")
    (found,) = said_of(bare)
    assert found.startswith(f"docs/zh/index.md:3: “{word}”: write “")


@pytest.mark.parametrize("word", ["手写数字", "缩小到十分之一", "文件路径", "`数字`", "$数字$"])
def test_a_word_that_is_right(word, bare):
    change(bare / "docs" / "zh" / "index.md", "终点是", f"{word}，终点是")
    assert said_of(bare) == []


def test_a_word_in_the_catalogue_the_readme_and_in_english(bare):
    write_catalogue(bare, CATALOGUE | {"step": "推进"})
    (bare / "README.zh.md").write_text("# 下山\n\n```text\n数字\n```\n\n数字。\n", encoding="utf-8")
    change(bare / "docs" / "en" / "index.md", "It ends", "This behavior is optimised. It ends")
    assert sorted(found.partition(": write")[0] for found in said_of(bare)) == [
        "README.zh.md:7: “数字”",
        "docs/en/index.md:3: “behavior”",
        "docs/en/index.md:3: “optimised”",
        "docs/locale/zh.po:14: “推进”",
    ]


@pytest.mark.parametrize(
    ("use", "lacks"),
    [
        ("坡度", True),
        ("**坡度**（slope）", False),
        ("坡度（也叫 slope）", False),
        ("坡度，再说坡度（slope）", False),
        ("坡", False),
    ],
)
def test_a_term_that_no_chapter_introduces(use, lacks, bare):
    for language, entry in (("zh", ("术语", "坡度", "slope")), ("en", ("Terms", "slope", "坡度"))):
        (bare / "docs" / language / "glossary.md").write_text(GLOSSARY.format(*entry), encoding="utf-8")
    change(bare / "docs" / "zh" / "index.md", "终点是", f"{use}。终点是")
    sentence = "docs/zh/index.md:3: no chapter says what “坡度” is in English; write 坡度（slope） where it is introduced"
    assert said_of(bare) == [sentence] * lacks


@pytest.mark.parametrize(
    ("use", "lacks"), [("**坡度**很陡", True), ("**坡度很陡**", False), ("**坡度**（slope）很陡，**坡度**很陡", False)]
)
def test_a_term_in_bold_has_its_english(use, lacks, bare):
    for language, entry in (("zh", ("术语", "坡度", "slope")), ("en", ("Terms", "slope", "坡度"))):
        (bare / "docs" / language / "glossary.md").write_text(GLOSSARY.format(*entry), encoding="utf-8")
    change(bare / "docs" / "zh" / "index.md", "终点是", f"{use}。终点是")
    assert ("docs/zh/index.md:3: bold introduces a term: write **坡度**（slope）" in said_of(bare)) == lacks

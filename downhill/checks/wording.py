"""One name for one thing: words that the book writes otherwise, and terms of the glossary that no page introduces."""

import re

from downhill.checks.catalogue import PLACE
from downhill.checks.words import ADDRESS
from downhill.manuscript import counts, files
from downhill.manuscript.book import Book
from downhill.manuscript.catalogue import entries, read
from downhill.manuscript.navigation import order
from downhill.manuscript.prose import HIDDEN, hidden, lines
from downhill.manuscript.terms import ENTRY, NAME, Term, terms
from downhill.markdown.glossary import pattern

# what is not written, and what is: in the Chinese pages, the catalogue, and the Chinese README
INSTEAD = {
    r"(?<!手写)数字": "“手写数字”；一张是“图像”或“样本”，数值是“数”",
    r"推进": "“调用 `step()`”或“生效”",
    r"缩小到[^，。；：、]{0,24}倍": "“乘以……”或“变为原来的……”",
    r"(?<!文件)(?<!搜索)(?<!根)路径": "“轨迹”（文件的是“文件路径”）",
    r"学习率方案": "“学习率调度”",
    r"整批": "“全批量”",
    r"无偏猜测|带噪猜测": "“无偏估计”",
    r"前向计算": "“前向传播”",
    r"反向计算": "“反向传播”",
    r"搬运": "“访存”",
    r"融合的?内核": "“融合算子”",
    r"连续的流动": "“梯度流”",
    r"资料来源|参考资料": "“参考文献”",
    r"习题": "“练习”",
    r"(?<![（(])\bdoctest\b": "“文档测试”",
}
# the same in the English pages: Oxford spelling, and the terms as the glossary has them
IN_ENGLISH = {
    r"\b(optim|normal|regular|initial|general|minim|maxim|summar|real|special|penal)is(e|ed|es|ing|ation|er)\b": "-ize",
    r"\b(behavior|color|center|neighbor|labeled|favor)\w*": "the British spelling",
    r"\bminibatch(es)?\b": "mini-batch",
}
SILENT = re.compile(rf"{ADDRESS.pattern}|https?://\S+")  # what nobody reads aloud


def problems(book: Book) -> list[str]:
    """Return a sentence for each word that the book writes otherwise, and for each term that has no English."""
    found = [said for place, text in _chinese(book) for said in _faults(place, text, INSTEAD)]
    for page in book.pages["en"].values():
        found += [said for place, text in _shown(page.text, page.place) for said in _faults(place, text, IN_ENGLISH)]
    return found + _unintroduced(book)


def _faults(place: str, text: str, instead: dict[str, str]) -> list[str]:
    """Return a sentence for each word in a text that is not written.

    >>> _faults("a.md:3", "每步缩小到 0.7 倍", INSTEAD)
    ['a.md:3: “缩小到 0.7 倍”: write “乘以……”或“变为原来的……”']
    """
    return [f"{place}: “{match[0]}”: write {what}" for word, what in instead.items() for match in re.finditer(word, text)]


def _chinese(book: Book):
    """Yield (place, text) of everything that readers of Chinese read."""
    for page in book.pages["zh"].values():
        yield from _shown(page.text, page.place)
    yield from ((f"{PLACE}:{m.lineno}", m.string) for m in entries(read(book.catalogue)) if m.string and not m.fuzzy)
    if (readme := book.root / "README.zh.md").exists():
        yield from _shown(files.text(readme), readme.name)


def _shown(text: str, place: str):
    """Yield (place, text) of each line of a page, without code, formulas, addresses, and entries of the glossary."""
    for line in lines(text):
        if (
            line.kind == "text"
            and not line.text.lstrip().startswith("///")
            and not (place.endswith(NAME) and ENTRY.match(line.text))
        ):
            yield f"{place}:{line.number}", SILENT.sub(HIDDEN, hidden(line.text))


def _unintroduced(book: Book) -> list[str]:
    """Return a sentence for each term in bold without its English, and for each that no chapter gives as 动量法（momentum）."""
    bold, first, introduced = {}, {}, set()
    for place, text, match, term, other in _uses(book):
        before, after = text[: match.start()], text[match.end() :]
        first.setdefault(term.id, (place, match[0], other))
        page = place.partition(":")[0]
        if _in_english(term, match[0], after):
            introduced |= {term.id, (page, term.id)}
        elif before.endswith("**") and after.startswith("**"):
            bold.setdefault((page, term.id), (place, match[0], other))
    said = [
        f"{place}: bold introduces a term: write **{word}**（{other}）"
        for use, (place, word, other) in bold.items()
        if use not in introduced
    ]
    return said + [
        f"{place}: no chapter says what “{word}” is in English; write {word}（{other}） where it is introduced"
        for identity, (place, word, other) in first.items()
        if identity not in introduced
    ]


def _uses(book: Book):
    """Yield (place, line, match, term, its English) of each term in Chinese chapters, in the order of reading.

    Headings and alternative texts introduce nothing.
    """
    pages = book.pages["zh"]
    own = terms(pages[NAME].text) if NAME in pages else []
    expression = pattern(own, "zh")
    for page in [pages[name] for name in order(book) if name in pages and counts.is_chapter(pages[name].text)]:
        for place, text in _shown(page.text, page.place):
            for match in expression.finditer(text) if expression and not re.match(r"#| +alt:", text) else ():
                number, form = (int(part) for part in match.lastgroup[1:].split("_"))
                yield place, text, match, own[number], own[number].answer(form)


def _in_english(term: Term, word: str, text: str) -> bool:
    """Return whether the text after a term begins with its English, or needs not."""
    after = re.match(r"[*”]*[（，]([^）。]*)", text)
    return word.isascii() or bool(after) and any(form.casefold() in after[1].casefold() for form in term.other)

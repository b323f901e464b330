"""Chinese typography: what autocorrect and CONTRIBUTING.md ask of the Chinese pages and the catalogue.

Needs autocorrect-py, which is among the packages for tests.
"""

import re

from downhill import BookError
from downhill.checks.catalogue import PLACE
from downhill.manuscript.catalogue import entries, read
from downhill.manuscript.prose import prose
from downhill.manuscript.values import QUOTE

HANZI = r"[\u4e00-\u9fff]"
NO_SPACE = re.compile(rf"{HANZI}[$`]|[$`]{HANZI}")
LINK = re.compile(r"(\[@[^\]]*\]|\[\]\([^)]*\))|\[([^\[\]]*)\](?:\([^)]*\))?")  # citations and references; links
ITALIC = re.compile(r"(?<![*\\])\*(?![*\s])[^*]+(?<![\s\\])\*(?!\*)")
TITLE = re.compile(r'^(!!!|\?\?\?) \S+( \S+)? ".*"$')  # of a folded block or a note
SIGNS = {
    "您": "您; write 你",
    rf"{HANZI}[,;:?!](?!\d)": "a half-width sign after a hanzi; write ，；：？！",
    rf"{HANZI}\(|\({HANZI}|{HANZI}\)|\){HANZI}": "half-width brackets; write （）",
    rf'"(?={HANZI})|(?<={HANZI})"': "straight quotation marks; write “”",
    r"[「」『』]": "「」; write “” or ‘’",
    r"\.\.\.|(?<!…)…(?!…)": "an ellipsis of three points; write ……",
    rf"(?<!—)—(?!—)|―|{HANZI} ?--|-- ?{HANZI}": "half a dash; write ——",
    r"([。，、；：？！])\1": "the same sign twice",
    r"[％＋－＝]": "a wide sign of a formula; write % + - =",
    rf"{HANZI} +{HANZI}": "a space between hanzi",
}


def problems(book) -> list[str]:
    """Return a sentence for each line of the Chinese pages, and each entry of the catalogue, that is set badly."""
    lines = [(f"{PLACE}:{m.lineno}", m.string) for m in entries(read(book.catalogue)) if m.string and not m.fuzzy]
    for page in book.pages["zh"].values():
        lines += [(f"{page.place}:{number}", line) for number, line in prose(page.text, code=True)]
    return [f"{place}: {fault}: {text.strip()}" for place, text in lines for fault in faults(text)]


def faults(text: str) -> list[str]:
    """Return what is wrong with a line of Chinese.

    >>> faults("学习率 $\\\\alpha$ 取 0.1，共 3 步。"), faults("取$x$的值，学习率0.1（步长)")
    ([], ['no space beside a formula or code', 'half-width brackets; write （）', 'write “取 x 的值，”'])
    """
    text = QUOTE.sub("0", re.sub(r" ?\{#[\w-]+\}$", "", text))
    apart = re.sub(r"(`+).+?\1", "`x`", re.sub(r"\$[^$]+\$", "$x$", text))
    found = ["no space beside a formula or code"] if NO_SPACE.search(apart) else []
    plain = "" if TITLE.match(text) else LINK.sub(lambda match: match[2] or "x", re.sub(r"`x`|\$x\$", "x", apart))
    found += [said for sign, said in SIGNS.items() if re.search(sign, plain)]
    if ITALIC.search(apart):
        found.append("*…* is no emphasis in Chinese; write **…**")
    for cell in LINK.sub(lambda match: match[2] or "图", apart).split("|"):
        found += [f"write “{wanted}”" for wanted in lint(re.sub(r"[`$*]", "", cell.strip()))]
    return found


def lint(text: str) -> list[str]:
    """Return what autocorrect would write: some characters from where it differs."""
    try:
        import autocorrect_py
    except ImportError as error:
        raise BookError("autocorrect-py is missing; install the packages for tests: pip install -e .[test]") from error
    if len(re.findall(HANZI, text)) < 2:
        return []
    text = re.sub(rf"(?<={HANZI})-(?={HANZI})", "·", text)  # 柯西-施瓦茨: two names
    for half, wide in ("(（", ")）"):  # that it is half as wide is said already
        text = re.sub(rf"(?<={HANZI})\{half}|\{half}(?={HANZI})", wide, text)
    changed = autocorrect_py.format(text)
    first = next((i for i, (old, new) in enumerate(zip(text, changed, strict=False)) if old != new), len(text))
    return [] if changed == text else [changed[max(first - 6, 0) : first + 6]]

"""What of a page Python-Markdown shows otherwise than it is written: a word that is lost, a sign that is left over, a block.

The page is rendered with nothing run, and compared with what the other checks read on it: where they agree, each word of
the prose is on the page, in its order, and nothing else is.
"""

import html
import re

from downhill.checks.blocks import RULE, Block, blocks
from downhill.checks.inline import ESCAPED, LINK, STRONG
from downhill.checks.memory import remembered
from downhill.manuscript.forms import DIFFICULTY
from downhill.manuscript.prose import CITATION, HIDDEN, LISTS, cells, lines, spans
from downhill.manuscript.values import QUOTE
from downhill.markdown.reading import rendered

APART = 0xE000  # escaped signs are kept apart there, as characters of private use
TAGS = {
    "heading": "h",
    "item": "li",
    "row": "tr",
    "definition": "dd",
    "fold": "details",
    "caption": "figcaption",
    "explorable": "explorable",
    "fence": "fence",
}


@remembered
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for the first place where a page shows something else than it says; for a page without other faults."""
    shown = rendered(QUOTE.sub("0", text))
    left = re.sub(r"\s", "", shown.text)
    for block in blocks(text):
        words = re.sub(r"\s", "", written(block))
        if not left.startswith(words):
            common = next((i for i, (a, b) in enumerate(zip(words, left, strict=False)) if a != b), min(len(words), len(left)))
            there, here = left[common : common + 12], words[common : common + 12]
            return [f"{place}:{block.line.number}: is shown otherwise than it is written: “{there}” where “{here}” should be"]
        left = left[len(words) :]
    last = len(lines(text.rstrip("\n")))
    if left:
        return [f"{place}:{last}: the page shows “{left[:20]}”, which is not written there"]
    for kind, tag in TAGS.items():
        count = sum(
            number for name, number in shown.blocks.items() if re.fullmatch(rf"{tag}[1-6]" if tag == "h" else tag, name)
        )
        count += shown.blocks["note"] if kind == "fold" else 0
        count += len({row.line.number for row in _rules(text)}) if kind == "row" else 0
        wanted = [block for block in blocks(text) if block.kind == kind]
        if count != len(wanted):
            first = wanted[0].line.number if wanted else 1
            return [f"{place}:{first}: {len(wanted)} blocks of this kind ({kind}) are shown as {count}"]
    return [f"{place}:1: something is shown as code that stands in no fence"] if shown.blocks["pre"] else []


def _rules(text: str) -> list[Block]:
    """Return the second rows of tables, which are no rows on the page."""
    return [block for block in blocks(text) if block.kind == "row" and RULE.fullmatch(block.line.text.strip())]


def written(block: Block) -> str:
    """Return the text of a block as its page should show it, without code and formulas.

    >>> from downhill.checks.blocks import blocks
    >>> [written(block) for block in blocks("## **A** `b` [c](d.md) {#e}\\n\\n| f | \\\\| |\\n\\n\\\\*g [@h, §2]")]
    ['A  c', ' f  | ', '*g ']
    """
    if block.kind == "row":
        parts = [] if RULE.fullmatch(block.line.text.strip()) else cells(block.line.text)
    else:
        parts = [] if block.kind == "alt" else [block.words]
    return "".join(_shown(part) for part in parts)


def _shown(words: str) -> str:
    if words.strip() in LISTS or DIFFICULTY.fullmatch(words):
        return words
    kept = {"text": lambda text: text, "value": lambda text: "0", "code": lambda text: HIDDEN, "formula": lambda text: HIDDEN}
    text = "".join(kept[span.kind](span.text) for span in spans(words))
    text = ESCAPED.sub(lambda match: chr(APART + ord(match[0][1])), text)
    text = LINK.sub(r"\g<words>", CITATION.sub(lambda match: "](a)" if match[3] else "", text))
    text = html.unescape(STRONG.sub(r"\2", STRONG.sub(r"\2", text)))
    return re.sub(r"[\ue000-\ue0ff]", lambda match: chr(ord(match[0]) - APART), text.replace(HIDDEN, ""))

"""What a line of text holds that is not part of the book's Markdown, and would be printed as it is typed, or lost.

What is: `code`, $formulas$, {{ values }}, **bold**, *emphasis*, [words](address), [](#id), [@source, §2],
[words](@source), and a backslash before a sign that is meant as itself.
"""

import html
import html.entities
import re

from downhill.checks.blocks import RULE, alternative_text, blocks
from downhill.checks.memory import remembered
from downhill.manuscript import invisible
from downhill.manuscript.forms import DIFFICULTY
from downhill.manuscript.prose import CITATION, HIDDEN, LISTS, hidden, lines, spans
from downhill.manuscript.values import QUOTE

ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|$]")
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?P<address>[^()\s\[\]]*(?:\([^()\s]*\)[^()\s]*)*)\)")
STRONG = re.compile(r"(?<!\*)(\*\*|\*)(?![*\s])([^*]+?)(?<!\s)\1(?!\*)")
OPENS = "{{ that is no quoted value: write {{ stem: expression }}, on one line; in code it needs no change"
ENDS = "}} that ends no quoted value: write {{ stem: expression }}, on one line"
FAULTS = (  # what a line must not hold once what it may hold is taken away, and what to write; the first one is told
    (r"\\begin\b|\\end\b", "a formula outside $…$ and $$; write $$ on a line before and after it"),
    (r"\\[A-Za-z]", "a command of LaTeX outside a formula; write $…$, or `code`"),
    (r"\$\$|\$\x02+\$", "$$ stands on a line of its own, before and after the formula"),
    (r"\{\{", OPENS),
    (r"\}\}", ENDS),
    (r"\{[-+~=>]{2}|[-+~=<]{2}\}", "editing marks ({++ ++}, {-- --}, …) are not part of the book's Markdown"),
    (r"\{[:#.]", "attributes ({#id}, {.class}) are only for the ids of headings and terms, at the end of their line"),
    (r"[{}]", "a lone brace; write \\{ or \\}, `code`, or a formula"),
    (r"-+8<-+", "--8<-- stands alone in an executed fence; in text write `--8<--`"),
    (r"!\[", "images are not part of the book's Markdown; draw a figure with a snippet"),
    (r"\[\^", "footnotes are not part of the book's Markdown; write a sentence, or cite a source: [@key]"),
    (r"^\s*\[[ xX]?\](\s|$)", "task lists are not part of the book's Markdown; write a list"),
    (r"\[\[|\]\]", f"[[…]] is for {LISTS[0]}, {LISTS[1]}, and [[difficulty: 1]], alone on a line; a link is [words](page.md)"),
    (r"\[TOC\]", "[TOC] is not part of the book's Markdown; every page has its contents beside it"),
    (r"\[@", "a citation is [@key] or [@key, §2], with the key of an entry in docs/references.bib"),
    (r"\]\s?\[", "links by reference are not part of the book's Markdown; write [words](address)"),
    (r"\]\(", "the address of a link has no spaces, brackets, or title: [words](address)"),
    (r"[\[\]]", "a lone bracket; write \\[ or \\], a formula, or a link: [words](address)"),
    (r"</?[A-Za-z]+:|<[^<>\s@]+@[^<>\s@]+>", "addresses in <…> are not part of the book's Markdown; write [words](address)"),
    (r"<[A-Za-z/!?]", "HTML is not part of the book's Markdown; write `code`, or &lt; for <"),
    (r"https?://|www\.", "an address that is no link; write [words](address), or `code`"),
    (r"\\(?! )", "a lone backslash; write \\\\, or `code`"),
    (r"`", "a ` that belongs to no code; write \\`"),
    (r"\$(?!\d)", "a $ that belongs to no formula (no space stands inside the two $); write \\$ for the sign"),
    (r"\*", "a * that makes nothing bold; write **words**, \\* for the sign, or a formula"),
    (
        r"(?<!\w)_+[^\s_](?:.*?[^\s_])?_+(?!\w)",
        "_words_ are not part of the book's Markdown; write **words**, or `code` for names",
    ),
    (r"~~", "~~…~~ is not part of the book's Markdown"),
    (r"==+[^=\s][^=]*==", "==…== is not part of the book's Markdown; write **…**"),
    (r"\+\+[^+\s].*?\+\+", "++…++ is not part of the book's Markdown; write `code` for a key"),
    (r"\^[^^\s]+\^|(?<!~)~[^~\s]+~", "^…^ and ~…~ are not part of the book's Markdown; write a formula"),
    (r"(?<![\w:]):[a-z][\w+-]*:(?![\w:])", ":name: is no sign here; write the sign itself"),
    (r"<?-->|<--|<?==>|=/=|\+/-", "signs made of several are not part of the book's Markdown; write →, ←, ↔, ⇒, ≠, ±"),
    (r"\((?:[Rr]|[Tt][Mm]|C)\)|\(c\) ?\d{4}", "write ©, ®, or ™"),
    (r"(?<=\s)-{2,3}(?=\s)", "write – or — instead of -- or ---"),
    (
        r"[＃＊｀＄｜［］｛｝＼＿＾]|】[(（]",
        "a full-width sign that makes nothing; Markdown knows # * ` $ | [ ] { } \\ of ASCII alone",
    ),
    (r"￥", "￥ begins no formula; write $…$, and 元 for money"),
    (r"^\s*&#?\w+;\s*$", "the name of a sign alone makes no paragraph; write the sign itself"),
)
BRACKETS = re.compile(r"\\\(.+?\\\)|^\s*\\\[.*[\\^_=].*\\\]\s*$")
SLIP = re.compile(r"\{\{(?:\s|\s*[\w/.-]+\s*:)")  # LaTeX may have {{ too, but hardly so


@remembered
def problems(place: str, text: str) -> list[str]:
    """Return a sentence for the first thing in each line of a page's text that is not part of the book's Markdown."""
    found = []
    for block in blocks(text):
        if said := FAULT_OF.get(block.kind, fault)(block.words):
            found.append(f"{place}:{block.line.number}: {said}")
    displayed = [(line.number, slip(line.text)) for line in lines(text) if line.kind == "formula"]
    return found + [f"{place}:{number}: {said}" for number, said in displayed if said]


def fault(words: str) -> str:
    """Return what in a piece of text is not part of the book's Markdown, or nothing.

    >>> fault("**Bold** $x$, `{{`, [a link](#a), [@key, §2], 5 < 6, \\\\[0, 1\\\\]")
    ''
    >>> fault("Here[^1].").partition(" ")[0], fault("{{ One: x }}").partition(" ")[0]
    ('footnotes', '{{')
    """
    if words.strip() in LISTS or DIFFICULTY.fullmatch(words) or RULE.fullmatch(words):
        return ""
    if BRACKETS.search(hidden(words)):
        return r"a formula in \(…\) or \[…\]; write $…$, or $$ on a line before and after it"
    left = ESCAPED.sub("", hidden(words))
    left = CITATION.sub(lambda match: "](a)" if match[3] else HIDDEN, left)
    left = LINK.sub(r"\g<words>", left)
    left = STRONG.sub(r"\2", STRONG.sub(r"\2", left))
    for pattern, said in FAULTS:
        if match := re.search(pattern, left):
            return f"{said} (“{_around(left, match)}”)"
    if unknown := [name for name in re.findall(r"&(\w+;)", left) if name not in html.entities.html5]:
        return f"&{unknown[0]} is no name of a sign; write &amp; for &"
    for name in re.findall(r"&#?\w+;", left):
        if sign := invisible.found(html.unescape(name)):
            return f"{name} is {sign}; leave it out"
        if invisible.NOBODYS.search(html.unescape(name)):
            return f"{name} is no sign at all; write the sign itself"
    return slip(" ".join(span.text for span in spans(words) if span.kind == "formula"))


def slip(latex: str) -> str:
    """Return whether LaTeX holds what was meant as a value and is none, as a sentence, or nothing.

    >>> slip("x_{{k}} {{ one: x }}"), slip("{{ one.x }}").partition(":")[0]
    ('', '{{ that is no quoted value')
    """
    match = SLIP.search(QUOTE.sub("0", latex))
    return f"{OPENS}; LaTeX's {{{{ has no space after it (“{_around(latex, match)}”)" if match else ""


def alternative(line: str) -> str:
    """Return what is wrong with a line `alt: …` below the beginning of a figure's caption, or nothing."""
    plain = QUOTE.sub("0", line)
    if match := re.search(r"\{\{|\}\}", plain):
        return OPENS if match[0] == "{{" else ENDS
    if not line.startswith("alt:"):
        return "below the beginning of a figure's caption stands its alternative text: “    alt: …”"
    if alternative_text(line) is None:
        return "the alternative text is YAML: put it into '…' if it holds a colon with a space, a #, or begins with a sign"
    if match := re.search(r"[`$]|\*\*|\]\(|\\|</?[a-z]|&#?\w+;", plain):
        return f"an alternative text is read aloud as it is typed: words, without “{match[0]}”"
    return ""


def title(words: str) -> str:
    """Return what is wrong with the title of a folded block, or nothing."""
    return fault(words) or ("a title is plain words, without code, formulas, and links" if re.search(r"[`$\[]", words) else "")


def _around(text: str, match: re.Match) -> str:
    return text[max(match.start() - 12, 0) : match.end() + 12].replace(HIDDEN, "…").strip()


FAULT_OF = {"alt": alternative, "fold": title}  # of other blocks: fault

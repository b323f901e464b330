"""A page with its quotes filled in: each value written as its place wants it, in a sentence, a formula, alternative text.

The same text is shown by the page, by its Markdown, and by the LaTeX that a reader copies.
"""

import re
from collections.abc import Callable

from downhill import BookError
from downhill.manuscript import prose
from downhill.manuscript.values import QUOTE, Latex

NUMBER = re.compile(r"\s*[-+]?[\d,_]*\.?\d+(?P<exponent>[eE][-+]?\d+)?%?\s*|\s*[-+]?[\d,_]+\.%?\s*")
APART = re.compile(r"\s*(?:\||#|\?\?\?|!!!|///)")  # lines in which a value is no link: tables, headings, …
ALTERNATIVE = re.compile(r" {4,}alt:")
LINK = re.compile(r"\[[^\[\]]*\](\([^)]*\))")
ARGUMENT = re.compile(r"(?:[\^_}\]]|\\[a-zA-Z]+)\s*$")  # what in LaTeX takes one sign only where there are no braces
WORDS = re.compile(r"\\(?:text\w*|mbox)\s*\{[^{}]*$")
ACTIVE = re.compile(r"[!\"#$&*<>\[\\\]^_`{|}~]|^[-+=:]|\.(?=\s)")  # what Markdown or HTML may take for its own
LATEX = {"%": r"\%", "_": r"\_", "&": r"\&", "#": r"\#", "{": r"\{", "}": r"\}", "$": r"\$"}
BETWEEN = re.compile(r"(?:[ \u00a0]|&nbsp;)+±(?:[ \u00a0]|&nbsp;)+|(^|(?<=[\d%)]))±($|(?=[\d(]))")
NEGATIVE = re.compile(r"(?<![\w.,)\]-])-(?=\.?\d)")
MINUS, NO_BREAK = "\u2212", "\u00a0±\u00a0"


def filled(text: str, write: Callable[[int, re.Match, str], str]) -> str:
    """Return a page with `write(line number, quote, where)` in the place of each quote.

    `where` is “sentence”, “text” (where a value cannot be a link), “formula”, “alt”, or “address”.
    """
    found = []
    for line in prose.lines(text):
        if line.kind == "formula":
            found.append(_formula(line.text, line.number, write))
        elif line.kind == "text":
            found.append("".join(_spans(line, write)))
        else:
            found.append(line.text)
    return "\n".join(found)


def _formula(latex: str, number: int, write: Callable) -> str:
    return QUOTE.sub(lambda match: write(number, match, "formula"), latex)


def _spans(line: prose.Line, write: Callable):
    """Yield the pieces of a line of text, filled in; ± and what stands beside it never part, however it is written."""
    for span in prose.spans(line.text):
        if span.kind == "formula":
            yield _formula(span.text, line.number, write)
        elif span.kind == "value":
            yield write(line.number, QUOTE.match(span.text), _where(line.text, span.start))
        else:
            yield BETWEEN.sub(NO_BREAK, span.text) if span.kind == "text" else span.text


def _where(line: str, start: int) -> str:
    """Return in what a quote in a line of text stands."""
    if ALTERNATIVE.match(line):
        return "alt"
    for link in LINK.finditer(prose.hidden(line, "0")):
        if link.start() <= start < link.end():
            return "address" if start >= link.start(1) else "text"
    return "text" if APART.match(line) else "sentence"


def shown(value: str, match: re.Match, where: str, plain: bool = False) -> str:
    """Return a value as the place of its quote wants it, in HTML's Markdown or in `plain` Markdown.

    Raises BookError if it would be shown there as something else.
    """
    if where == "formula":
        return _latex(value, match.string[: match.start()], match.string[match.end() :])
    if isinstance(value, Latex):
        raise BookError("sci(…) writes LaTeX; put it into a formula, between $ and $")
    if where == "address":
        raise BookError("a value cannot be a part of an address")
    number, value = NUMBER.fullmatch(value), BETWEEN.sub(NO_BREAK, NEGATIVE.sub(MINUS, value))
    if number:
        return value
    if where == "alt":
        if odd := re.findall(rf"[^\w\s.,;+\-{MINUS}%()/=]", value):
            raise BookError(f"the text “{value}” cannot stand in alternative text, because of “{odd[0]}”")
        return value
    return ACTIVE.sub(lambda sign: rf"\{sign[0]}" if plain else f"&#{ord(sign[0])};", value)


def _latex(value: str, before: str, after: str) -> str:
    """Return a value as LaTeX that shows it, between what stands before and after it in a formula."""
    if number := NUMBER.fullmatch(value):
        if number["exponent"]:
            raise BookError(f"{value} in a formula is read as a product with e; write sci(…)")
        if value.strip().startswith("-") and after.lstrip().startswith("^"):
            raise BookError(f"{value} is negative before ^; write parentheses around it")
        if re.search(r"[\d.]\s*$", before) or re.match(r"\s*\d", after):
            raise BookError(f"{value} beside a digit is read as one number with it; write \\cdot between them")
    elif odd := re.findall(r"[\\^~|`<]", "" if isinstance(value, Latex) else value):
        raise BookError(f"the text “{value}” cannot stand in a formula, because of “{odd[0]}”")
    if not isinstance(value, Latex):
        value = "".join(LATEX.get(sign, sign) for sign in value)
        if WORDS.search(before):
            return value.replace("-", MINUS, 1) if number and value.strip().startswith("-") else value
        value = value.strip().replace(",", "{,}") if number else rf"\text{{{value}}}"
    return f"{{{value}}}" if ARGUMENT.search(before) else value

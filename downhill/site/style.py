"""The stylesheet: only the rules that some page can use, and classes for style attributes, which the policy forbids."""

import functools
import hashlib
import html
import re
from collections.abc import Iterable
from pathlib import Path

import tinycss2

from downhill.checks.blocks import FOLDS
from downhill.manuscript import forms

COLOUR = re.compile(r"(--[\w-]+):\s*(#\w+)")
STYLE = re.compile(r'(<[^<>]*?) style="([^"]*)"([^<>]*>)')
INTERNAL = re.compile(r"(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)")  # what a selector says of other elements
NAME = re.compile(r"(?:^|(?<=[\s>+~]))([a-z][\w-]*)|[.#]((?:\\.|[\w-])+)|\[([\w-]+)(?:[~|^$*]?=[\"']?([\w-]+))?")


def theme_style(folder: Path) -> str:
    """Return the theme's own style, of which classes that the theme's script would set are no part."""
    files = [next((folder / "assets" / "stylesheets").glob(f"{name}.*.min.css")) for name in ("main", "palette")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files).replace(".focus-visible", ":focus-visible")


@functools.lru_cache(maxsize=1)
def parsed(css: str) -> list:
    """Return the rules of a stylesheet; the theme's is the same each time that a process builds."""
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def used_words(texts: list[str]) -> set[str]:
    """Return the words that stand in tags and scripts: whatever a selector can name is among them.

    Of the lines of figures and the signs of formulas, which are many, only what they are called is taken.
    """
    tags = re.compile(r"<(?:(?:path|use|text) |m[inos]>|[^/<>][^<>]*>)")
    parts = {part for text in texts for part in (tags.findall(text) if text.lstrip().startswith("<") else [text])}
    return {word for part in parts for word in re.findall(r"[\w-]+", part)}


def unused_notes(pages: Iterable[str]) -> set[str]:
    """Return the kinds of notes whose colours in the theme no page shows: those of no note, and forms, which have their own.

    Some are words of scripts, too.
    """
    used = {
        name
        for page in pages
        for names in re.findall(r'<(?:div|details) [^<>]*class="([^"]*)"', page)
        for name in names.split()
    }
    return {kind for kind in FOLDS if kind in forms.WORDS or kind not in used}


def light(root: Path) -> dict[str, str]:
    """Return the colours of a light page, by the variables that name them; in the stylesheet the dark ones come later."""
    named = COLOUR.findall((root / "docs" / "theme" / "assets" / "book.css").read_text(encoding="utf-8"))
    return dict(reversed(named))


def tight(css: str) -> str:
    """Return a stylesheet without comments and without the ends of its lines.

    >>> tight("a,\\nb {\\n  /* c */\\n  d: e\\n    f;\\n}\\n")
    'a,b {d: e f;}'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", " ", re.sub(r"(?:^|(?<=[{};,]))\s*\n\s*", "", css))


def prune(rules: list, words: set[str]) -> list[str]:
    """Return the rules of a stylesheet, as text, that can match something and load no image from inside themselves."""
    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer"):
            inner = prune(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{''.join(inner)}}}")
        elif rule.type == "qualified-rule":
            selectors = [s for s in split_selectors(tinycss2.serialize(rule.prelude)) if can_match(s, words)]
            body = declarations(rule.content)
            if selectors and body:
                kept.append(f"{','.join(selectors)}{{{body}}}")
        elif rule.type == "at-rule":
            kept.append(rule.serialize())
    return kept


def split_selectors(text: str) -> list[str]:
    """Return the selectors of a list.

    >>> split_selectors("a:is(.b, .c) , d")
    ['a:is(.b, .c)', 'd']
    """
    return [part.strip() for part in re.split(r",(?![^(]*\))", text)]


def can_match(selector: str, words: set[str]) -> bool:
    """Return whether every element, class, id and attribute that a selector asks for is used somewhere.

    >>> can_match("a.used:not(.other) [data-x=y]", {"a", "used", "data-x", "y"})
    True
    >>> can_match(".unused a", {"a", "used"}), can_match(".used > hr", {"a", "used"})
    (False, False)
    """
    names = (name for match in NAME.findall(INTERNAL.sub("", selector)) for name in match if name)
    return all(re.sub(r"\\(.)", r"\1", name) in words for name in names)


def declarations(content: list) -> str:
    """Return a rule's declarations without those that hold a data: address, which the security policy forbids."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    texts = [item.serialize() for item in found if item.type in ("declaration", "qualified-rule", "at-rule")]
    return ";".join(text for text in texts if 'url("data:' not in text and "url(data:" not in text)


def style_class(style: str) -> str:
    return f"style-{hashlib.sha256(style.encode()).hexdigest()[:6]}"


def important(style: str) -> str:
    return ";".join(f"{part.strip()}!important" for part in html.unescape(style).split(";") if part.strip())


def classes_for_styles(text: str) -> str:
    """Return a page with a class in the place of each style attribute, which the security policy forbids.

    >>> classes_for_styles('<td class="a" style="text-align: right;">')
    '<td class="style-37dd0c a">'
    """

    def replaced(match: re.Match) -> str:
        before, style, after = match.groups()
        name = style_class(style)
        tag, count = re.subn(r'(\sclass=")', rf"\1{name} ", before + after, count=1)
        return tag if count else f'{before} class="{name}"{after}'

    return STYLE.sub(replaced, text)

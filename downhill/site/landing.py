"""The pages at the site's root: the style, the sentence, and the valley of the book's first pages, put in their places."""

import posixpath
import re
from pathlib import Path

from downhill import LANGUAGES

STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"[^>]*>')
HERO = re.compile(r'<div class="hero">.*?</div>', re.DOTALL)
VALLEY = re.compile(r'<div class="drawing"[^>]*>(<svg.*?</svg>)</div>', re.DOTALL)
SCRIPT = '<script src="{}"></script>'
PALETTE = re.compile(r'<script src="([^"]*palette[^"]*\.js)">')  # light or dark, as on all pages


def write(site: Path) -> None:
    """Complete index.html and 404.html at the root of a site whose languages are in their places."""
    first = {language: (site / language / "index.html").read_text(encoding="utf-8") for language in LANGUAGES}
    english = first["en"]
    links = [f'<link rel="stylesheet" href="{_from_root(address)}">' for address in STYLE.findall(english)]
    links += [SCRIPT.format(_from_root(address)) for address in PALETTE.findall(english)]
    parts = {"style": "\n    ".join(links), "valley": _found(VALLEY, english, 1)}
    parts |= {f"hero {language}": _found(HERO, text, 0) for language, text in first.items()}
    for path in (site / "index.html", site / "404.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"<!--([a-z ]+)-->", lambda match: parts[match[1]], text), encoding="utf-8")


def _from_root(address: str) -> str:
    """Return the address, seen from the root, of what the English first page loads.

    >>> _from_root("../assets/style.css"), _from_root("assets/book.css")
    ('assets/style.css', 'en/assets/book.css')
    """
    return posixpath.normpath(posixpath.join("en", address))


def _found(pattern: re.Pattern, text: str, group: int) -> str:
    """Return what a first page has; nothing where a book has no such part."""
    match = pattern.search(text)
    return match[group] if match else ""

"""Labels with a hanzi that the font of the Chinese notebooks lacks: their figures would show a box in its place."""

from pathlib import Path

from fontTools.ttLib import TTFont

from downhill.manuscript import localize
from downhill.manuscript.book import Book

FONT = Path("docs", "theme", "assets", "fonts", "labels-zh.ttf")
FIRST = "\u2e80"  # of the characters that DejaVu Sans leaves to others


def problems(book: Book) -> list[str]:
    """Return a sentence for each label of a figure with a hanzi that the font lacks."""
    if not (book.root / FONT).exists():
        return []
    with TTFont(book.root / FONT, lazy=True) as font:
        known = font.getBestCmap()
    found = []
    for name, source in book.programs.items():
        for word in localize.words(source) if not localize.fault(source) else ():
            chinese = book.translations.get(word.text, "") if word.kind == "figure" else ""
            if lacking := "".join(sorted({sign for sign in chinese if sign >= FIRST and ord(sign) not in known})):
                found.append(
                    f"{book.place(name)}:{word.line}: the notebooks' font has no {lacking} for “{chinese}”; "
                    f"make it again, as {FONT.parent.as_posix()}/README.md says"
                )
    return found

"""Programs of which pages tell that rounding decides their numbers, and which have been changed since that was tried."""

from downhill.manuscript.book import Book
from downhill.markdown import needs

TRY = "python -m bench.rounding"


def problems(book: Book) -> list[str]:
    """Return a sentence for each program that says so, and is not as it was tried."""
    return [
        f"{needs.ROUNDING}:1: {book.place(name)} was changed since rounding decided {differ[0]}; `{TRY} {name}` tries it anew"
        for name, (known, *differ) in needs.rounded(book.root).items()
        if differ and not needs.stands(book, name, known)
    ]


def note(book: Book) -> str:
    """Return which programs nobody has tried as they stand, in a line; they say nothing of it."""
    names = needs.untried(book)
    return (
        f"nobody knows whether rounding decides the numbers of these; `{TRY}` tries them: {', '.join(names)}" if names else ""
    )

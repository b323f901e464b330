"""Times that pages tell of programs which have been changed since they were measured."""

from downhill.execution import cache
from downhill.manuscript.book import Book
from downhill.markdown import needs

TOLD = {"alone": needs.LONG, "page": needs.LONG_IN_PAGE}  # from so many seconds on
MEASURE = "python -m bench.python"


def problems(book: Book) -> list[str]:
    """Return a sentence for each time that a page tells of another program than it shows."""
    measured = cache.timed(book.root)
    return [
        f"{cache.TIMES}:1: {book.place(name)} was changed since it took {seconds} s; `{MEASURE} {name}` measures it"
        for kind, least in TOLD.items()
        for name, (known, seconds) in measured[kind].items()
        if seconds >= least and (name not in book.programs or needs.known(book.programs[name]) != known)
    ]


def note(book: Book) -> str:
    """Return which programs nobody has measured as they stand, in a line; of them pages tell no time."""
    names = sorted({name for kind in cache.KINDS for name in needs.unmeasured(book, kind)})
    return f"nobody knows how long these take; `{MEASURE}` measures them: {', '.join(names)}" if names else ""

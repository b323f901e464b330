"""Times that pages tell of programs which have been changed since they were measured, and chapters that take too long."""

from collections import defaultdict

from downhill.execution import cache
from downhill.manuscript.book import Book
from downhill.markdown import needs

TOLD = {"alone": needs.LONG, "page": needs.LONG_IN_PAGE}  # from so many seconds on
MEASURE = "python -m bench.python"
CHAPTER = 60  # seconds of a core that the programs of a chapter may take in the build, which imports libraries once for all


def problems(book: Book) -> list[str]:
    """Return a sentence for each time that a page tells of another program than it shows, and for each chapter that is late."""
    measured = cache.timed(book.root)
    return [
        f"{cache.TIMES}:1: {book.place(name)} was changed since it took {seconds} s; `{MEASURE} {name}` measures it"
        for kind, least in TOLD.items()
        for name, (known, seconds, *_) in measured[kind].items()
        if seconds >= least and not needs.stands(book, name, known)
    ] + _late(book, measured["alone"])


def _late(book: Book, measured: dict[str, list]) -> list[str]:
    """Return a sentence for each chapter whose programs, so far as their times are known, take too long."""
    chapters = defaultdict(dict)
    for name, (known, seconds, *imports) in measured.items():
        if name in book.snippets and needs.stands(book, name, known):
            chapters[name.partition("/")[0]][name] = seconds - sum(imports)
    found = []
    for chapter, own in chapters.items():
        if (total := sum(own.values())) > CHAPTER:
            longest = ", ".join(f"{name} {own[name]:.1f} s" for name in sorted(own, key=own.get, reverse=True)[:3])
            limit = (
                f"{total:.0f} s of a core, of {CHAPTER} that a chapter may; make the longest lighter, or experiments: {longest}"
            )
            found.append(f"{cache.TIMES}:1: the programs of snippets/{chapter} take {limit}")
    return found


def note(book: Book) -> str:
    """Return which programs nobody has measured as they stand, in a line; of them pages tell no time."""
    names = sorted({name for kind in cache.KINDS for name in needs.unmeasured(book, kind)})
    return f"nobody knows how long these take; `{MEASURE}` measures them: {', '.join(names)}" if names else ""

"""Citations without a source, lists of sources out of place, entries that lack something."""

from pybtex.exceptions import PybtexError

from downhill.manuscript.bibliography import load
from downhill.manuscript.prose import LISTS, citations, listed


def problems(book) -> list[str]:
    """Return a sentence for each citation of a source that is not in the bibliography, and for each list out of place."""
    place = "docs/references.bib"
    try:
        sources = load(book.root)
    except PybtexError as error:
        return [f"{place}:{getattr(error, 'lineno', None) or 1}: {error}"]
    found = sources.problems(place)
    for page in (page for pages in book.pages.values() for page in pages.values()):
        cited = citations(page.text)
        lists = listed(page.text)
        for number, key, spot in cited:
            if key not in sources.entries:
                found.append(f"{page.place}:{number}: cites @{key}, which is not in {place}")
            if "$" in spot:
                found.append(f"{page.place}:{number}: the place in a citation is plain text, not a formula: {spot}")
        if cited and not lists:
            found.append(f"{page.place}:{cited[0][0]}: cites sources, but the page has no line {LISTS[0]}")
        if not cited and LISTS[0] in lists:
            found.append(f"{page.place}:{lists[LISTS[0]]}: {LISTS[0]}, but the page cites nothing")
    return found

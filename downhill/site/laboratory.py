"""The laboratory's notebooks for mkdocs-jupyter, written again when something changed of which they are made.

What writes them takes longer to import than a build in which nothing changed can spare.
"""

from importlib.metadata import version

from downhill.checks.memory import machinery
from downhill.execution import cache
from downhill.manuscript import files
from downhill.manuscript.book import Book

FOLDER, MADE_OF = "notebooks", "made-of"  # in .cache; the file there that says of what they are made
LIBRARIES = ("jupytext", "matplotlib", "nbformat", "pillow", "resvg-py")


def write(book: Book, address: str) -> None:
    """Write the notebooks and Python files of the laboratory, whose links lead to an address, if there are any."""
    if not book.labs:
        return
    target, decides = book.cache / FOLDER, _decides(book, address)
    kept = target / MADE_OF
    if kept.exists() and kept.read_text(encoding="utf-8") == decides:
        return
    from downhill.site import notebooks

    notebooks.write_laboratory(book, target, address)
    kept.write_text(decides, encoding="utf-8")


def _decides(book: Book, address: str) -> str:
    """Return what changes with all that the notebooks are made of: pages, results, sources, colours, machinery."""
    read = [book.cache / "index.json", *files.below(book.docs, "*.bib"), *files.below(book.root / "data", "*.json")]
    read += [path for kind in ("*.css", "*.html") for path in files.below(book.docs / "theme", kind)]
    pages = [[page.place, page.text] for pages in book.pages.values() for page in pages.values()]
    return cache.digest([address, pages, [files.text(path) for path in read], machinery(), *map(version, LIBRARIES)])

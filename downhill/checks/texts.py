"""Files that are no plain text, or that stand where they would be taken for something else."""

import re
from pathlib import Path

from downhill import LANGUAGES
from downhill.manuscript import files, labs
from downhill.manuscript.book import Book
from downhill.manuscript.values import BOOK, COUNTED, FROZEN, RESERVED

PAGE, SNIPPET = re.compile(r"([a-z0-9-]+/)*[a-z0-9-]+\.md"), re.compile(r"([a-z_][a-z0-9_]*/)+[a-z][a-z0-9_]*\.py")
NOTEBOOK = re.compile(r"[a-z][a-z0-9_]*\.py")


def problems(book: Book) -> list[str]:
    """Return a sentence for each file of the book that is no plain text, and for each that has a name out of place."""
    found = []
    for path in (book.root / "mkdocs.yml", book.root / "matplotlibrc", book.catalogue, book.docs / "references.bib"):
        if path.exists() or path.is_symlink():
            found += files.faults(path, _place(book, path))
        elif path.parent == book.root:
            found.append(f"{_place(book, path)}:1: is missing; restore it with `git checkout -- {path.name}`")
    for language in LANGUAGES:
        for path in files.below(book.docs / language):
            name = path.relative_to(book.docs / language).as_posix()
            if not PAGE.fullmatch(name):
                found.append(f"{_place(book, path)}:1: {_misnamed(path)}")
            found += files.faults(path, _place(book, path)) if path.suffix == ".md" else []
    for path in files.below(book.root / "snippets", "*.py"):
        if not SNIPPET.fullmatch(path.relative_to(book.root / "snippets").as_posix()):
            found.append(
                f"{_place(book, path)}:1: a snippet is a chapter's: snippets/chapter/name.py, small letters, digits, and _"
            )
        elif (chapter := path.relative_to(book.root / "snippets").parts[0]) in FROZEN:
            found.append(f"{_place(book, path)}:1: {RESERVED.format(chapter)}")
        elif chapter == labs.FOLDER:
            found.append(f"{_place(book, path)}:1: {labs.TAKEN}")
        elif BOOK in (chapter, path.stem):
            found.append(f"{_place(book, path)}:1: {COUNTED}")
        found += files.faults(path, _place(book, path))
    folder = book.docs / labs.FOLDER
    for path in files.below(folder):
        if not NOTEBOOK.fullmatch(path.relative_to(folder).as_posix()):
            found.append(f"{_place(book, path)}:1: a notebook is docs/labs/name.py, small letters, digits, and _")
        found += files.faults(path, _place(book, path))
    return found


def _misnamed(path: Path) -> str:
    if path.suffix != ".md":
        return "is no page, and would be published; what both languages share stands in docs/theme/"
    return "the name of a page is small letters, digits, and hyphens"


def _place(book: Book, path: Path) -> str:
    return path.relative_to(book.root).as_posix()

"""Notebooks whose cells are not well marked, begin without a word, want what a reader lacks, or are shown out of order."""

import ast

from downhill import BookError
from downhill.checks import changing, quotes, snippets
from downhill.checks.memory import remembered
from downhill.manuscript import labs, localize, values
from downhill.manuscript.book import Book


def problems(book: Book) -> list[str]:
    """Return a sentence for each way in which a notebook is not right."""
    found = []
    for lab, source in book.labs.items():
        found += [f"{book.place(lab)}:{line}: {said}" for line, said in _faults(lab, source)]
        found += _order(book, lab)
    return found + _changed(book)


@remembered
def _faults(lab: str, source: str) -> list:
    """Return the line of each thing that is wrong with a notebook alone, and what it is."""
    cells = labs.cells(lab, source)
    faults = [*_marks(source, cells)]
    if not localize.fault(source):
        tree = ast.parse(source)
        faults += [*_said(source, cells), *snippets.wide(source)]
        faults += [*snippets.imports(tree), *changing.problems(tree, alone=False)]
    return faults


def _marks(source: str, cells: list[labs.Cell]):
    """Yield what is wrong with the lines that begin cells: each has a name of its own, and nothing stands above the first."""
    first = source.split("\n")[0]
    if not first.startswith("# %%"):
        yield 1, "a notebook begins with its first cell: # %% name"
    named = set()
    for cell in cells:
        name = cell.name.rpartition("/")[2]
        if not name:
            yield cell.above, "the line that begins a cell is # %% name, in small letters, digits, and _"
        elif name in named:
            yield cell.above, f"the name {name} has another cell already"
        named.add(name)


def _said(source: str, cells: list[labs.Cell]):
    """Yield the cells that do not say first what they do, and those that are no whole statements."""
    for cell in cells:
        if fault := localize.fault(cell.source):
            yield cell.above + fault[0], f"a cell holds whole statements; alone this one is no Python ({fault[1]})"
        elif not cell.source.startswith("# "):
            yield cell.above + 1, "a cell begins with a comment that says what it does"


def _order(book: Book, lab: str) -> list[str]:
    """Return a sentence for each page that does not show the cells of a notebook once each, in their order."""
    wanted, found = [name for name, cell in book.cells.items() if cell.lab == lab], []
    for page in (page for pages in book.pages.values() for page in pages.values()):
        shown = [fence for fence in page.fences if fence.snippet in wanted]
        for fence, name in zip(shown, wanted, strict=False):
            if fence.snippet != name:
                found.append(f"{fence.place}: shows {fence.snippet}.py where {name}.py comes, whose variables it may need")
                break
    return found


def _changed(book: Book) -> list[str]:
    """Return a sentence for each value that is quoted of a cell, and that a later cell puts another in the place of."""
    found = []
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for place, stem, expression in page.quotes():
            meant = [name for name in book.meant(stem) if name in book.cells]
            for later in _after(book, meant[0]) if meant else ():
                if again := _names(expression) & quotes.assigned(later.source):
                    name = later.name.rpartition("/")[2]
                    found.append(f"{place}: {min(again)} is another one after the cell {name}; quote it of that, or rename it")
    return found


def _names(expression: str) -> set[str]:
    """Return the names that a quote reads; none of one that is no expression, which is said elsewhere."""
    try:
        return values.parts(expression).names
    except BookError:
        return set()


def _after(book: Book, name: str) -> list[labs.Cell]:
    """Return the cells of a notebook that come after one."""
    cell = book.cells[name]
    return [other for other in book.cells.values() if other.lab == cell.lab and other.above > cell.above]

"""The shape that CONTRIBUTING asks of a snippet: short, one idea, its lesson in a doctest, nothing of the build in it."""

import ast
import doctest
import io
import re
import sys
import tokenize
from collections import defaultdict

from downhill.checks import changing
from downhill.checks.memory import remembered
from downhill.manuscript import localize
from downhill.manuscript.book import Book

LINES, COLUMNS, COMMENTS = 45, 88, 3
WHOLE = {"choosing/training_program": 103}  # what a project starts from: two halves of it would be of no use
ALLOWED = {*sys.stdlib_module_names, "numpy", "matplotlib", "torch", "torchvision"}
MARKS = re.compile(r"__name__|noqa|8<-|rcParams|plt\.style|os\.environ|MPLBACKEND|type: ignore|# %%")


def problems(book: Book) -> list[str]:
    """Return a sentence for each rule that a snippet breaks."""
    found, stems = [], defaultdict(list)
    for name, source in book.snippets.items():
        stems[name.split("/")[-1]].append(book.place(name))
        found += [f"{book.place(name)}:{line}: {said}" for line, said in _faults(source, WHOLE.get(name, LINES))]
    for stem, places in stems.items():
        found += [f"{place}:1: the name {stem} stands in {places[0]} too; names are unique in the book" for place in places[1:]]
    return found


@remembered
def _faults(source: str, most: int) -> list:
    """Return the line of each thing that is wrong with a snippet alone, and what it is."""
    if localize.fault(source):
        return []  # said elsewhere
    tree = ast.parse(source)
    faults = [*_length(source, most), *wide(source), *_frame(tree), *_lesson(tree), *imports(tree)]
    return [*faults, *changing.problems(tree), *_marks(source, tree)]


def _length(source: str, most: int):
    if (count := len(source.splitlines())) > most:
        yield most + 1, f"{count} lines; a snippet has at most {most}: one idea, or two snippets"


def wide(source: str):
    """Yield the lines that are too wide for a page."""
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > COLUMNS:
            yield number, f"{len(line)} columns; a line has at most {COLUMNS}"


def _frame(tree: ast.Module):
    """Yield what is wrong with the first and the last statement."""
    first = ast.get_docstring(tree)
    if not first or "\n" in first:
        yield 1, "begins with a docstring of one line that says its idea"
    last = ast.unparse(tree.body[-1]) if tree.body else ""
    if not (last == "plt.show()" or last.startswith(("print(", "for ")) and "print(" in last):
        yield tree.body[-1].lineno if tree.body else 1, "ends in plt.show(), or in what it prints"


def _lesson(tree: ast.Module):
    """Yield what is wrong with the doctests: one states the lesson, in the docstring of a function."""
    told = [ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    try:
        if not any(doctest.DocTestParser().get_examples(text) for text in told if text):
            yield 1, "has no doctest; one states the lesson in numbers or booleans, in the docstring of a function"
    except ValueError as error:
        yield 1, f"a doctest cannot be read: {error}"


def imports(tree: ast.Module):
    """Yield the imports of what a reader may not have."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name.split(".")[0] not in ALLOWED:
                yield node.lineno, f"imports {name}; a reader has the standard library, numpy, matplotlib, torch, torchvision"


def _marks(source: str, tree: ast.Module):
    """Yield what only the build, a tool, or a licence would want, type annotations, and comments that are too many."""
    if source.startswith("#!"):
        yield 1, "a snippet is run as python file.py; leave the line #! out"
    for number, line in enumerate(source.splitlines(), 1):
        if match := MARKS.search(line):
            yield number, f"{match[0]} is for a build or a tool; a snippet knows of none"
        if re.match(r"#.*(copyright|licen[sc]e|SPDX)", line, re.IGNORECASE):
            yield number, "a snippet has no licence header; LICENSE is that of the book"
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) or getattr(node, "returns", None) or getattr(node, "annotation", None):
            yield node.lineno, "type annotations are left out in a snippet"
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.start[0] for token in tokens if token.type == tokenize.COMMENT]
    if len(comments) > COMMENTS:
        yield comments[COMMENTS], f"{len(comments)} comments; a snippet has at most {COMMENTS}"

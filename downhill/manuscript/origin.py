"""Where a program computes a value, and which of its doctests hold it: lines, as a page shows the program.

A test holds a value if it names it; where none does, the nearest one that names what the value is computed with.
"""

import ast
import functools
import itertools
from collections.abc import Iterator
from typing import NamedTuple

CHANGING = {
    "add",
    "append",
    "appendleft",
    "extend",
    "insert",
    "setdefault",
    "update",
}  # methods that change what they belong to
WHOLE, MOST = 4, 2  # lines of a statement that is shown whole; tests that are shown
INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)  # names in these are their own
Lines = tuple[int, int]  # the first one and the last one


class Origin(NamedTuple):
    """The lines that compute a value, those of the tests that hold it, and whether these name the value itself."""

    computed: tuple[Lines, ...]
    held: tuple[Lines, ...]
    named: bool


@functools.lru_cache(maxsize=4096)
def origin(source: str, names: frozenset[str]) -> Origin:
    """Return where a program computes the values of some names.

    >>> origin("x = 1\\ny = 2 * x\\n", frozenset("y"))
    Origin(computed=((2, 2),), held=(), named=False)
    """
    (statements, tests), seen, wanted = _read(source), set(), set(names)
    while wanted and not (held := [lines for lines, used in tests if used & wanted]):
        seen |= wanted
        parts = [part for each in statements for _, parts in _computing(each, wanted) for part in parts]
        wanted = {name for part in parts for name in _used(part)} - seen
    computed = [lines for each in statements for lines in _shown(each, names)]
    return Origin(tuple(computed), tuple(held[:MOST]) if wanted else (), bool(wanted & names))


@functools.lru_cache(maxsize=256)
def _read(source: str) -> tuple[list[ast.stmt], list[tuple[Lines, set[str]]]]:
    """Return the statements of a program, and its tests: many values are asked of one program."""
    return ast.parse(source).body, _tests(source)


def _shown(statement: ast.stmt, names: set[str]) -> list[Lines]:
    """Return the lines of a statement that compute some names: all of a short one."""
    found = [lines for lines, _ in _computing(statement, names)]
    short = statement.end_lineno - statement.lineno < WHOLE and not isinstance(statement, INNER)
    return [(statement.lineno, statement.end_lineno)] if found and short else found


def _computing(statement: ast.stmt, names: set[str]) -> Iterator[tuple[Lines, list[ast.AST]]]:
    """Yield (lines, what stands in them) of the parts of a statement that bind some names.

    They are the statement, or the first line of one that has others inside of it, and of these those that bind the names.
    """
    if not _bound(statement) & names:
        return
    inner = [each for part in ("body", "orelse", "finalbody") for each in getattr(statement, part, ())]
    if isinstance(statement, INNER):
        yield (statement.lineno, max(statement.lineno, inner[0].lineno - 1)), [statement]
    elif not inner:
        yield (statement.lineno, statement.end_lineno), [statement]
    else:
        head = [child for child in ast.iter_child_nodes(statement) if child not in inner]
        yield (statement.lineno, max(statement.lineno, inner[0].lineno - 1)), head
        for each in inner:
            yield from _computing(each, names)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is in it, without what is in functions and classes, and the names of comprehensions."""
    yield node
    if not isinstance(node, INNER):
        for child in ast.iter_child_nodes(node):
            yield from _own(child) if not (isinstance(node, ast.comprehension) and child is node.target) else ()


@functools.lru_cache(maxsize=65536)
def _bound(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement binds, or whose value it changes."""
    found = set()
    for node in _own(statement):
        if isinstance(node, INNER) and not isinstance(node, ast.Lambda):
            found.add(node.name)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            found.add(_root(node.func))
        elif isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            found.add(_root(node))
    return frozenset(found - {""})


def _root(node: ast.AST) -> str:
    """Return the name that an expression begins with, or nothing."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _used(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def _tests(source: str) -> list[tuple[Lines, set[str]]]:
    """Return the examples of a program's doctests: their lines, with what comes out, and the names that they use."""
    found, lines = [], [line.strip() for line in source.split("\n")]
    for number, line in enumerate(lines, 1):
        if line.startswith(">>> "):
            more = list(itertools.takewhile(lambda other: other.startswith("..."), lines[number:]))
            out = itertools.takewhile(
                lambda other: other and not other.startswith((">>> ", '"""')), lines[number + len(more) :]
            )
            code = "\n".join(part[4:] for part in lines[number - 1 : number + len(more)])
            found.append(((number, number + len(more) + len(list(out))), _used(ast.parse(code))))
    return found

"""The examples in a program's docstrings: found in its text, and tried in the process in which it has run."""

import ast
import doctest
import warnings
from collections.abc import Iterator
from pathlib import Path

STARS = f"{'*' * 70}\n"  # with them doctest begins what it says


def docstrings(tree: ast.AST, name: str) -> Iterator[tuple[str, str, int]]:
    """Yield (dotted name, text, line counted from 0) of the docstrings of a module, and of what it defines."""
    if text := ast.get_docstring(tree, clean=False):
        yield name, text, tree.body[0].lineno - 1
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from docstrings(node, f"{name}.{node.name}")


def found(source: str, file: str, names: dict) -> list[doctest.DocTest]:
    """Return the docstrings of a program that have examples; `names` are those that the examples know."""
    module, parse = ".".join(Path(file).with_suffix("").parts), doctest.DocTestParser().get_doctest
    tests = [parse(text, names, name, file, line) for name, text, line in docstrings(ast.parse(source), module)]
    return [test for test in tests if test.examples]


def tried(source: str, file: str, names: dict) -> dict[str, str]:
    """Try the examples of a program that has left these names; return of each docstring what is wrong with it, or nothing."""
    runner, wrong = doctest.DocTestRunner(verbose=False), {}
    for test in found(source, file, names):
        said: list[str] = []
        with warnings.catch_warnings(action="error"):
            runner.run(test, out=said.append)
        wrong[test.name] = "".join(said).replace(STARS, "")
    return wrong

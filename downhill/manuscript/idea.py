"""Which lines of a program carry its idea: those of the functions and classes that a fence names."""

import ast
import functools

SHORT = 12  # a program of no more lines is in sight whole


@functools.lru_cache(maxsize=1024)
def definitions(source: str) -> dict[str, ast.AST]:
    """Return the functions and classes that a program defines, by name; nothing of what is no Python."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return {}
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def length(source: str) -> int:
    """Return how many lines a program has."""
    return len(source.strip().splitlines())


def in_sight(source: str, wanted: tuple[str, ...]) -> list[bool]:
    """Return, for each line of a program, whether it is in sight; all are if the program is short, or nothing is wanted.

    Of a docstring the first line is: what follows says more, and tests.

    >>> function = 'def f(x):\\n    \"""Add.\\n\\n    >>> f(1)\\n    2\\n    \"""\\n    return x + 1\\n'
    >>> in_sight("import a" + 9 * "\\n" + function, ("f",))[-7:]
    [True, True, False, False, False, False, True]
    """
    count = len(source.splitlines())
    if not wanted or length(source) <= SHORT:
        return [True] * count
    found = [False] * count
    defined = definitions(source)
    for node in (defined[name] for name in wanted if name in defined):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        found[first - 1 : node.end_lineno] = [True] * (node.end_lineno - first + 1)
        for inner in ast.walk(node):
            if isinstance(inner, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(inner) is not None:
                said = inner.body[0]
                found[said.lineno : said.end_lineno] = [False] * (said.end_lineno - said.lineno)
    return found

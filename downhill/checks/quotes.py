"""Quoted values that cannot be had, as far as that can be seen without running a snippet."""

import ast
import builtins
import functools
import json

from downhill import BookError
from downhill.manuscript import prose, values
from downhill.manuscript.book import Book
from downhill.manuscript.names import suggestion

SAMPLES = (1, 1.5, "text")  # a format that suits none of them suits nothing


def problems(book: Book) -> list[str]:
    """Return a sentence for each value whose snippet, names, expression, or format does not exist."""
    found, tried = [], {}
    for page in (page for pages in book.pages.values() for page in pages.values()):
        for number, match in prose.quotes(page.text):
            stem, expression = match[1], match[2]
            if (stem, expression) not in tried:  # its twin quotes the same
                tried[stem, expression] = _trouble(book, stem, expression)
            if said := tried[stem, expression]:
                found.append(f"{page.place}:{number}: the value {{{{ {stem}: {expression} }}}} cannot be had: {said}")
    return found


def _trouble(book: Book, stem: str, expression: str) -> str:
    """Return why a value cannot be had, or nothing."""
    if "{{" in expression:
        return "it is not closed by }}"
    try:
        tree = values.parsed(expression)
    except BookError as error:
        return str(error)
    known = _known(book, stem)
    if isinstance(known, str):
        return known
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in names:
        if known and node.id not in known | values.TOOLS.keys() | bound:
            what = "is not at hand in a quote" if hasattr(builtins, node.id) else "is no module-level variable there"
            return f"“{node.id}” {what}{suggestion(node.id, known | values.TOOLS.keys())}"
    return _format(tree.format_spec)


def _format(spec: ast.JoinedStr | None) -> str:
    """Return what is wrong with a format, as far as it does not depend on values."""
    if spec is None or any(not isinstance(part, ast.Constant) for part in spec.values):
        return ""
    text = "".join(part.value for part in spec.values)
    for sample in SAMPLES:
        try:
            format(sample, text)
        except ValueError:
            continue
        return ""
    return f"“{text}” is no format for numbers or texts"


def _known(book: Book, stem: str) -> set[str] | str:
    """Return the names that a stem makes known (none: only the run can tell), or a sentence if there is no such stem."""
    folder, _, name = stem.partition("/")
    if folder in ("full", "experiments") and name:
        path = book.root / "data" / f"{stem}.json"
        if not path.exists():
            there = [f"{folder}/{path.stem}" for path in (book.root / "data" / folder).glob("*.json")]
            return f"there is no data/{stem}.json; `make {folder}` writes it{suggestion(stem, there)}"
        try:
            return set(json.loads(path.read_text(encoding="utf-8"))["values"])
        except (ValueError, KeyError) as error:
            return f"data/{stem}.json cannot be read: {error}"
    found = [name for name in book.snippets if name == stem or name.split("/")[-1] == stem]
    if len(found) != 1:
        return f"“{stem}” is " + (
            f"one of {', '.join(found)}: name the folder" if found else f"no snippet{suggestion(stem, book.snippets)}"
        )
    return assigned(book.snippets[found[0]])


@functools.lru_cache(maxsize=1024)
def assigned(source: str) -> set[str]:
    """Return the names that a program may assign at module level; none if that cannot be known (`import *`, `globals()`).

    >>> sorted(assigned("x = 1\\nfor a, (b, *c) in []:\\n    d = [e for e in a]\\ndef f():\\n    g = 2"))
    ['a', 'b', 'c', 'd', 'f', 'x']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    found, todo = set(), list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            found |= {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.Name):
            found |= (
                {node.id} if isinstance(node.ctx, ast.Store) else {"*"} if node.id in ("globals", "exec", "vars") else set()
            )
        if isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            found.add(node.name)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp | ast.Lambda):
            found |= {inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)}
            continue
        todo += ast.iter_child_nodes(node)
    return set() if "*" in found else found

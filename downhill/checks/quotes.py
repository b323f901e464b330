"""Quoted values that cannot be had, as far as that can be seen without running a snippet."""

import ast
import builtins
import functools
import json
from collections.abc import Callable
from pathlib import Path

from downhill import BookError
from downhill.checks.memory import once
from downhill.manuscript import counts, files, localize, prose, values
from downhill.manuscript.book import Book, Page
from downhill.manuscript.names import suggestion
from downhill.manuscript.packing import Unpacked

SAMPLES = (1, 1.5, "text")  # a format that suits none of them suits nothing


def problems(book: Book) -> list[str]:
    """Return a sentence for each value whose snippet, names, expression, or format does not exist."""
    pages = [page for pages in book.pages.values() for page in pages.values()]
    trouble = functools.cache(functools.partial(_trouble, book))  # its twin quotes the same
    there = [sorted(book.shown), sorted(stem.partition("/")[2] for stem in values.frozen(book.root))]
    return [said for page in pages for said in once(_decides(book, page, there), functools.partial(_page, page, trouble))]


def _page(page: Page, trouble: Callable[[str, str], str]) -> list[str]:
    """Return a sentence for each value of a page that cannot be had."""
    quoted = [(number, match[1], match[2]) for number, match in prose.quotes(page.text)]
    return [
        f"{page.place}:{number}: the value {{{{ {stem}: {expression} }}}} cannot be had: {said}"
        for number, stem, expression in quoted
        if (said := trouble(stem, expression))
    ]


def _decides(book: Book, page: Page, there: list) -> list:
    """Return all that decides which values of a page can be had; `there` are the names that a quote may have."""
    stems = sorted({stem for _, stem, _ in page.quotes()})
    frozen = [files.text(path) for stem in stems if (path := book.root / "data" / f"{stem}.json").exists()]
    sources = [book.shown[name] for stem in stems for name in book.meant(stem)]
    counted = counts.whole(book) if values.BOOK in stems else {}
    return [__name__, page.place, page.text, there, sources, frozen, counted]


def _trouble(book: Book, stem: str, expression: str) -> str:
    """Return why a value cannot be had, or nothing."""
    if "{{" in expression:
        return "it is not closed by }}"
    try:
        tree = values.parsed(expression)
    except BookError as error:
        return str(error)
    if stem.startswith(("full/", "experiments/")):
        return _frozen(book, stem, expression)
    if stem == values.BOOK:
        return _counted(book, expression)
    found = book.meant(stem)
    if not found:
        return f"“{stem}” is no snippet{suggestion(stem, book.shown)}"
    if len(found) > 1:
        return f"“{stem}” is one of {', '.join(found)}: name the folder"
    known = assigned(book.shown[found[0]])
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in names:
        if known and node.id not in known | values.TOOLS.keys() | bound:
            what = "is not at hand in a quote" if hasattr(builtins, node.id) else "is no module-level variable there"
            return f"“{node.id}” {what}{suggestion(node.id, known | values.TOOLS.keys())}"
    return _format(tree.format_spec)


def _counted(book: Book, expression: str) -> str:
    """Return why a count of the book cannot be had, or nothing."""
    try:
        values.evaluate(expression, Unpacked(counts.whole(book)))
    except BookError as error:
        return str(error).replace("the program leaves", "the book counts")
    return ""


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


def _frozen(book: Book, stem: str, expression: str) -> str:
    """Return why a value of numbers measured once cannot be had, or nothing: they are at hand without a run."""
    path, folder = book.root / "data" / f"{stem}.json", stem.partition("/")[0]
    if not path.exists():
        there = [f"{folder}/{path.stem}" for path in files.below(path.parent, "*.json")]
        return f"there is no data/{stem}.json; `make {folder}` writes it{suggestion(stem, there)}"
    state = path.stat()
    try:
        values.evaluate(expression, _measured(path, state.st_mtime_ns, state.st_size))
    except BookError as error:
        return str(error)
    except Exception as error:  # a file can hold anything
        return f"data/{stem}.json cannot be read ({type(error).__name__}: {error}); restore it from git"
    return ""


@functools.lru_cache(maxsize=256)
def _measured(path: Path, *state: int) -> Unpacked:
    """Return what a file of measured numbers holds; `state` is what changes when it does."""
    return Unpacked(json.loads(files.text(path))["values"])


@functools.lru_cache(maxsize=1024)
def assigned(source: str) -> set[str]:
    """Return the names that a program may assign at module level; none if that cannot be known (`import *`, `globals()`).

    >>> sorted(assigned("x = 1\\nfor a, (b, *c) in []:\\n    d = [e for e in a]\\ndef f():\\n    g = 2"))
    ['a', 'b', 'c', 'd', 'f', 'x']
    """
    found, todo = set(), [] if localize.fault(source) else list(ast.parse(source).body)
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

"""An experiment as a program: the names that it defines, the files that it is made of, and which of them decide a number."""

import ast
import contextlib
import functools
import hashlib
import json
import runpy
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

from downhill.execution import cache, torchvision_ops
from downhill.manuscript import files
from downhill.manuscript.book import Book

ASKED = {"CASES", "SMALL", "SPACES", "NEAR", "AFTER", "values", "then", "own"}  # what is measured and told of it, not how
HIDDEN = {"import_module", "__import__", "run_path", "run_module"}  # by these a file can come in unseen


def there(book: Book) -> dict[str, Path]:
    """Return the experiments of a book, as `{name: path}`."""
    return {path.stem: path.resolve() for path in sorted((book.root / "experiments").glob("[!_]*.py"))}


@functools.lru_cache(maxsize=1)
def load(path: Path, workplace: Path | None = None) -> dict:
    """Return the names that an experiment defines, afresh for each workplace: what it remembers of the data is of that one."""
    torchvision_ops.ready()
    with importing(path):
        return runpy.run_path(str(path))


@contextlib.contextmanager
def importing(path: Path) -> Iterator[None]:
    """Let an experiment import what stands in workloads/ and beside it; afterwards nobody has these names."""
    before = list(sys.path)
    sys.path[:0] = map(str, _folders(path))
    try:
        yield
    finally:
        sys.path[:] = before
        inside = f"{path.parent}/"
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(inside):
                del sys.modules[name]


def digest(path: Path) -> str:
    """Return what identifies how an experiment measures, in its file and in all that it imports from its folders.

    CASES, values and the others of ASKED, what is imported for them alone, comments, and what stands at the head of a file are
    no part of it: they may change without a rerun.
    """
    return hashed(_statements(path)[0])


def question(path: Path) -> str:
    """Return what identifies what of an experiment is measured and told, and the frozen results from which that follows."""
    return hashed([*_statements(path)[1], *map(_results, before(path))])


def before(path: Path) -> list[Path]:
    """Return the frozen files from which cases or values of an experiment follow: those of the experiments in its AFTER."""
    names = [ast.literal_eval(part.value) for part in _body(path) if "AFTER" in _names(part)]
    return [path.parents[1] / "data" / "experiments" / f"{name}.json" for name in sum(names, [])]


def _results(frozen: Path) -> str:
    return json.dumps(json.loads(files.text(frozen))["results"]) if frozen.exists() else "none"


def takes(path: Path, name: str) -> bool:
    """Return whether `run` of an experiment has a parameter of that name."""
    arguments = [part.args for part in _body(path) if isinstance(part, ast.FunctionDef) and part.name == "run"]
    return any(name == argument.arg for each in arguments for argument in (*each.args, *each.kwonlyargs))


def defines(path: Path, name: str) -> bool:
    """Return whether an experiment defines a name in its own file."""
    return any(name in _names(part) for part in _body(path))


def versions(path: Path) -> dict[str, str]:
    """Return the versions on which every run depends, and those of what else an experiment imports."""
    parts = [part for file in (path, *_closure(path, _body(path))) for part in _body(file)]
    names = {name.partition(".")[0] for name, level in _imports(parts) if not level}
    distributions = sorted({each for name in names for each in _distributions().get(name, [])})
    return cache.versions() | {each: version(each) for each in distributions}


@functools.cache
def _distributions() -> dict[str, list[str]]:
    """Return the installed packages that each module is of; the scan takes a quarter of a second."""
    return packages_distributions()


def hidden(path: Path) -> list[str]:
    """Return a sentence for each place where an experiment brings in by a call what no digest of its files could cover."""
    return [
        f"{file.relative_to(path.parents[1]).as_posix()}:{node.lineno}: {name} hides what it brings in; write `import`"
        for file in [path, *sorted(_closure(path, _body(path)))]
        for part in _body(file)
        for node in ast.walk(part)
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in HIDDEN
    ]


def hashed(parts: Iterable[str]) -> str:
    """Return the SHA-256 of texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _folders(path: Path) -> list[Path]:
    """Return where an experiment imports from, in this order: an experiment may be called as the workload that it runs."""
    return [path.parent / "workloads", path.parent]


def _body(file: Path) -> list[ast.stmt]:
    """Return the statements of a file without what stands at its head."""
    tree = ast.parse(files.text(file), str(file))
    return tree.body[ast.get_docstring(tree) is not None :]


def _statements(path: Path) -> tuple[list[str], list[str]]:
    """Return the statements of an experiment's files that decide what it measures, and those that say what is asked and told.

    An import of its own files is of the latter if what it brings in is used there alone.
    """
    body = _body(path)
    asked = [part for part in body if _names(part) & ASKED]
    rest = [part for part in body if part not in asked]
    here, there = _used(asked), _used(rest)
    asked += [part for part in rest if _local(path, path, [part]) and _names(part) & here and not _names(part) & there]
    how = [part for part in rest if part not in asked]
    deciding, all_files = _closure(path, how), _closure(path, body)
    parts = [(how, deciding), (asked, all_files - deciding)]
    return tuple([ast.unparse(part) for part in own + sum(map(_body, sorted(others)), [])] for own, others in parts)


def _used(parts: list[ast.stmt]) -> set[str]:
    return {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}


def _names(part: ast.stmt) -> set[str]:
    """Return the names that a statement at module level defines."""
    if isinstance(part, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in part.names}
    targets = part.targets if isinstance(part, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)} | {getattr(part, "name", "")}


def _closure(path: Path, parts: list[ast.stmt]) -> set[Path]:
    """Return the files of an experiment's folders that statements of its file import, directly or through others."""
    found, waiting = set(), _local(path, path, parts)
    while waiting:
        if (file := waiting.pop()) not in {*found, path}:
            found.add(file)
            waiting += _local(path, file, _body(file))
    return found


def _local(path: Path, file: Path, parts: list[ast.stmt]) -> list[Path]:
    """Return the files of an experiment's folders that statements in one of them import: packages, modules, members."""
    found = []
    for name, level in _imports(parts):
        for root in [file.parents[level - 1]] if level else _folders(path):
            ways = [root.joinpath(*name.split(".")[:n]) for n in range(1, name.count(".") + 2)]
            places = [place for way in ways for place in (way.with_name(f"{way.name}.py"), way / "__init__.py")]
            if there := [place for place in places if place.is_file()]:
                found += there
                break
    return found


def _imports(parts: list[ast.stmt]) -> list[tuple[str, int]]:
    """Return what statements import, (dotted name, how many folders up); what is taken from a module counts as if below it."""
    found = []
    for node in (node for part in parts for node in ast.walk(part)):
        if isinstance(node, ast.Import):
            found += [(alias.name, 0) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(f"{node.module or ''}.{alias.name}".strip("."), node.level) for alias in node.names]
    return found

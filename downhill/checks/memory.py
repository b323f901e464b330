"""What a check found in a text, kept from one build to the next: of what has not changed nothing is asked again.

A check that is `remembered` is a function of texts alone; `once` names what another depends on. What was found counts as long
as the machinery and the libraries that read pages stay the same.
"""

import contextlib
import functools
import hashlib
import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from downhill.execution import cache

FILE = "checks.json"
LIBRARIES = ("babel", "markdown", "math-core", "matplotlib", "pybtex", "pymdown-extensions")
_known: dict[str, list] = {}  # {what was asked: what was found}
_asked: set[str] = set()  # since `kept` began


def remembered(check: Callable[..., list]) -> Callable[..., list]:
    """Return a check that asks of the same texts once; it takes texts, and returns what JSON can hold."""

    @functools.wraps(check)
    def ask(*arguments) -> list:
        return once([check.__module__, check.__qualname__, *arguments], lambda: check(*arguments))

    return ask


def once(asked: list, find: Callable[[], list]) -> list:
    """Return what is found, asking once; `asked` says what is looked for, and all that decides what is found."""
    key = hashlib.sha256(json.dumps(asked).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    _asked.add(key)
    if key not in _known:
        _known[key] = list(find())
    return list(_known[key])


@functools.cache
def machinery() -> str:
    """Return what decides a check besides the texts: our own code, and the libraries that read pages."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(cache.HERE.rglob("*.py"))]
    return cache.digest([sources, platform.python_version(), *map(version, LIBRARIES)])


@contextlib.contextmanager
def kept(folder: Path, name: str = FILE):
    """Within it, checks know what those of earlier builds found, and leave in a folder what they have found themselves."""
    try:
        before = json.loads(cache.read(folder / name) or "{}")
    except ValueError:
        before = {}
    found = before.get("found", {}) if before.get("machinery") == machinery() else {}
    _known.update(found)
    _asked.clear()
    yield
    now = {key: _known[key] for key in sorted(_asked)}
    if now.keys() != found.keys():
        with contextlib.suppress(OSError):  # where nothing can be written, `check` works all the same
            cache.write(folder / name, json.dumps({"machinery": machinery(), "found": now}).encode())
    for key in _known.keys() - now.keys():
        del _known[key]

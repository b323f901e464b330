"""Whether a site stands as a build would make it again: nothing that it is made of has changed since, and nothing in it.

Files are compared by what is in them, not by their times: a branch that was left and is taken again is the same book.
"""

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Callable
from pathlib import Path

from downhill.execution import cache
from downhill.manuscript import files
from downhill.site import dates, python

HERE = Path(__file__).parents[1]
NAMES = ("SITE_URL", "SOURCE_DATE_EPOCH", "PYTHON_FILES")  # what our code reads of the environment, beside mkdocs.yml


def renew(root: Path, folder: str, make: Callable[[], object], again: bool = False) -> bool:
    """Let `make` make the site in root/folder, unless it stands so already, or always (`again`); return whether it has.

    What is changed while it is made is not taken for what it was made of: then the next build makes it once more.
    """
    note, before = root / ".cache" / f"{folder}.made", made_of(root)
    if not again and cache.read(note) == _state(root, folder, before):
        return False
    make()
    if made_of(root) == before:
        cache.write(note, _state(root, folder, before))
    return True


def made_of(root: Path) -> str:
    """Return a digest of all that decides about a site: the book, our code, the libraries, the commit, the environment.

    Raises BookError where Python for the pages is not what it should be, as a build does.
    """
    words = set(re.findall(r"\w+", files.text(root / "mkdocs.yml")))
    said = {name: value for name, value in os.environ.items() if name in words.union(NAMES)}
    libraries = sorted({path.name for place in sys.path for path in Path(place).glob("*.dist-info")})
    folders = [*(root / name for name in files.SOURCES), HERE, *filter(None, [python.packed(root)])]
    return cache.digest([platform.python_version(), libraries, said, dates.commit_time(root), *map(content, folders)])


def content(place: Path) -> dict[str, str]:
    """Return a digest of each file below a folder, by its path there; of a file, its own; of nothing, nothing."""
    below = (Path(folder, name) for folder, _, names in os.walk(place, followlinks=True) for name in names)
    found = [place] if place.is_file() else [path for path in below if "__pycache__" not in path.parts]
    return {path.relative_to(place).as_posix(): _digest(path) for path in sorted(found)}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # an editor's link that leads nowhere, or gone in the meantime
        return ""


def _state(root: Path, folder: str, sources: str) -> bytes:
    """Return a digest of what a site was made of, of itself, and of what its build left for those that read results."""
    index, runs = root / ".cache" / "index.json", root / ".cache" / "runs"
    try:
        named = json.loads(index.read_text(encoding="utf-8"))["runs"].values()
    except (OSError, ValueError):  # gone, or damaged: it is not as it was noted either
        named = []
    missing = sorted({name for *names, _ in named for name in names if not (runs / name).exists()})
    left = map(content, (root / folder, index, root / ".cache" / "snippets"))
    return cache.digest([sources, *left, missing]).encode()

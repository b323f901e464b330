"""What a name on the command line, or the stem of a quote, means: one snippet, those of a folder, or none."""

import difflib
import posixpath
from collections.abc import Collection, Iterable

from downhill import BookError


def select(names: Iterable[str], known: Collection[str], folder: str, what: str) -> list[str]:
    """Return those of the known names that names mean, in the order of known, each once; all of them if there is no name.

    A name is a whole one, the last part of one, a path below `folder`, or a folder. Raises BookError.

    >>> known = ["descent/one", "descent/two", "descent/solutions/three", "momentum/four"]
    >>> select(["four", "snippets/descent/two.py"], known, "snippets", "snippet")
    ['descent/two', 'momentum/four']
    >>> select(["descent/"], known, "snippets", "snippet")
    ['descent/one', 'descent/two', 'descent/solutions/three']
    """
    chosen, wrong = set(), []
    for name in names:
        found = _meant(name, known, folder) if name else []
        chosen.update(found)
        if not found:
            wrong.append(f"no {what} {name}" + (suggestion(name, known) or f"; they stand in {folder}/"))
    if wrong:
        raise BookError("\n".join(wrong))
    return [name for name in known if name in chosen or not chosen]


def _meant(name: str, known: Collection[str], folder: str) -> list[str]:
    """Return the known names that one name means. Raises BookError if it could mean several, and is no folder."""
    path = posixpath.normpath(name.replace("\\", "/")).lstrip("/")
    path = path.rpartition(f"{folder}/")[2] if f"{folder}/" in f"/{path}" else path
    path, below = path.removesuffix(".py"), [] if path.endswith(".py") else [k for k in known if k.startswith(f"{path}/")]
    if path in known:
        return [path]
    if below or path in (folder, "."):
        return below or list(known)
    found = [k for k in known if k.endswith(f"/{path}")]
    if len(found) > 1:
        raise BookError(f"{name} is one of {', '.join(found)}: name the folder")
    return found


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return “; did you mean …?” with the known names that are nearly that name, or nothing.

    >>> suggestion("half_dekay", ["schedules/half_decay", "momentum/valley"])
    '; did you mean schedules/half_decay?'
    """
    name = name.removesuffix(".py").rstrip("/").casefold()
    spelt = {}
    for k in known:
        spelt.setdefault(k.casefold(), k)
        spelt.setdefault(k.rpartition("/")[2].casefold(), k)
    near = dict.fromkeys(spelt[form] for form in difflib.get_close_matches(name, spelt, n=3))
    near = near or dict.fromkeys(spelt[form] for form in difflib.get_close_matches(name.rpartition("/")[2], spelt, n=3))
    return f"; did you mean {' or '.join(near)}?" if near else ""

"""The book's files: which names in a folder are the book's own, and what is wrong with a file as a text.

Editors and file managers leave files of their own beside ours; and a text can hold bytes that each reader takes otherwise.
"""

import fnmatch
import functools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from downhill.manuscript import invisible

SOURCES = ("docs", "snippets", "data", "mkdocs.yml", "matplotlibrc")  # what a book is made of, in its folder
# mkdocs.yml says the same in `exclude_docs`
STRAY = (".*", "*~", "~$*", "#*#", "*.sw?", "4913", "*.bak", "*.orig", "*.rej", "*.tmp", "*___jb_*___")
STRAY += ("Thumbs.db", "desktop.ini", "Icon\r", "__pycache__")
CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{invisible.SIGNS}\ufffe\uffff]")

# what looks like others, and no search finds: ligatures and radicals, as a PDF gives them, wide letters and digits
ALIKE = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fd5\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


@functools.lru_cache(maxsize=8192)
def ours(name: str) -> bool:
    """Return whether a file of that name can be the book's, and no editor's or file manager's.

    >>> [name for name in ("a.md", ".#a.md", "a.md~", "._a.md", "#a.md#", "4913") if ours(name)]
    ['a.md']
    """
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in STRAY)


def strays(folder: str, names: Iterable[str]) -> list[str]:
    """Return the names that are not the book's; what shutil.copytree wants as `ignore`."""
    return [name for name in names if not ours(name)]


def below(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the book's files below a folder whose names match a pattern, sorted; a link that leads nowhere is one too."""
    found = (path for path in folder.rglob(pattern) if not path.is_dir())
    return sorted(path for path in found if all(map(ours, path.relative_to(folder).parts)))


def text(path: Path) -> str:
    """Return a file's text, whatever `faults` says about it: without a byte-order mark, its lines ended by \\n."""
    return path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def faults(path: Path, place: str) -> list[str]:
    """Return a sentence for each way in which a file is no plain text: UTF-8, NFC, no control characters; no tabs in ours."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return [f"{place}:1: cannot be read: {error.strerror}"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [f"{place}:1: is written in UTF-16; save it as UTF-8"]
    found = [f"{place}:1: begins with a byte-order mark; save it as UTF-8 without one"] if raw[:3] == b"\xef\xbb\xbf" else []
    whole, tabs = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"), path.suffix in (".md", ".py")
    for number, line in enumerate(whole.split(b"\n") if _fault(whole, tabs) else (), 1):
        if fault := _fault(line, tabs):
            found.append(f"{place}:{number}: {fault}")
    return found


def _fault(raw: bytes, tabs: bool) -> str:
    """Return the first thing that is wrong with the bytes of a line, or of all of them, or nothing."""
    try:
        line = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()[-20:]
        return f"is not written in UTF-8 (byte 0x{raw[error.start]:02x} after “{before}”); save it as UTF-8"
    if "\r" in line:
        return "a carriage return within the line; end lines with a line feed"
    if match := CONTROL.search(line):
        return f"the invisible character U+{ord(match[0]):04X} after “{line[: match.start()][-20:]}”; delete it"
    if match := invisible.NOBODYS.search(line):
        return f"U+{ord(match[0]):04X} after “{line[: match.start()][-20:]}”: a character was lost there; write it anew"
    if match := ALIKE.search(line):
        plain = unicodedata.normalize("NFKC", match[0]).replace(match[0], "the character that it looks like")
        return f"“{match[0]}” after “{line[: match.start()][-20:]}” is U+{ord(match[0]):04X}; write {plain} in its place"
    if tabs and "\t" in line:
        return "a tab; write spaces"
    if not unicodedata.is_normalized("NFC", line):
        odd = next(sign for sign in line if not unicodedata.is_normalized("NFC", sign) or unicodedata.combining(sign))
        return f"U+{ord(odd):04X} stands for a character that has a code of its own; write that one (Unicode's form NFC)"
    return ""

"""What a program printed, as a terminal leaves it: the last state of a progress bar, and no signs that a terminal obeys."""

import re
from collections.abc import Iterable

from downhill.manuscript import invisible

ESCAPE = re.compile(r"\x1b(?:\[(?P<codes>[0-?]*)[ -/]*(?P<order>[@-~])|\].*?(?:\x07|\x1b\\)|[ -/]*[0-~])", re.DOTALL)
SILENT = re.compile("[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f-\x9f]")  # a terminal shows nothing for them
ADDRESS = re.compile(r"<[^\n]{,200}? at 0x[0-9a-fA-F]{6,}>?")
STEPS = re.compile("[\r\b]|\x1b\\[[012]?K|[^\r\b\x1b]+")


def settled(raw: bytes) -> str:
    """Return the text that stands on a terminal in the end. Raises ValueError for orders that move over lines.

    >>> settled(b"10 %\\r100 %\\n\\x1b[1;31mred\\x1b[0m\\n")
    '100 %\\nred\\n'
    """
    text = raw.decode(errors="replace").replace("\r\n", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = SILENT.sub("", ESCAPE.sub(_obeyed, text))
    return "\n".join(_last(line) if re.search("[\r\b\x1b]", line) else line for line in text.split("\n"))


def fault(text: str, places: Iterable[str] = ()) -> str:
    """Return why a text that a program prints is on no page as it is printed, or another one at the next run; else nothing.

    >>> fault("<function f at 0x7f0123456789>")
    'prints “<function f at 0x7f0123456789>”, where an object lies, which is elsewhere each time; print what it holds'
    """
    if sign := invisible.found(text):
        return f"prints {sign}; leave it out"
    if match := invisible.NOBODYS.search(text):
        return f"prints U+{ord(match[0]):04X}, where a character was lost; print another one"
    if match := ADDRESS.search(text):
        return f"prints “{match[0]}”, where an object lies, which is elsewhere each time; print what it holds"
    if place := next((place for place in places if place in text), ""):
        return f"prints “{place}”, a place of the machine, which is another one elsewhere; leave it out"
    return ""


def _obeyed(match: re.Match) -> str:
    """Return what stays of an escape sequence: nothing of colours and titles, the order itself if it clears a line."""
    if match["order"] in (None, "m", "h", "l"):
        return ""
    if match["order"] == "K" and match["codes"] in ("", "0", "1", "2"):
        return match[0]
    raise ValueError(f"prints ESC{match[0][1:]}, an order to a terminal that a page cannot carry out")


def _last(line: str) -> str:
    """Return what stands in a line in the end, in which later signs have overwritten earlier ones."""
    shown, at = [], 0
    for step in STEPS.findall(line):
        if step in "\r\b":
            at = 0 if step == "\r" else max(at - 1, 0)
        elif step.startswith("\x1b"):
            begin, end = (0, at + 1) if "1" in step else (0 if "2" in step else at, len(shown))
            shown[begin:end] = " " * (min(end, len(shown)) - begin)
        else:
            shown += " " * (at - len(shown))
            shown[at : at + len(step)] = step
            at += len(step)
    return "".join(shown).rstrip(" ") if "\x1b" in line else "".join(shown)

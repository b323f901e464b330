"""Figures to touch: docs/theme/explorables/<stem>.html is the structure of one, with places for the words of a page."""

import functools
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from downhill.manuscript import files
from downhill.manuscript.names import suggestion

FOLDER = Path("docs") / "theme" / "explorables"
WORDS = re.compile(r"^`(?P<key>[\w-]+)`:[ \xa0](?P<words>\S.*)$")  # of an item of the block
# an address that sets a figure: #fig-valley:lr=0.1&beta=0
SETTING = re.compile(r"^(?!\w+:)(?P<place>[^#]*#[\w-]+):(?P<state>.*)$")


@dataclass(frozen=True)
class Control:
    """What can be set of a figure: between two bounds, or to one of some words; anything where both are empty."""

    bounds: tuple[float, float] | None
    choices: tuple[str, ...]


def stems(root: Path) -> list[str]:
    """Return the stems of all structures below a book's root."""
    return [path.stem for path in files.below(root / FOLDER, "*.html") if path.parent == root / FOLDER]


def structure(root: Path, stem: str) -> ET.Element:
    """Return the element of a figure to touch, with its places empty. Raises OSError, ET.ParseError."""
    return parsed(stem, files.text(root / FOLDER / f"{stem}.html"))


def parsed(stem: str, text: str) -> ET.Element:
    return ET.fromstring(f"<x-{stem}>{text}</x-{stem}>")


def places(element: ET.Element) -> set[str]:
    """Return the keys of the words that a structure wants."""
    return {key for part in element.iter() if (key := part.get("data-words"))}


def controls(element: ET.Element) -> dict[str, Control]:
    """Return what can be set, by its name."""
    found = {}
    for part in (part for part in element.iter() if part.get("name")):
        bounds = (float(part.get("min")), float(part.get("max"))) if part.get("type") == "range" else None
        box = ("0", "1") if part.get("type") == "checkbox" else ()
        choices = box or tuple(option.get("value", "") for option in part.iter("option"))
        found[part.get("name")] = Control(bounds, choices)
    return found


def fault(state: str, known: dict[str, Control]) -> str:
    """Return what is wrong with a state, as an address or a button tells it, or nothing.

    >>> known = {"lr": Control((0.0, 1.0), ()), "method": Control(None, ("adam", "sgd"))}
    >>> fault("lr=0.1&method=adam", known), fault("lr=2", known)
    ('', 'lr is between 0 and 1, not 2')
    >>> fault("beta=1", known), fault("method=lion", known), fault("lr", known)
    ('it has no control beta; it has lr, method', 'method is adam or sgd, not lion', 'a setting is name=value, joined by &')
    """
    pairs = parse_qsl(state, keep_blank_values=True)
    if not pairs or not all(re.fullmatch(r"[\w-]+=[\w.+-]+", part) for part in state.split("&")):
        return "a setting is name=value, joined by &"
    for name, value in pairs:
        control = known.get(name)
        if not control:
            return f"it has no control {name}; it has {', '.join(known)}"
        if control.choices and value not in control.choices:
            return f"{name} is {' or '.join(control.choices)}, not {value}"
        if control.bounds and not _within(value, *control.bounds):
            return f"{name} is between {control.bounds[0]:g} and {control.bounds[1]:g}, not {value}"
    return ""


def _within(value: str, low: float, high: float) -> bool:
    try:
        return low <= float(value) <= high
    except ValueError:
        return False


@functools.lru_cache(maxsize=64)
def words(item: str) -> tuple[str, str]:
    """Return the key and the words of an item, or two empty texts.

    >>> words("`lr`: learning rate"), words("learning rate")
    (('lr', 'learning rate'), ('', ''))
    >>> words("`half`:\\xa0±\\xa0half of an interval")  # a page keeps ± beside its numbers
    ('half', '±\\xa0half of an interval')
    """
    match = WORDS.match(item.strip())
    return (match["key"], match["words"]) if match else ("", "")


def misfits(stem: str, items: list[str], wanted: set[str]) -> Iterator[tuple[int | None, str]]:
    """Yield what is wrong with a list of words beside the places of a structure: the item, or None of the list, and a sentence.

    >>> [*misfits("slope", ["`lr`: rate", "`fat`: away"], {"lr", "far"})]  # doctest: +NORMALIZE_WHITESPACE
    [(1, 'slope has no place for the words fat; did you mean far?'),
     (None, 'slope lacks the words far; write “- `far`: …”')]
    """
    keys: list[str] = []
    for number, item in enumerate(items):
        key, said = words(item)
        if not key:
            yield number, "words of a figure to touch are written “- `key`: words”"
        elif key in keys:
            yield number, f"the words {key} stand in this list twice; take one of them away"
        elif key not in wanted:
            yield number, f"{stem} has no place for the words {key}{suggestion(key, wanted)}"
        elif not html.unescape(said).strip():
            yield number, f"the words {key} are empty; write what {stem} shows there"
        keys.append(key)
    if missing := sorted(wanted - set(keys)):
        yield None, f"{stem} lacks the words {', '.join(missing)}; write “- `{missing[0]}`: …”"

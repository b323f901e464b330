"""When two numbers that a program computed count as the same on another machine: within a stated tolerance."""

import math
import re
from statistics import fmean, stdev

from downhill.manuscript.packing import Sized, StandIn

RELATIVE = 0.02  # of the number, or of the greatest of the numbers that are summed up together
SPREADS = 4  # standard errors by which the mean of several runs may move
COUNT = re.compile(r"\d+(?: \(\d+ not finite\))?(?=: )")  # of the points that are summed up
NUMBER = re.compile(r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?")


def alike(one: str, other: str, together: bool = False) -> bool:
    """Return whether two texts are the same but for numbers within the tolerance, or within a unit of their last digit.

    Numbers that stand `together` are points of one line of a figure: the greatest decides how far each may move.

    >>> alike("loss 0.120 after 7 steps", "loss 0.121 after 7 steps"), alike("loss 0.120", "loss 0.150")
    (True, False)
    """
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    old, new = ([float(text.replace(",", "")) for text in NUMBER.findall(both)] for both in (one, other))
    counts = len(NUMBER.findall(COUNT.match(one)[0])) if together and COUNT.match(one) else 0
    greatest = max(map(abs, old[counts:]), default=0.0) if together else 0.0
    room = [RELATIVE * (abs(number) if i < counts else max(greatest, abs(number))) for i, number in enumerate(old)]
    units = [10.0 ** -len(text.partition(".")[2]) if "." in text and "e" not in text else 0.0 for text in NUMBER.findall(one)]
    return all(abs(a - b) <= max(most, unit * 1.001) for a, b, most, unit in zip(old, new, room, units, strict=True))


def differences(old, new, place: str = "") -> list[tuple[str, str, str]]:
    """Return (place, old, new) of everything in which a value differs from an old one by more than the tolerance.

    Numbers are alike within 2 %; a list of fractions also if its mean moves by at most 4 standard errors; texts, truths,
    kinds, lengths, and keys are the same.

    >>> differences({"a": [1.0, 2.0], "b": 7}, {"a": [1.0, 2.01], "b": 8})
    [("['b']", '7', '8')]
    """
    old, new = plain(old), plain(new)
    told = [(place, _short(old), _short(new))]
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            return [(place, f"a dictionary of {_short(list(old))}", f"one of {_short(list(new))}")]
        return [found for key in old for found in differences(old[key], new[key], f"{place}[{key!r}]")]
    if isinstance(old, list | tuple) and type(old) is type(new):
        if len(old) != len(new):
            return [(place, f"{len(old)} long", f"{len(new)} long")]
        found = [d for i, pair in enumerate(zip(old, new, strict=True)) for d in differences(*pair, f"{place}[{i}]")]
        return [] if found and _same_mean(old, new) else found
    if _is_number(old) and _is_number(new):
        return [] if math.isclose(old, new, rel_tol=RELATIVE) or (old != old and new != new) else told
    return [] if type(old) is type(new) and old == new else told


def plain(value):
    """Return a value without what libraries add: arrays as lists, a complex as a pair, what cannot be quoted as its length."""
    if isinstance(value, StandIn):
        return f"something of length {len(value)}" if isinstance(value, Sized) else "something"
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, complex):
        return value.real, value.imag
    if isinstance(value, list | tuple | range):
        return (tuple if isinstance(value, tuple) else list)(map(plain, value))
    return {key: plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same_mean(old, new) -> bool:
    """Return whether two lists of fractions are alike as measurements of one thing."""
    if len(old) < 2 or not all(isinstance(value, float) and math.isfinite(value) for value in (*old, *new)):
        return False
    return abs(fmean(new) - fmean(old)) <= SPREADS * stdev(old) / math.sqrt(len(old))


def _short(value) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"

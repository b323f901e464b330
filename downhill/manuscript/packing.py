"""What a program computed, as JSON and back: packed where it ran, unpacked where a page quotes it.

What comes back is what the program had, of the same type; the numbers of a tensor come back as those of an array, as
`tolist()` gives them. Anything else comes back as a stand-in that says why it cannot be quoted, and knows its length at most.
"""

import builtins
import math
import operator
import sys
from collections.abc import Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType

from downhill import BookError

ROOM = 20_000  # numbers that are kept of one value
TEXT = 8  # characters that count as one
DEEPEST = 30
KINDS = {ModuleType: "a module", FunctionType: "a function", BuiltinFunctionType: "a function", type: "a class"}
KINDS |= {list: "a list", tuple: "a tuple", dict: "a dict"}
NAMES = {"ndarray": "an array", "Tensor": "a tensor", "Parameter": "a tensor"}


class Refused(Exception):
    """What a value is that cannot be packed."""


class TooMuch(Exception):
    """What is wrong with the size or depth of a value."""


def saved(namespace: dict) -> dict:
    """Return what a snippet leaves for pages to quote: its module-level variables, as JSON."""
    return {
        name: packed(value)
        for name, value in list(namespace.items())
        if isinstance(name, str) and not name.startswith("_") and not _at_hand(name, value)
    }


def _at_hand(name: str, value) -> bool:
    """Return whether a name means what it means in a quote, or is a module, which no quote can use."""
    if type(value) is ModuleType:
        return name != "math" or value is math
    return name in vars(builtins) and value is vars(builtins)[name]


def packed(value):
    """Return a value as JSON that `unpack` takes back, or what it is and how long, where it has no such form. Never raises."""
    try:
        return _Packing().pack(value)
    except TooMuch as much:
        return {"refused": [f"{_kind(value)} {much}", _length(value)]}


class _Packing:
    """One value on its way to JSON, with the room that is left."""

    def __init__(self):
        self.room, self.depth = ROOM, 0

    def pack(self, value):
        """Return a value as JSON. Raises TooMuch."""
        try:
            return self._exact(value)
        except TooMuch:
            raise
        except Refused as refused:
            return {"refused": [str(refused), _length(value)]}
        except (Exception, SystemExit):  # whatever the value does when it is asked
            return {"refused": [_kind(value), None]}

    def _exact(self, value):
        """Return a value as JSON. Raises Refused, TooMuch, or whatever the value raises."""
        kind = type(value)
        self._spend(1)
        if value is None or kind is bool:
            return value
        if kind is int:
            return value if value.bit_length() < 1000 else {"int": hex(value)}  # Python limits the digits that it writes
        if kind is float:
            return value if math.isfinite(value) else {"float": repr(value)}
        if kind is complex:
            return {"complex": [self.pack(value.real), self.pack(value.imag)]}
        if kind is str:
            return self._text(value)
        if kind is range:
            self._spend(len(value))
            return {"range": [value.start, value.stop, value.step]}
        if kind in (list, tuple, dict):
            return self._parts(value)
        return self._of_library(value)

    def _spend(self, room: int) -> None:
        self.room -= room
        if self.room < -1:
            raise TooMuch(f"of more than {ROOM:,} numbers")

    def _text(self, text: str) -> str:
        if len(text) > ROOM:
            raise Refused(f"a text of more than {ROOM:,} characters")
        self._spend(len(text) // TEXT)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Refused("a text with half of a character (a lone surrogate)") from error
        return text

    def _parts(self, value) -> dict:
        if self.depth == DEEPEST:
            raise TooMuch(f"that contains itself, or is more than {DEEPEST} deep")
        self.depth += 1
        parts = [part for item in value.items() for part in item] if type(value) is dict else value
        parts = [self.pack(part) for part in parts]
        self.depth -= 1
        if type(value) is dict and any(map(_is_refused, parts[::2])):
            raise Refused("a dict with keys that cannot be quoted")
        return {type(value).__name__: parts}

    def _of_library(self, value):
        numpy, torch, kind = sys.modules.get("numpy"), sys.modules.get("torch"), type(value)
        if numpy and (kind is numpy.ndarray or (issubclass(kind, numpy.generic) and kind is value.dtype.type)):
            return self._array(value, numpy)
        if torch and kind in (torch.Tensor, torch.nn.Parameter):
            return self._tensor(value, torch)
        raise Refused(_kind(value))

    def _array(self, value, numpy) -> dict:
        """Return an array of numpy, or a number of it: with its type where JSON alone does not tell."""
        kind, shape = value.dtype, list(value.shape)
        if kind.kind not in "biufc" or kind.itemsize > (16 if kind.kind == "c" else 8):
            raise Refused(f"{'an array' if shape else 'a number'} of numpy's type {kind}")
        self._spend(value.size)
        told = kind in (bool, numpy.int64) or (kind == numpy.float64 and numpy.isfinite(value).all())
        if told and shape and value.size:
            return {"array": value.tolist()}
        flat = numpy.ravel(value)
        if kind.kind == "c":
            flat = flat.view(flat.real.dtype)
        numbers = [number if math.isfinite(number) else repr(number) for number in flat.tolist()]
        return {"number" if isinstance(value, numpy.generic) else "numpy": [kind.str, shape, numbers]}

    def _tensor(self, value, torch):
        odd = {"quantized": value.is_quantized, "meta": value.is_meta, "sparse": value.layout is not torch.strided}
        if any(odd.values()):
            raise Refused(f"a {max(odd, key=odd.get)} tensor")
        self._spend(value.numel())
        value = value.detach().cpu().resolve_conj().resolve_neg()
        if not value.dim():
            return self.pack(value.item())
        if value.dtype.is_complex or value.dtype.is_floating_point:  # each number as `item()` gives it
            value = value.to(torch.complex128 if value.dtype.is_complex else torch.float64)
        return self._array(value.numpy(), sys.modules["numpy"])


def _kind(value) -> str:
    """Return what a value is, as a sentence says it."""
    try:
        kind = type(value)
        name = KINDS.get(kind) or ("a class" if isinstance(kind, type) and issubclass(kind, type) else str(kind.__name__))
        name = NAMES.get(name, name)
        return name if " " in name else f"{'an' if name[0] in 'AEIOUaeio' else 'a'} {name}"
    except (Exception, SystemExit):  # a class can lie about its name
        return "an object"


def _length(value) -> int | None:
    """Return how long a value says that it is, or None."""
    try:
        return len(value) if not isinstance(value, type) and hasattr(type(value), "__len__") else None
    except (Exception, SystemExit):
        return None


def _is_refused(part) -> bool:
    return isinstance(part, dict) and "refused" in part


def quotable(part) -> bool:
    """Return whether anything of a packed value can be quoted: the value, or its length."""
    return not _is_refused(part) or part["refused"][1] is not None


def unpack(value, name: str = "the value"):
    """Return a value that was packed; `name` is what a stand-in calls itself."""
    if not isinstance(value, dict):
        return value
    ((kind, parts),) = value.items()
    if kind in ("refused", "length"):  # a length alone is what earlier versions kept of a data set
        what, length = parts if kind == "refused" else ("a data set", parts)
        return StandIn(name, what) if length is None else Sized(name, what, length)
    if kind in ("array", "numpy", "number"):
        return _unpack_array(kind, parts)
    if kind in ("int", "float", "range"):
        return int(parts, 16) if kind == "int" else float(parts) if kind == "float" else range(*parts)
    parts = [unpack(part, f"a part of {name.removeprefix('a part of ')}") for part in parts]
    if kind == "dict":
        return dict(zip(parts[::2], parts[1::2], strict=True))
    return {"list": list, "tuple": tuple, "complex": lambda both: complex(*both)}[kind](parts)


def _unpack_array(kind: str, parts):
    import numpy

    if kind == "array":
        return numpy.array(parts)
    name, shape, numbers = parts
    wanted = numpy.dtype(name)
    real = numpy.empty(0, wanted).real.dtype if wanted.kind == "c" else wanted
    numbers = [float(number) if isinstance(number, str) else number for number in numbers]
    array = numpy.array(numbers, real).view(wanted).reshape(shape)
    return array[()] if kind == "number" else array


class Unpacked(dict):
    """Packed values, each unpacked when it is asked for."""

    def __init__(self, packed: Mapping):
        super().__init__()
        self.packed = packed

    def __missing__(self, name: str):
        self[name] = unpack(self.packed[name], name)
        return self[name]


class StandIn:
    """Stands for a value that cannot be quoted: whatever is done with it raises BookError, with its name and what it is."""

    way = "quote"

    def __init__(self, name: str, what: str):
        self.name, self.what = name, what

    def _refuse(self, *_, **__):
        way = self.way.format(self.name)
        made = "a number, text, list, dict, or array that the program makes of it"
        raise BookError(f"{self.name} is {self.what}, which cannot be quoted; {way} {made}")


class Sized(StandIn):
    """A stand-in for what has a length: a data set, say."""

    way = "quote len({}), or"

    def __init__(self, name: str, what: str, length: int):
        super().__init__(name, what)
        self.length = length

    def __len__(self) -> int:
        return self.length


_DONE = [name for name in vars(operator) if name.startswith("__") and callable(getattr(operator, name))]
_DONE += [f"__r{name.strip('_')}__" for name in _DONE]
_DONE += [f"__{name}__" for name in ("bool", "hash", "str", "repr", "format", "iter", "int", "float", "round", "getattr")]
for _name in _DONE:
    setattr(StandIn, _name, StandIn._refuse)

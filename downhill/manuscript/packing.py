"""What a program computed, as JSON and back: packed where it ran, unpacked where a page quotes it."""

from collections.abc import Mapping


def saved(namespace: dict) -> dict:
    """Return what pages may quote of a snippet: its module-level numbers, texts, lists, dictionaries and arrays, as JSON."""
    values = {}
    for name, value in namespace.items():
        if not name.startswith("_") and (kept := packed(value)) is not None:
            values[name] = kept
    return values


def packed(value, room: int = 20_000):
    """Return a value as JSON that `unpack` takes back, or None for what cannot be quoted."""
    if isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "detach") and hasattr(value, "numpy"):
        value = value.detach().cpu().numpy()
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        if not value.shape:
            return packed(value.item())
        return {"array": value.tolist()} if value.dtype.kind in "biuf" and value.size <= room else None
    if isinstance(value, list | tuple | dict):
        parts = [part for item in value.items() for part in item] if isinstance(value, dict) else list(value)
        parts = [packed(part, room) for part in parts]
        fits = len(parts) <= room and all(part is not None for part in parts)
        return {type(value).__name__: parts} if fits and type(value) in (list, tuple, dict) else None
    if hasattr(value, "__len__") and not isinstance(value, type):
        return {"length": len(value)}  # a data set: how many examples the run really saw
    return None


def unpack(value):
    """Return a value that the worker packed: an array as a numpy array, a data set as a range as long as it is."""
    if not isinstance(value, dict):
        return value
    ((kind, parts),) = value.items()
    if kind == "array":
        import numpy

        return numpy.array(parts)
    if kind == "length":
        return range(parts)
    parts = [unpack(part) for part in parts]
    return dict(zip(parts[::2], parts[1::2], strict=True)) if kind == "dict" else {"list": list, "tuple": tuple}[kind](parts)


class Unpacked(dict):
    """Packed values, each unpacked when it is asked for."""

    def __init__(self, packed: Mapping):
        super().__init__()
        self.packed = packed

    def __missing__(self, name: str):
        self[name] = unpack(self.packed[name])
        return self[name]

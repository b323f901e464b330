"""The numbers that pages quote: `{{ stem: expression }}` is a Python expression over what the snippet `stem` computed."""

import ast
import functools
import math
import re
import statistics
from collections.abc import Callable, Mapping
from types import CodeType

QUOTE = re.compile(r"\{\{\s*([a-z][\w/]*)\s*:\s*(.+?)\s*\}\}")


def sci(number: float, digits: int = 1) -> str:
    """Return a number in scientific notation, as LaTeX.

    >>> sci(0.0000025)
    '2.5\\\\times10^{-6}'
    """
    mantissa, exponent = f"{number:.{digits}e}".split("e")
    return rf"{mantissa}\times10^{{{int(exponent)}}}"


TOOLS = {
    **{f.__name__: f for f in (abs, all, any, bool, float, int, len, max, min, range, round, sorted, str, sum, zip)},
    "enumerate": enumerate,
    "math": math,
    "mean": statistics.fmean,
    "sci": sci,
    "std": statistics.stdev,
}


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


@functools.lru_cache(maxsize=4096)
def compiled(expression: str) -> tuple[CodeType, set[str]]:
    """Return the code that evaluates an expression with its format, and the names that it uses."""
    text = f"f'''{{ {expression}}}'''"
    names = {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}
    return compile(text, "<value>", "eval"), names


def evaluate(expression: str, values: Unpacked) -> str:
    """Return the text of an expression with an optional format, over packed values.

    >>> evaluate("x[1]:.2f", Unpacked({"x": {"list": [1.0, 2.5]}}))
    '2.50'
    """
    code, names = compiled(expression)
    return eval(code, TOOLS | {name: values[name] for name in names & values.packed.keys()})


def substitute(text: str, quoted: Callable[[str], Unpacked]) -> str:
    """Return a text with every quote replaced by its value; `quoted` gives the values of a stem."""
    return QUOTE.sub(lambda match: evaluate(match[2], quoted(match[1])), text)

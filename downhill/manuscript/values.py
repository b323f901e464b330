"""The numbers that pages quote: `{{ stem: expression }}` shows what an f-string shows at the end of the snippet `stem`.

An expression is calculated from what the program left, with a few functions; whatever else Python could do is refused.
"""

import ast
import functools
import math
import operator
import re
import statistics
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from downhill import BookError
from downhill.manuscript import files
from downhill.manuscript.names import suggestion
from downhill.manuscript.packing import ROOM, Unpacked

FROZEN = ("full", "experiments")  # what stands before the stem of a number that is measured once: no name of a chapter
BOOK = "book"  # the stem of what is counted in the book (counts.py): no name of a chapter or a snippet
RESERVED = "{{{{ {}/… }}}} quotes numbers that are measured once; name the chapter otherwise"
QUOTE = re.compile(r"\{\{\s*([a-z][\w/]*)\s*:\s*(.+?)\s*\}\}")
COUNTED = "{{ book: … }} quotes what is counted in the book; choose another name"
MOST_DIGITS, LONGEST = 400, 1000  # of an integer or a format; of a text
ZERO = re.compile(r"\s*-[0.,_]+(e[+-]\d+)?%?\s*", re.IGNORECASE)  # what a number of either sign may be rounded to


def is_frozen(stem: str) -> bool:
    """Return whether the stem of a quote means numbers that are measured once: `full/name`, `experiments/name`."""
    return stem.startswith(tuple(f"{folder}/" for folder in FROZEN))


def frozen(root: Path) -> list[str]:
    """Return the stems of all frozen numbers of a book."""
    return [f"{folder}/{path.stem}" for folder in FROZEN for path in files.below(root / "data" / folder, "*.json")]


class Latex(str):
    """A number written as LaTeX."""


def sci(number: float, digits: int = 1) -> Latex:
    """Return a number in scientific notation, as LaTeX.

    >>> sci(0.0000025)
    '2.5\\\\times10^{-6}'
    >>> sci(0)
    '0'
    """
    if not math.isfinite(number):
        raise BookError(f"sci({number}) is no number to quote; let the program say what it means")
    if not number:
        return Latex("0")
    mantissa, exponent = f"{number:.{digits}e}".split("e")
    return Latex(rf"{mantissa}\times10^{{{int(exponent)}}}")


def _range(*bounds) -> range:
    if len(made := range(*bounds)) > ROOM:
        raise BookError(f"range({', '.join(map(str, bounds))}) has more than {ROOM:,} numbers")
    return made


def _round(number, digits=None):
    if digits is not None and abs(digits) > MOST_DIGITS:
        raise BookError(f"round to {digits} digits: at most {MOST_DIGITS}")
    return round(number, digits)


def _ordered(choose: Callable) -> Callable:
    """Return max, min, or sorted, which Python lets depend on where a NaN stands, so that they refuse one."""

    def chosen(*given, key=None, **how):
        values = list(given[0]) if len(given) == 1 else given
        if any(value != value for value in (map(key, values) if key else values)):  # a NaN, of whatever type
            raise BookError(f"{choose.__name__} of nan, which is neither less nor more than a number; quote something else")
        return choose(values, key=key, **how)

    return chosen


def _power(base, exponent):
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > 4 * MOST_DIGITS:
        raise BookError(f"{base}**{exponent} has more than {MOST_DIGITS} digits")
    return base**exponent


def _numbers(operation: Callable) -> Callable:
    def calculated(left, right):
        if isinstance(left, str | list | tuple) or isinstance(right, str | list | tuple):
            raise BookError("* and % are for numbers and arrays in a quote")
        return operation(left, right)

    return calculated


TOOLS = {
    **{f.__name__: f for f in (abs, all, any, bool, enumerate, float, int, len, str, sum, zip)},
    **{f.__name__: _ordered(f) for f in (max, min, sorted)},
    "math": math,
    "mean": statistics.fmean,
    "range": _range,
    "round": _round,
    "sci": sci,
    "std": statistics.stdev,
}
GUARDED = {ast.Pow: ("**", _power), ast.Mult: ("*", _numbers(operator.mul)), ast.Mod: ("%", _numbers(operator.mod))}
ATTRIBUTES = {"real", "imag", "shape", "ndim", "T", "keys", "values", "items"}
MATH = {name for name in vars(math) if not name.startswith("_")} - {"comb", "factorial", "perm"}
ALLOWED = (ast.Expression, ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Subscript, ast.Slice, ast.IfExp)
ALLOWED += (ast.Tuple, ast.List, ast.Dict, ast.GeneratorExp, ast.ListComp, ast.DictComp, ast.comprehension)
ALLOWED += (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.JoinedStr, ast.FormattedValue, ast.expr_context)
ALLOWED += (ast.Add, ast.Sub, ast.Div, ast.FloorDiv, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, *GUARDED)
ALLOWED += (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)


class Parts(NamedTuple):
    """An expression that has been read: code for its value and for its format, its conversion, its names, and itself."""

    value: CodeType
    format: CodeType
    conversion: str
    names: set[str]
    source: str


def parsed(expression: str) -> ast.FormattedValue:
    """Return the syntax of an expression with its format. Raises BookError if it is none, or more than a calculation."""
    try:
        tree = ast.parse(f"f'''{{ {expression}}}'''", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        said = str(getattr(error, "msg", error)).removeprefix("f-string: ")
        raise BookError(f"{said}; write an expression, and perhaps a colon and a format") from error
    if not isinstance(tree, ast.JoinedStr) or [type(part) for part in tree.values] != [ast.FormattedValue]:
        raise BookError("is no single expression with a format; a quote holds one value")
    (field,) = tree.values
    nodes = list(ast.walk(field))
    for node in nodes:
        _allow(node)
    if sum(isinstance(node, ast.JoinedStr) for node in nodes) > bool(field.format_spec):
        raise BookError("holds an f-string; a quote is one itself")
    return field


@functools.lru_cache(maxsize=4096)
def parts(expression: str) -> Parts:
    """Return what an expression with its format is made of. Raises BookError if it is none, or more than a calculation."""
    field = parsed(expression)
    names = [node for node in ast.walk(field) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}  # of a comprehension
    source, field = ast.unparse(field.value), _Guards().visit(field)
    codes = [field.value, field.format_spec or ast.Constant("")]
    codes = [compile(ast.fix_missing_locations(ast.Expression(code)), "<value>", "eval") for code in codes]
    return Parts(*codes, chr(max(field.conversion, 0)).strip("\0"), {node.id for node in names} - own, source)


def _allow(node: ast.AST) -> None:
    """Raise BookError if a part of an expression does what a quote may not do."""
    why = ""
    if not isinstance(node, ALLOWED):
        why = f"holds more than a calculation ({type(node).__name__})"
    elif isinstance(node, ast.Name) and node.id.startswith("__"):
        why = f"names {node.id}"
    elif isinstance(node, ast.Attribute):
        of_math = isinstance(node.value, ast.Name) and node.value.id == "math"
        why = "" if node.attr in (MATH if of_math else ATTRIBUTES) else f"uses .{node.attr}, which is not at hand"
    elif isinstance(node, ast.GeneratorExp | ast.ListComp | ast.DictComp):
        loops = sum(isinstance(part, ast.comprehension) for part in ast.walk(node))
        why = "has one “for” inside another" if loops > 1 else ""
    if why:
        raise BookError(f"the quote {why}; let the program calculate this, and quote a variable")


class _Guards(ast.NodeTransformer):
    """Puts functions that look at their operands first in the place of what can be made to take for ever."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) not in GUARDED:
            return node
        return ast.Call(ast.Name(GUARDED[type(node.op)][0], ast.Load()), [node.left, node.right], [])


def evaluate(expression: str, values: Unpacked) -> str:
    """Return the text of an expression with an optional format, over packed values. Raises BookError.

    >>> evaluate("x[1]:.2f", Unpacked({"x": {"list": [1.0, 2.5]}}))
    '2.50'
    """
    read = parts(expression)
    names = {name: values[name] for name in read.names & values.packed.keys()}
    if missing := sorted(read.names - names.keys() - TOOLS.keys()):
        raise BookError(f"the program leaves no {missing[0]}" + suggestion(missing[0], values.packed))
    space = {"__builtins__": {}} | TOOLS | dict(GUARDED.values()) | names
    try:
        return _written(eval(read.value, space), eval(read.format, space), read)
    except BookError:
        raise
    except Exception as error:  # an expression can fail in any way
        raise BookError(f"{type(error).__name__}: {error}") from error


def _written(value, spec: str, read: Parts) -> str:
    """Return a value as the f-string writes it. Raises BookError if it is no finite number, and no text that can be shown."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if isinstance(value, complex) or (kind == "c" and not value.shape):
        what = read.source if read.source.isidentifier() else f"({read.source})"
        raise BookError(f"{read.source} is a complex number, which cannot be quoted; quote {what}.real or {what}.imag")
    if getattr(value, "shape", None) or not (kind or isinstance(value, bool | int | float | str)):
        name = type(value).__name__
        raise BookError(
            f"{read.source} is no number or text ({name}); quote one of its numbers, or what the program makes of it"
        )
    if (kind == "f" or isinstance(value, float)) and not math.isfinite(value):
        raise BookError(f"{read.source} is {value}, which is no number to quote; let the program say what it means")
    if any(int(digits) > MOST_DIGITS for digits in re.findall(r"\d+", spec)):
        raise BookError(f"the format “{spec}” is too wide; at most {MOST_DIGITS} characters")
    if isinstance(value, Latex) and not (spec or read.conversion):
        return value
    text = format({"r": repr, "s": str, "a": ascii}.get(read.conversion, lambda value: value)(value), spec)
    if not isinstance(value, str) and ZERO.fullmatch(text):
        raise BookError(f"{read.source} is shown as {text.strip()}, a zero below zero; show more digits, or none: abs(…)")
    if odd := [sign for sign in text if not sign.isprintable()]:
        raise BookError(f"{read.source} holds the character U+{ord(odd[0]):04X}, which cannot be shown")
    if len(text) > LONGEST or not text.strip():
        raise BookError(f"{read.source} is " + (f"longer than {LONGEST} characters" if text.strip() else "an empty text"))
    return text

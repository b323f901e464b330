"""The numbers that pages quote: `{{ stem: expression }}` is a Python expression over what the snippet `stem` computed."""

import ast
import functools
import math
import re
import statistics
from collections.abc import Callable
from types import CodeType

from downhill.manuscript.packing import Unpacked

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


def parsed(expression: str) -> ast.Expression:
    """Return the syntax of an expression with its format. Raises SyntaxError, also if it is more than one expression."""
    tree = ast.parse(f"f'''{{ {expression}}}'''", mode="eval")
    if [type(value) for value in tree.body.values] != [ast.FormattedValue]:
        raise SyntaxError("is no single expression with a format")
    return tree


@functools.lru_cache(maxsize=4096)
def compiled(expression: str) -> tuple[CodeType, set[str]]:
    """Return the code that evaluates an expression with its format, and the names that it uses."""
    tree = parsed(expression)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return compile(tree, "<value>", "eval"), names


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

"""A reader's optimizer: a Python file with a class derived from torch.optim.Optimizer, or with `optimizer(parameters, lr)`.

It may say `rates`, the lowest and the highest learning rate to try. No more is asked of it.
"""

import ast
import functools
import math
import runpy
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from downhill import BookError
from downhill.manuscript import files

FORM = "a class derived from torch.optim.Optimizer, or a function optimizer(parameters, lr) that returns one"
NAME = "own"  # of the module, and of the method in the ranking


@functools.lru_cache(maxsize=1)
def read(file: Path) -> Callable:
    """Return what makes an optimizer out of parameters and a rate. Raises BookError with a line."""
    names = _names(file)
    if callable(names.get("optimizer")):
        return names["optimizer"]
    import torch

    kinds = [kind for kind in names.values() if isinstance(kind, type) and kind.__module__ == NAME]
    made = [kind for kind in kinds if issubclass(kind, torch.optim.Optimizer)]
    if len(made) != 1:
        several = f"defines {', '.join(kind.__name__ for kind in made)}: call the one that is meant" if made else "defines no"
        form = "optimizer" if made else f"optimizer; it needs {FORM}"
        raise BookError(f"{file}:1: {several} {form}")
    return made[0]


def rates(file: Path) -> tuple[float, float] | tuple[None, None]:
    """Return the lowest and the highest rate that a file wants to be tried, if it says so. Raises BookError with a line."""
    wanted = _names(file).get("rates")
    if wanted is None:
        return None, None
    try:
        low, high = map(float, wanted)
    except (TypeError, ValueError):
        low = high = 0.0
    if not 0 < low < high < math.inf:
        raise BookError(f"{file}:{_line(file, 'rates')}: rates are the lowest and the highest to try, as in rates = 1e-4, 1e-1")
    return low, high


def tried(file: Path) -> None:
    """Take two steps with an optimizer. Raises BookError if that fails, if it is none, or if nothing moves."""
    import torch

    layer, make, where = torch.nn.Linear(3, 2), read(file), f"{file}:{_line(file, 'optimizer')}"
    before = layer.weight.detach().clone()
    try:
        made = make(list(layer.parameters()), lr=1e-3)
        if not isinstance(made, torch.optim.Optimizer):
            raise BookError(f"{where}: optimizer returns {type(made).__name__}, not a torch.optim.Optimizer")
        if any("lr" not in group for group in made.param_groups):
            raise BookError(f'{where}: a group of its parameters has no "lr", which schedules change')
        for _ in range(2):
            made.zero_grad()
            layer(torch.ones(4, 3)).square().sum().backward()
            made.step()
    except BookError:
        raise
    except (Exception, SystemExit) as error:
        raise BookError(
            f"{file}:{line_of(error, file) or _line(file, 'optimizer')}: {type(error).__name__}: {error}"
        ) from error
    if torch.equal(layer.weight, before):
        raise BookError(f"{where}: after two steps at the rate 0.001 no weight has moved; step() changes parameters in place")


def line_of(error: BaseException, file: Path) -> int | None:
    """Return the last line of a file in which an error arose."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] if lines else None


@functools.lru_cache(maxsize=1)
def _names(file: Path) -> dict:
    """Return the names that a file defines, all by itself: what is kept of it is known by its text."""
    before = set(sys.modules)
    try:
        names = runpy.run_path(str(file), run_name=NAME)
    except OSError as error:
        raise BookError(f"{file}: cannot be read ({error.strerror}); name a file with {FORM}") from error
    except SyntaxError as error:
        raise BookError(f"{error.filename}:{error.lineno}: {error.msg}") from error
    except (Exception, SystemExit) as error:
        raise BookError(f"{file}:{line_of(error, file) or 1}: {type(error).__name__}: {error}") from error
    brought = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if name not in before}
    if beside := sorted(name for name, place in brought.items() if place and Path(place).parent == file.parent):
        raise BookError(f"{file}:1: imports {', '.join(beside)} from beside it; put all into this one file")
    return names


def _line(file: Path, name: str) -> int:
    """Return the line of a file that gives a name its value, else that of its last class."""
    body = ast.parse(files.text(file)).body
    kinds = [node.lineno for node in body if isinstance(node, ast.ClassDef)]
    lines = [
        node.lineno
        for node in body
        if getattr(node, "name", None) == name or name in map(ast.unparse, getattr(node, "targets", []))
    ]
    return [1, *kinds, *lines][-1]

"""An expression of a quote shows what an f-string shows at the end of the program, or is refused in a sentence."""

import json
import math
import re
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from downhill import BookError
from downhill.manuscript.packing import Unpacked, saved
from downhill.manuscript.values import evaluate

PROGRAM = {
    "x": 2.5,
    "k": 12,
    "big": 10**30,
    "ok": True,
    "name": "SGD",
    "xs": [1.0, 3.0],
    "pair": (1, "b"),
    "table": {0.1: [1.0], ("sgd", 3): 2, "a}b": 7},
    "steps": range(100, 1000, 100),
    "one": np.float32(0.1),
    "many": np.array([0.1, 0.2], np.float32),
    "grid": np.arange(6.0).reshape(2, 3),
    "count": np.int64(7),
    "yes": np.True_,
    "low": torch.tensor([0.1], dtype=torch.bfloat16),
    "w": torch.tensor([[0.1, 2.0]], requires_grad=True),
    "z": 3 - 4j,
    "zs": np.array([1j]),
    "nothing": None,
    "bad": math.nan,
    "far": [math.inf, -math.inf],
    "seen": {1, 2},
    "long": [0] * 30_000,
    "tall": np.zeros((0, 3)),
    "blank": "  ",
    "two": "a\nb",
    "mark": "\u202e",
    "gd": lambda x: x,
}
VALUES = Unpacked(json.loads(json.dumps(saved(PROGRAM))))


SHOWN = """
x  §  x:.3f  §  x!r  §  x:+.1e  §  x:8.2f  §  k  §  k:,d  §  k:>4  §  k:.1f  §  big  §  big:,  §  ok  §  ok:d  §  name
name!r  §  name:>5  §  -x:.2f  §  x - 3  §  x*k  §  k // 5  §  k % 5  §  k**2  §  2**-k:.3e  §  x if ok else k  §  not ok
x > 2 and k  §  1 < x <= 3  §  xs[0]  §  xs[-1]  §  xs[0:1][0]  §  pair[1]  §  table[0.1][0]  §  table['sgd', 3]
{1: 5}[1]  §  [1, 2][1]  §  len(table)  §  steps[0]  §  steps[-1]  §  len(steps)  §  sum(steps)  §  max(steps)  §  one
one:.20f  §  one / 3  §  many[1]  §  many[0] * 3  §  max(many)  §  grid[1, 2]  §  grid[1][2]  §  grid.shape[1]
grid.T[2, 1]  §  count  §  count / 2  §  yes  §  tall.shape[1]  §  low[0]  §  low[0]:.4f  §  w[0, 1]  §  w[0][0]
w[0, 0]:.8f  §  w.shape[1]  §  z.real  §  abs(z)  §  z.imag:.2f  §  zs[0].imag  §  len(seen)  §  len(long)
nothing == None  §  str(xs)  §  sum(v for v in xs)  §  [v * 2 for v in xs][1]  §  max(xs, key=abs)
sum(v for v in xs if v > 1)  §  min(len(str(key)) for key in table)  §  math.sqrt(x)  §  math.pi:.3f  §  round(x)
sorted(xs)[0]  §  len(table.keys())  §  x:{k}.2f  §  x:=8  §  x:.{k}f  §  round(x, 1)  §  int(x)  §  float(k)  §  bool(k)
name + '!'
"""


@pytest.mark.parametrize("expression", re.split("\n|  §  ", SHOWN.strip("\n")))
def test_shows_what_an_f_string_shows(expression):
    assert evaluate(expression, VALUES) == eval(f"f'''{{ {expression}}}'''", {**PROGRAM, "math": math})


@settings(max_examples=200, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    st.sampled_from(["", "!r", "!s"]),
    st.from_regex(r"(:[+ -]?0?[0-9]{0,2}[,_]?(\.[0-9])?[a-zA-Z%]?)?", fullmatch=True),
)
def test_a_number_is_formatted_as_an_f_string_does_or_refused(number, conversion, spec):
    expression = f"v{conversion}{spec}"
    try:
        wanted = eval(f"f'''{{{expression}}}'''", {"v": number})
    except Exception:
        wanted = None
    try:
        assert evaluate(expression, Unpacked(saved({"v": number}))) == wanted
    except BookError:
        assert (
            wanted is None or not wanted.strip() or not wanted.isprintable() or "-" in wanted and not re.search("[1-9]", wanted)
        )


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("z", "z is a complex number, which cannot be quoted; quote z.real or z.imag"),
        ("zs[0]:.2f", r"\(zs\[0\]\).real"),
        ("seen", r"seen is a set, which cannot be quoted; quote len\(seen\), or a number"),
        ("long[0]", "long is a list of more than 20,000 numbers, which cannot be quoted"),
        ("sorted(seen)[0]", "seen is a set"),
        ("gd(1)", "gd is a function, which cannot be quoted"),
        ("xs", r"xs is no number or text \(list\)"),
        ("grid", r"grid is no number or text \(ndarray\)"),
        ("grid * 2", "is no number or text"),
        ("nothing", r"nothing is no number or text \(NoneType\)"),
        ("len", "len is no number or text"),
        ("(v for v in xs)", "is no number or text"),
        ("bad", "bad is nan, which is no number to quote"),
        ("far[1]:.2f", r"far\[1\] is -inf"),
        ("blank", "blank is an empty text"),
        ("two", r"two holds the character U\+000A"),
        ("mark", r"mark holds the character U\+202E"),
        ("xq", "the program leaves no xq; did you mean x"),
        ("mean(nope)", "the program leaves no nope"),
        ("xs[9]", "IndexError: list index out of range"),
        ("table['no']", "KeyError"),
        ("x / 0", "ZeroDivisionError"),
        ("-x / 1000:.1f", r"-x / 1000 is shown as -0\.0, a zero below zero; show more digits"),
        ("-x / 1000:+.0%", "is shown as -0%, a zero below zero"),
        ("x * -0.0", r"is shown as -0\.0, a zero below zero"),
        ("name:.2f", "ValueError: Unknown format code 'f'"),
        ("xs[0]:d", "ValueError: Unknown format code 'd'"),
        ("x:{name}", "ValueError: Invalid format specifier"),
    ],
)
def test_what_cannot_be_shown_is_refused(expression, reason):
    with pytest.raises(BookError, match=reason):
        evaluate(expression, VALUES)


REFUSED = """
x=  §  x!z  §  x}  §  x} {k  §  x} and {k}  §  xs[  §    §     §  :.2f  §  !r  §  x''' + '''  §  '''  §  x\\  §  x k
lambda: 1  §  x:{  §  x:}  §  (y := 3)  §  __import__('os')  §  __builtins__  §  __name__  §  ().__class__
xs.__class__.__mro__  §  x.__doc__  §  xs.append(1)  §  name.format(1)  §  name.upper()  §  grid.tofile('a')  §  w.std()
grid.std()  §  open('a')  §  eval('1')  §  exec('1')  §  print(1)  §  getattr(x, 'real')  §  vars()  §  f'{x}'
f'{x:{k}}'  §  x:{k:{k}}  §  *xs  §  max(*xs)  §  {*xs}  §  {1, 2}  §  await x  §  x is None  §  x; k  §  import os
x = 3  §  [a for a in xs for b in xs]  §  [[a for a in xs] for b in xs]  §  x @ x  §  k << 90  §  ~k  §  k ^ 1  §  xs * 2
name * 3  §  '%d' % k  §  10**10**10  §  k**10**9  §  range(10**9)  §  sum(range(10**9))  §  math.factorial(10**9)
math.comb(10**6, 5)  §  round(k, -10**9)  §  x:999999999  §  x:.999999999f  §  x:{big}  §  str(long)
"""


@pytest.mark.parametrize("expression", re.split("\n|  §  ", REFUSED.strip("\n")) + ["(" * 500 + ")" * 500])
def test_more_than_a_calculation_is_refused_at_once(expression, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    start = time.process_time()
    with pytest.raises(BookError):
        evaluate(expression, VALUES)
    assert time.process_time() - start < 1
    assert not list(tmp_path.iterdir())


def test_a_variable_of_the_program_hides_a_function_of_quotes():
    assert evaluate("mean:.1f", Unpacked(saved({"mean": 2.0}))) == "2.0"
    with pytest.raises(BookError, match="mean is a function, which cannot be quoted"):
        evaluate(
            "mean(xs)", Unpacked(saved({"mean": np.mean.__wrapped__ if hasattr(np.mean, "__wrapped__") else max, "xs": [1]}))
        )

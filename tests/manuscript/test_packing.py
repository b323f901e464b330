"""What a program computed comes back as it was, or not at all."""

import collections
import datetime
import decimal
import enum
import fractions
import json
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from downhill import BookError
from downhill.manuscript.packing import ROOM, Sized, StandIn, Unpacked, packed, quotable, saved, unpack


def returned(value, name: str = "it"):
    """Return what comes back of a value that goes through JSON in a file of UTF-8."""
    return unpack(json.loads(json.dumps(packed(value), ensure_ascii=False, allow_nan=False).encode()), name)


def same(one, other) -> bool:
    """Return whether two values are of the same types and equal throughout; NaN is NaN, -0.0 is not 0.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, np.ndarray | np.generic):
        alike = one.dtype == other.dtype and one.shape == other.shape
        return alike and one.tobytes() == other.tobytes() or bool(alike and np.array_equal(one, other, equal_nan=True))
    if isinstance(one, float):
        return one.hex() == other.hex()
    return one == other or repr(one) == repr(other)


NUMBERS = st.integers() | st.floats() | st.complex_numbers() | st.booleans() | st.integers(2**990, 2**20_000)
SCALARS = arrays.from_dtype(np.dtype("f4")) | arrays.from_dtype(np.dtype("u8")) | arrays.from_dtype(np.dtype(">i2"))
ARRAYS = arrays.arrays(
    arrays.boolean_dtypes()
    | arrays.integer_dtypes()
    | arrays.unsigned_integer_dtypes()
    | arrays.floating_dtypes(sizes=(16, 32, 64)),
    arrays.array_shapes(min_dims=0, min_side=0, max_side=4),
)
KEYS = st.text() | st.integers() | st.floats(allow_nan=False) | st.tuples(st.integers(), st.text())
ANY = st.recursive(
    st.none() | NUMBERS | SCALARS | ARRAYS | st.text() | st.builds(range, st.integers(-9, 9), st.integers(-9, 9)),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_a_value_comes_back_as_it_was(value):
    assert same(returned(value), value)


@pytest.mark.parametrize(
    "value",
    [0.1, -0.0, math.inf, -math.inf, math.nan, 5e-324, 2**63, -(10**5000), 1 + 2j, "μ 下山", "\0"],
    ids=lambda value: type(value).__name__,
)
def test_the_odd_ones_come_back(value):
    assert same(returned(value), value)


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float32", "float64", "uint8", "int64", "bool"])
def test_the_numbers_of_a_tensor_come_back(kind):
    tensor = torch.tensor([[0.1, 3.0], [1.0, 2.7]]).to(getattr(torch, kind))
    assert returned(tensor).tolist() == tensor.tolist()
    assert returned(tensor[0, 1]) == tensor[0, 1].item()
    assert returned(torch.nn.Parameter(torch.ones(2))).tolist() == [1.0, 1.0]
    assert returned(torch.tensor([1 + 2j]).conj()).tolist() == [1 - 2j]


class Grade(enum.IntEnum):
    GOOD = 1


class Words(str):
    """A text of one's own."""


class Liar:
    """Fails in whatever is asked of it."""

    @property
    def __class__(self):
        raise RuntimeError

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __len__(self):
        raise SystemExit

    shape = dtype = tolist = detach = numpy = items = property(lambda self: 1 / 0)


class Nameless(type):
    """The class of classes that fail when they are asked for their name."""

    __name__ = property(lambda cls: 1 / 0)


deep = [1]
for _ in range(100):
    deep = [deep]
endless = []
endless.append(endless)
double = [1]
for _ in range(60):
    double = [double, double]
Point = collections.namedtuple("Point", "x y")


ODD = [
    (fractions.Fraction(1, 3), "a Fraction"),
    (decimal.Decimal("0.1"), "a Decimal"),
    (Grade.GOOD, "a Grade"),
    (Words("a"), "a Words"),
    (Point(1, 2), "a Point"),
    (collections.Counter("aab"), "a Counter"),
    (collections.defaultdict(int, a=1), "a defaultdict"),
    (collections.OrderedDict(a=1), "an OrderedDict"),
    ({1, 2}, "a set"),
    (b"abc", "a bytes"),
    (datetime.date(2026, 1, 1), "a date"),
    ("\ud800", "a text with half of a character (a lone surrogate)"),
    ({frozenset(): 1}, "a dict with keys that cannot be quoted"),
    (print, "a function"),
    (same, "a function"),
    (Point, "a class"),
    (Liar(), "a Liar"),
    (Nameless("C", (), {})(), "an object"),
    (endless, "a list that contains itself, or is more than 30 deep"),
    (deep, "a list that contains itself, or is more than 30 deep"),
    (double, "a list that contains itself, or is more than 30 deep"),
    ([0] * (ROOM + 1), "a list of more than 20,000 numbers"),
    ([[0] * 200] * 200, "a list of more than 20,000 numbers"),
    (range(ROOM + 1), "a range of more than 20,000 numbers"),
    (range(10**30), "a range"),
    ("a" * 10**6, "a text of more than 20,000 characters"),
    (np.zeros(ROOM + 1), "an array of more than 20,000 numbers"),
    (torch.zeros(ROOM + 1), "a tensor of more than 20,000 numbers"),
    (np.array([1, None]), "an array of numpy's type object"),
    (np.array(["a"]), "an array of numpy's type <U1"),
    (np.longdouble(1), "a number of numpy's type float128"),
    (np.ma.array([1.0, 2.0], mask=[0, 1]), "a MaskedArray"),
    (np.zeros(2, [("a", int)]), "an array of numpy's type [('a', '<i8')]"),
    (torch.eye(3).to_sparse(), "a sparse tensor"),
    (torch.ones(2, device="meta"), "a meta tensor"),
]


@pytest.mark.parametrize(("value", "what"), ODD, ids=[what for _, what in ODD])
@pytest.mark.filterwarnings("ignore")  # torch's, on sparse tensors
def test_what_has_no_such_form_is_named_and_never_fails(value, what):
    back = returned(value)
    assert isinstance(back, StandIn)
    assert back.what == what


@pytest.mark.filterwarnings("ignore")  # torch's, on quantized tensors
def test_a_quantized_tensor_is_named():
    assert returned(torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)).what == "a quantized tensor"


@pytest.mark.parametrize(
    ("value", "length"),
    [({1, 2}, 2), (collections.Counter("aab"), 2), (np.zeros(ROOM + 1), ROOM + 1)]
    + [(torch.utils.data.TensorDataset(torch.zeros(7)), 7), (1j.real.hex, None), (Point, None)],
)
def test_a_stand_in_knows_a_length_at_most(value, length):
    back = returned(value, "seen")
    assert isinstance(back, Sized) == (length is not None)
    if length is not None:
        assert len(back) == length
    x = np.ones(2)
    for use in (
        *(str, repr, bool, int, float, iter, hash, abs, round, sum, max, sorted, list, format),
        *(lambda v: v[0], lambda v: v.real, lambda v: v + 1, lambda v: 1 - v, lambda v: v == 1, lambda v: v < 1, lambda v: -v),
        *(lambda v: 1 in v, lambda v: v in [1], lambda v: f"{v:.2f}", lambda v: x * v, lambda v: x[v], lambda v: v(1)),
    ):
        with pytest.raises(BookError, match=r"^seen is an? \S+.*, which cannot be quoted; quote "):
            use(back)


def test_what_cannot_be_packed_leaves_the_rest():
    values = Unpacked(saved({"z": 1j, "f": print, "runs": [0.5, {2}], "_x": 1, "print": print, "math": math, "np": np}))
    assert values.packed.keys() == {"z", "f", "runs"}
    assert [name for name in values.packed if quotable(values.packed[name])] == ["z", "runs"]
    assert values["runs"][0] == 0.5
    with pytest.raises(BookError, match="^a part of runs is a set, which cannot be quoted"):
        str(values["runs"][1])


def test_a_name_that_hides_a_function_of_quotes_is_kept():
    assert saved({"len": max, "math": np, "mean": np.mean}).keys() == {"len", "math", "mean"}

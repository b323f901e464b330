"""A reader's optimizer is read from a file, tried before anything runs, and refused in a sentence with its line."""

import re

import pytest
import torch

from downhill import BookError
from downhill.frozen import optimizer
from tests.frozen.conftest import SIGNS


@pytest.fixture
def mine(tmp_path):
    """A function that writes a file, and returns it; what was read of another is forgotten."""

    def write(text: str):
        for cached in (optimizer.read, optimizer._names):
            cached.cache_clear()
        (tmp_path / "mine.py").write_text(text)
        return tmp_path / "mine.py"

    return write


def test_a_class_or_a_function_is_all_that_a_file_needs(mine):
    assert optimizer.read(mine(SIGNS)).__name__ == "Signs"
    optimizer.tried(mine(SIGNS))
    made = optimizer.read(mine(f"{SIGNS}\n\ndef optimizer(parameters, lr):\n    return Signs(parameters, lr, beta=0.5)\n"))
    assert made([torch.zeros(1)], lr=0.1).defaults == {"lr": 0.1, "beta": 0.5}
    short = mine("from torch.optim import Adam as optimizer")
    assert optimizer.read(short) is torch.optim.Adam
    optimizer.tried(short)


def test_rates_are_those_of_the_file_or_none(mine):
    assert optimizer.rates(mine(SIGNS)) == (None, None)
    assert optimizer.rates(mine(SIGNS + "\nrates = 1e-4, 1e-1\n")) == (1e-4, 0.1)


FORM = re.escape("a class derived from torch.optim.Optimizer, or a function optimizer(parameters, lr) that returns one")
FUNCTION = "import torch\n\n\ndef optimizer(parameters, lr):\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", f"1: defines no optimizer; it needs {FORM}"),
        ("from torch.optim import Adam\n", f"1: defines no optimizer; it needs {FORM}"),
        (f"{SIGNS}\n\nclass Other(Signs):\n    pass\n", "1: defines Signs, Other: call the one that is meant optimizer"),
        ("x = (\n", "1: '.' was never closed"),
        ("x = 1\ny = x / 0\n", "2: ZeroDivisionError: division by zero"),
        (FUNCTION + "    return None\n", "4: optimizer returns NoneType, not a torch.optim.Optimizer"),
        (FUNCTION + "    return torch.optim.Adam(parameters, lr, gamma=1)\n", "5: TypeError: .*gamma"),
        (SIGNS.replace("self.state[x]", "self.stat[x]"), "14: AttributeError: .*stat"),
        (SIGNS.replace("x.sub_", "x.sub"), "6: after two steps at the rate 0.001 no weight has moved"),
        (SIGNS.replace('"lr": lr, ', ""), '6: a group of its parameters has no "lr", which schedules change'),
        ("import beside\n" + SIGNS, "1: imports beside from beside it; put all into this one file"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(mine, tmp_path, monkeypatch, text, said):
    (tmp_path / "beside.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BookError, match=rf"mine\.py:{said}"):
        optimizer.tried(mine(text))


@pytest.mark.parametrize("rates", ["1e-3", "1e-1, 1e-4", "0, 1", "'a', 'b'", "1, 2, 3", "1, float('inf')"])
def test_rates_that_are_none_are_told(mine, rates):
    with pytest.raises(BookError, match=r"mine\.py:18: rates are the lowest and the highest to try, as in rates = 1e-4, 1e-1"):
        optimizer.rates(mine(f"{SIGNS}\nrates = {rates}\n"))


def test_a_file_that_is_not_there_is_told(tmp_path):
    said = rf"mine\.py: cannot be read \(No such file or directory\); name a file with {FORM}"
    with pytest.raises(BookError, match=said):
        optimizer.rates(tmp_path / "mine.py")

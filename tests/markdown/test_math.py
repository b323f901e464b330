"""Formulas become MathML, or are refused."""

import pytest

from downhill.markdown import math


@pytest.mark.parametrize("latex", [r"\undefined", r"\frac{1}", r"a \\[4pt] b", r"\rule{1em}{1em}\kern9em x"])
def test_a_formula_that_cannot_be_converted_is_an_error(latex):
    with pytest.raises(math.FormulaError):
        math.convert(latex, True)


def test_signs_are_those_that_are_meant():
    def shown(latex: str) -> list[str]:
        return [element.text for element in math.convert(latex, True).iter() if element.text]

    assert shown(r"1 - \dots = 2") == ["1", "−", "⋯", "=", "2"]
    assert shown(r"1, \dots, n") == ["1", ",", "…", ",", "n"]
    assert shown(r"\overline{x}") == ["x", "\u203e"]
    assert math.convert("x.", True)[-1].tag == "mtext"

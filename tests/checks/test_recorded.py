"""Frozen numbers that pages quote and nobody has recorded: `check` names each quote, and the command that mends it."""

import pytest

from downhill.__main__ import main
from tests.small import change


@pytest.fixture
def measured(bare):
    """A small book with numbers of a full run and of an experiment."""
    for name in ("full/line", "experiments/rates"):
        path = bare / "data" / f"{name}.json"
        path.parent.mkdir(parents=True)
        path.write_text('{"values": {"a": 0.25, "b": [2, 3]}}', encoding="utf-8")
    return bare


def unrecorded(root, capsys) -> list[str]:
    main(["--root", str(root), "check"])
    return [line for line in capsys.readouterr().err.splitlines() if "has no entry in data/record" in line]


@pytest.mark.parametrize("stem", ["full/line", "experiments/rates"])
@pytest.mark.parametrize("expression", ["a:.1%", "b[0]", "a + b[1]"])
def test_a_frozen_value_without_an_entry_is_named_with_its_remedy(measured, capsys, stem, expression):
    for language, text in (("en", "It ends at"), ("zh", "终点是")):
        change(measured / "docs" / language / "index.md", text, f"{text} {{{{ {stem}: {expression} }}}},")
    said = f"the value {{{{ {stem}: {expression} }}}} has no entry in data/record; run `python -m downhill record {stem}`"
    assert unrecorded(measured, capsys) == [f"docs/{language}/index.md:3: {said}" for language in ("en", "zh")]
    assert main(["--root", str(measured), "record", stem]) == 0
    capsys.readouterr()
    assert unrecorded(measured, capsys) == []
    change(measured / "docs" / "en" / "index.md", "It ends at", f"It ends at {{{{ {stem}: a + 1 }}}} and")
    assert [line.partition(": the")[0] for line in unrecorded(measured, capsys)] == ["docs/en/index.md:3"]

"""The mutation run: mutants are made where they should be, and who notices them is told right."""

import tomllib

import pytest

from bench.mutants import mutations, report
from bench.mutants.__main__ import HERE, Crew, drawn, new, of
from downhill.execution import data
from tests import PATIENCE

TOY = '''"""A step."""

import matplotlib.pyplot as plt
import numpy as np


def path(x, lr, steps=3):
    """Return the path from x.

    {doctest}
    """
    points = [x]
    for _ in range(steps):
        x = x - lr * 3.0 * x if lr > 0 else x
        points.append(x)
    return points


line, seen = np.array(path(1.0, 0.1)), max(path(1.0, 0.5))
fig, ax = plt.subplots(figsize=(4, 3))
ax.plot(line, linewidth=2.0)
plt.show()
'''
GOOD = TOY.format(doctest=">>> [round(x, 9) for x in path(2.0, 0.1)]\n    [2.0, 1.4, 0.98, 0.686]")
WEAK = TOY.format(doctest=">>> len(path(2.0, 0.1))\n    4")


@pytest.fixture(scope="module")
def crew(book, tmp_path_factory):
    crew = Crew(tmp_path_factory.mktemp("mutants"), data.unpacked(book.root, book.cache), 1, torch=False)
    yield crew
    crew.end()


def outcomes(crew, source: str, changes: dict[str, str], limit: float = PATIENCE) -> dict[str, dict]:
    base, _ = crew.base(source, ["seen:.2f"], mnist=False)
    job = {"quotes": ["seen:.2f"], "mnist": False, "base": base, "limit": limit}
    assert all(before in source for before in changes)
    return {after: crew.run(job | {"source": source.replace(before, after)}) for before, after in changes.items()}


def test_a_good_doctest_notices_what_a_weak_one_does_not(crew):
    changes = {"x - lr": "x + lr", "lr * 3.0": "lr", "lr > 0 else": "lr <= 0 else"}
    good, weak = outcomes(crew, GOOD, changes), outcomes(crew, WEAK, changes)
    for change in changes.values():
        assert good[change]["doctests"] and not weak[change]["doctests"], change
        assert weak[change]["page"] and weak[change]["record"], change


def test_what_does_not_show_is_told_from_what_does(crew):
    changes = {"path(1.0, 0.5)": "path(1.0, 0.4)", "path(1.0, 0.1)": "path(1.0, 0.2)", "linewidth=2.0": "linewidth=1.6"}
    ended = outcomes(crew, GOOD, changes)
    assert [ended[change]["page"] for change in changes.values()] == [False, True, False]


def test_a_mutant_that_does_not_end_or_run_is_stopped(crew):
    changes = {"range(steps)": "iter(int, 1)", "x = x -": "x = no -", "(1.0, 0.1))": "(1.0, 0.1, 10**12))"}
    ended = outcomes(crew, GOOD, changes, limit=2)
    assert all("stopped" in end for end in ended.values()), ended


def test_mutants_are_the_mistakes_that_a_hand_makes():
    found = mutations.of("toy", GOOD)
    changed = {mutant.after for mutant in found}
    for text in ("x = x + lr * 3.0 * x if lr > 0 else x", "x = x - lr * 3.0 if lr > 0 else x", "for _ in []:"):
        assert text in changed
    for text in ("x = x - lr * 2.4 * x if lr > 0 else x", "x = x - lr * 3.0 * x if not lr > 0 else x"):
        assert text in changed
    assert "x = x - lr * x if lr > 0 else x" in changed  # a lost factor
    assert not [mutant for mutant in found if "figsize" in mutant.before or "linewidth" in mutant.before]
    assert {mutant.function for mutant in found} == {"", "path"}
    assert len({mutant.key for mutant in found}) == len({mutant.source for mutant in found}) == len(found)
    assert found == mutations.of("toy", GOOD)
    line = "x = x - lr * 3.0 * x if lr > 0 else x"
    some = mutations.of("toy", GOOD, {line})
    assert set(some) < set(found)
    assert [mutant for mutant in some if mutant.before == line] == [mutant for mutant in found if mutant.before == line] != []


def test_every_reason_is_that_of_a_mutant(book):
    given = tomllib.loads((HERE / "reasons.toml").read_text(encoding="utf-8"))
    assert set(given) <= set(book.snippets)
    for name, reasons in report.reasons().items():
        lines = {key.partition(" → ")[0] for key in reasons}
        keys = {mutant.key for mutant in mutations.of(name, book.snippets[name], lines)}
        assert set(reasons) <= keys, f"{name}: {sorted(set(reasons) - keys)}"
        assert all(len(reason) > 10 for reason in reasons.values())


def test_only_what_is_new_or_changed_runs_again(book):
    before = {name: {"of": of(source)} for name, source in book.snippets.items()}
    assert new(book, before) == []
    before["momentum/valley"] = {"of": of(book.snippets["momentum/valley"].replace(">>>", ">>> 0 or", 1))}
    del before["momentum/nesterov"]
    assert len(new(book, before)) == 2 and "momentum/valley" in new(book, before)
    assert drawn(book, "adaptive/rare_words", 120) == 16 < drawn(book, "adaptive/vocabulary", 120) < 100


def test_the_table_says_how_many_and_when():
    line = {"made": 3, "mutants": 3, "stopped": 1, "page": 2, "doctests": 1, "either": 2, "functions": 1, "taught": 0}
    left = [{"line": 4, "mutant": "a → b", "page": True}]
    found = {"one/x": {"date": "2026-11-26", "of": "0", **line, "survivors": left}}
    found["two/y"] = {"date": "2026-11-27", "of": "1", **line, "survivors": []}
    table = report.markdown({"snippets": found}).splitlines()
    assert table[-3] == "| all | 6 | 2 | 4 | 2 (50.0%) | 4 (100.0%) | 2 | 0 (0.0%) |"
    assert table[-1].startswith("2 programs, which ran on 2026-11-26, 2026-11-27. 0 mutants survived with a reason, 1 without")

"""Which files and statements of an experiment decide what it measures, and that its modules are nobody else's."""

import importlib.metadata
import sys

import pytest

from downhill.frozen import program
from tests.small import change

FILES = {
    "race.py": """'''A race.'''

import net as model
from _protocol import first

SPACES = {"sgd": (1, 2)}
CASES = first(SPACES)
SMALL = CASES


def run(**case):
    from training import train

    return train(model, **case)


def then(results):
    return first(SPACES)[len(results):]


def values(results):
    return {}
""",
    "_protocol.py": "'''What is asked.'''\n\nfrom training import STEPS\n\n\ndef first(spaces):\n    return [STEPS]\n",
    "_other.py": "def unused():\n    pass\n",
    "workloads/net.py": "'''A net.'''\n\nfrom digits import rows\n\nSIZE = len(rows())\n",
    "workloads/digits.py": "def rows():\n    return [1, 2]\n",
    "workloads/training.py": "STEPS = 5\n\n\ndef train(model, **case):\n    return model.SIZE\n",
    "workloads/other.py": "",
}


@pytest.fixture
def race(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "experiments" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "experiments" / "race.py"


def told(path) -> tuple[str, str]:
    return program.digest(path), program.question(path)


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        ("race.py", "train(model, **case)", "train(model, **case) + 1", "digest"),
        ("race.py", "import net as model", "import digits as model", "digest"),
        ("workloads/net.py", "len(rows())", "len(rows()) + 1", "digest"),
        ("workloads/digits.py", "[1, 2]", "[1, 2, 3]", "digest"),
        ("workloads/training.py", "STEPS = 5", "STEPS = 6", "digest"),  # the protocol reads it too
        ("race.py", "(1, 2)", "(1, 3)", "question"),
        ("race.py", "len(results)", "len(results) + 1", "question"),
        ("race.py", "return {}", "return {1: 2}", "question"),
        ("race.py", "import first", "import first, last", "question"),
        ("_protocol.py", "[STEPS]", "[STEPS + 1]", "question"),
        ("race.py", "A race.", "Another race.", None),
        ("workloads/net.py", "A net.", "Another net.", None),
        ("workloads/digits.py", "    return", "    # two\n    return", None),
        ("_other.py", "pass", "return 1", None),
    ],
)
def test_a_change_of_a_file_is_one_of_how_or_of_what_is_measured_or_of_neither(race, name, old, new, changed):
    before = told(race)
    change(race.parent / name, old, new)
    assert tuple(a == b for a, b in zip(before, told(race), strict=True)) == (changed != "digest", changed != "question")


def test_what_only_a_helper_of_run_uses_decides(race):
    change(race, "def run(**case):", "def steps():\n    return first({})\n\n\ndef run(**case):")
    before = told(race)
    change(race.parent / "_protocol.py", "[STEPS]", "[STEPS + 1]")
    assert told(race)[0] != before[0]


def test_the_frozen_results_from_which_cases_follow_are_part_of_the_question(race):
    change(race, "SMALL = CASES", 'SMALL = CASES\nAFTER = ["other"]')
    frozen = race.parents[1] / "data" / "experiments" / "other.json"
    missing = told(race)
    frozen.parent.mkdir(parents=True)
    frozen.write_text('{"date": 1, "results": [[{"seed": 0}, 1]]}')
    before = told(race)
    frozen.write_text('{"date": 2, "results": [[{"seed": 0}, 1]]}')
    assert told(race) == before
    frozen.write_text('{"date": 2, "results": [[{"seed": 0}, 2]]}')
    after = told(race)
    assert missing[0] == before[0] == after[0] and len({missing[1], before[1], after[1]}) == 3


def test_packages_and_relative_imports_are_followed(race):
    folder = race.parent / "workloads" / "deep"
    folder.mkdir()
    for name, text in {"__init__": "", "a": "from . import b\nfrom .c import d\n", "b": "", "c": "d = 1\n"}.items():
        (folder / f"{name}.py").write_text(text)
    change(race, "import net as model", "import net as model\nimport deep.a")
    for name in ("__init__", "a", "b", "c"):
        before = told(race)
        (folder / f"{name}.py").write_text((folder / f"{name}.py").read_text() + "x = 1\n")
        assert told(race)[0] != before[0], name


def test_its_modules_are_nobody_elses(race):
    path, modules = list(sys.path), set(sys.modules)
    names = program.load(race)
    assert names["CASES"] == [5]
    assert sys.path == path
    assert not {"net", "digits", "training", "_protocol"} & (set(sys.modules) - modules)
    with program.importing(race):  # as where a case runs
        assert names["run"]() == 2


def test_of_two_books_each_has_its_own(race, tmp_path):
    other = tmp_path / "other" / "experiments"
    for name, text in FILES.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text.replace("STEPS = 5", "STEPS = 7"))
    assert [program.load(path)["CASES"] for path in (race, other / "race.py", race)] == [[5], [7], [5]]


def test_an_experiment_may_be_called_as_its_workload(race):
    path = race.rename(race.with_name("net.py"))
    with program.importing(path):
        assert program.load(path)["run"]() == 2
    before = told(path)
    change(path.parent / "workloads" / "net.py", "len(rows())", "len(rows()) + 1")
    assert told(path)[0] != before[0]


def test_the_versions_are_also_those_of_what_it_imports(race):
    assert "pytorch_optimizer" not in program.versions(race)
    change(
        race.parent / "workloads" / "digits.py", "def rows", "from pytorch_optimizer import Lion  # noqa: F401\n\n\ndef rows"
    )
    assert program.versions(race)["pytorch_optimizer"] == importlib.metadata.version("pytorch_optimizer")


def test_what_hides_an_import_is_told_with_its_line(race):
    assert program.hidden(race) == []
    change(race.parent / "workloads" / "digits.py", "def rows():", "import importlib\n\n\ndef rows():")
    change(race.parent / "workloads" / "digits.py", "return [1, 2]", 'return importlib.import_module("other").rows')
    assert program.hidden(race) == ["experiments/workloads/digits.py:5: import_module hides what it brings in; write `import`"]

"""The frozen experiments: a case of each runs again, their machinery resumes, their optimizers are torch's.

The workflow of each week runs all of their small parts again (`downhill experiments --verify`).
"""

import datetime
import doctest
import json
import shutil
import statistics

import numpy as np
import pytest
import torch

from downhill import BookError
from downhill.execution import data
from downhill.frozen import cases, experiments, program
from downhill.manuscript import packing
from downhill.manuscript.book import Book
from tests.book import ROOT
from tests.small import change

NAMES = sorted(path.stem for path in (ROOT / "experiments").glob("[!_]*.py"))
THEN = '''def then(results):
    """Both with another seed, the first of which are there; a third if the second was more than two."""
    worst = max(result["error"] for _, result in results)
    cases = [case for case, _ in results[:1]] + [{"a": a, "seed": 9} for a in (1, 2)]
    return cases + ([{"a": 3, "seed": 0}] if worst > 2.5 else [])
'''


def frozen(name: str) -> dict:
    return json.loads((ROOT / "data" / "experiments" / f"{name}.json").read_text(encoding="utf-8"))


def seconds(name: str) -> float:
    """Return how long the first small case took when it was frozen, where that is known."""
    return frozen(name).get("seconds", {}).get("small", [0])[0]


@pytest.mark.parametrize("name", [name for name in NAMES if seconds(name) < 10])
def test_the_first_small_case_gives_its_frozen_numbers(name, tmp_path):
    """Held against the same seed, within what `--verify` lets the mean of all seeds differ by."""
    path, kept = ROOT / "experiments" / f"{name}.py", frozen(name)["small"]
    case = program.load(path)["SMALL"][0]
    data.furnish(tmp_path, data.unpacked(ROOT, ROOT / ".cache"))
    record, wrong = cases.one(path, tmp_path, tmp_path, cases.How(), case)
    assert not wrong and case == kept[0][0]
    seeds, again = experiments.by_seed(kept), experiments.by_seed([[case, record["result"]]])
    assert seeds.keys() == again.keys() and seeds
    for place, (first, *rest) in seeds.items():
        assert abs(again[place][0] - first) <= 4 * statistics.stdev([first, *rest]) + 1e-12, place


@pytest.mark.parametrize("name", NAMES)
def test_frozen_numbers_are_those_of_the_experiments_as_they_stand(name):
    kept, experiment = frozen(name), program.load(ROOT / "experiments" / f"{name}.py")
    assert kept["program_sha256"] == program.digest(ROOT / "experiments" / f"{name}.py")
    here = cases.Experiment(Book(ROOT), ROOT / "experiments" / f"{name}.py", 60_000, cases.How())
    staged = cases.staged(here, here.known)
    assert [case for case, _ in staged] == [case for case, _ in kept["results"]]
    results = cases.pairs(record for _, record in staged)
    for key, value in experiment["values"](results).items():
        assert packing.unpack(kept["values"][key]) == value
    assert kept["values"]["digits"] == 60_000
    assert len({case["seed"] for case, _ in kept["results"]}) >= 3


def test_frozen_numbers_agree_with_the_full_run_of_a_snippet():
    path = ROOT / "data" / "full" / "mnist_sgd.json"
    if not path.exists():
        pytest.skip("no full run is committed")
    snippet = packing.unpack(json.loads(path.read_text())["values"]["test_errors"])
    measured = packing.unpack(frozen("recipes")["values"]["error"])["plain"]
    assert abs(statistics.fmean(measured) - statistics.fmean(snippet)) < 4 * statistics.stdev(measured)


def quoted(name: str) -> dict:
    return {key: packing.unpack(value) for key, value in frozen(name)["values"].items()}


@pytest.mark.parametrize("name", ["rates", "batches", "betas"])
def test_no_best_rate_lies_at_an_end_of_its_grid(name):
    values = quoted(name)
    for case, column in values["error"].items():
        assert min(column) < values["best"][case] < max(column)
        if "good" in values:
            assert min(column) < values["good"][case][0] <= values["good"][case][1] < max(column)


@pytest.mark.parametrize("name", ["rates", "batches", "betas", "decays"])
def test_test_digits_choose_nothing(name):
    experiment, chosen = program.load(ROOT / "experiments" / f"{name}.py"), quoted(name)
    results = [(case, packing.unpack(result)) for case, result in frozen(name)["results"]]
    other = [(case, result | {"error": [100 - e for e in result["error"]]}) for case, result in results]
    values = experiment["values"](other)
    assert values["error"] != chosen["error"]
    assert all(values[key] == chosen[key] for key in ("best", "good") if key in chosen)


def test_differences_are_those_of_the_runs_of_one_seed():
    values = quoted("rates")
    top, gap = values["top"], values["gap"]
    for schedule in ("constant", "cosine"):
        pairs = zip(top["adamw", schedule], top["sgd", schedule], strict=True)
        assert gap["adamw", "sgd", schedule] == pytest.approx([a - b for a, b in pairs])
        assert gap["sgd", "adamw", schedule] == pytest.approx([-d for d in gap["adamw", "sgd", schedule]])


def test_validation_digits_are_the_last_and_are_not_trained_on(tmp_path, monkeypatch):
    shared = program.load(ROOT / "experiments" / "_softmax.py", tmp_path)
    data.furnish(tmp_path, data.unpacked(ROOT, ROOT / ".cache"))
    monkeypatch.chdir(tmp_path)
    (x, y), (x_held, y_held), (x_test, _) = shared["digits"]()
    labels = torch.from_numpy(np.fromfile(tmp_path / "data/MNIST/raw/train-labels-idx1-ubyte", np.uint8, offset=8).astype(int))
    assert (len(x), len(x_held), len(x_test)) == (8000, 2000, 10_000)
    assert torch.equal(torch.cat([y, y_held]), labels)


@pytest.mark.parametrize("name", ["decades", "best", "pairs"])
def test_examples_of_what_experiments_share_hold(name):
    shared = program.load(ROOT / "experiments" / "_softmax.py")
    (example,) = doctest.DocTestFinder().find(shared[name], name, globs=shared)
    assert doctest.DocTestRunner().run(example) == (0, 1)


def test_cases_follow_from_results_until_none_does(counted, frozen_counted, small):
    path, freeze = frozen_counted
    change(path, "def values(", THEN + "\n\ndef values(")
    assert freeze() == "19 29 30 "
    assert freeze() == ""
    kept = json.loads((small / "data" / "experiments" / "counted.json").read_text())
    assert [case["seed"] for case, _ in kept["results"]] == [0, 1, 0, 1, 9, 9, 0]
    assert kept["values"]["error"]["list"][-1] == 3


def test_a_difference_of_more_than_four_sd_is_told(frozen_counted, small):
    path, _ = frozen_counted
    here = cases.Experiment(Book(small), path, 10_000, cases.How())
    records = [{"case": {"a": 1, "seed": seed}, "result": {"dict": ["error", 1 + 0.1 * seed]}} for seed in (0, 1)]
    assert experiments.differing(here, records) == []
    for error, said in [(1.3, []), (1.4, [f"{here.place}: a 1: number 0 is 1.4, frozen is 1.05"])]:  # the sd is 0.0707
        assert experiments.differing(here, [record | {"result": {"dict": ["error", error]}} for record in records]) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0.1 * seed", "0.1 * seed + 0", "its frozen numbers are another program's"),
        ("CASES[:2]", "CASES[:1]", "its cases or its values have changed since"),
        ('"error": [', '"errors": [', "its cases or its values have changed since"),
    ],
)
def test_stale_numbers_fail_verify_with_their_remedy(frozen_counted, small, old, new, said):
    path, _ = frozen_counted
    change(path, old, new)
    with pytest.raises(BookError) as error:
        experiments.verify(Book(small), [])
    remedy = "run `make experiments NAMES=counted`, and commit data/experiments/counted.json"
    assert str(error.value) == f"experiments/counted.py:1: {said}; {remedy}"


def test_a_small_part_with_one_seed_is_refused_in_a_sentence(frozen_counted, small):
    path, freeze = frozen_counted
    change(path, "SMALL = CASES[:2]", "SMALL = CASES[:3]")
    said = "experiments/counted.py:1: SMALL has one seed for a 2; give it two, by which --verify knows how far it scatters"
    with pytest.raises(BookError) as error:
        freeze()
    assert str(error.value) == said
    here = cases.Experiment(Book(small), path, 10_000, cases.How())
    assert experiments.alone(here) == [said]


def test_numbers_of_another_device_are_not_compared(frozen_counted, small):
    target = small / "data" / "experiments" / "counted.json"
    change(target, '"device": "cpu"', '"device": "cuda, NVIDIA A100"')
    with pytest.raises(
        BookError, match=r"counted\.json:1: was measured on cuda, NVIDIA A100, and this is cpu: they are not compared"
    ):
        experiments.verify(Book(small), [])


def test_a_device_freezes_apart_and_wants_a_parameter(frozen_counted, small):
    path, _ = frozen_counted
    meta = cases.How(device="meta")
    with pytest.raises(BookError, match=r"counted\.py:1: its run has no parameter device, so it cannot run on meta"):
        experiments.run(Book(small), ["counted"], small, meta)
    change(path, "def run(a, seed):", "def run(a, seed, device=None):")
    change(path, '{"error": a + 0.1 * seed}', '{"error": a + 0.1 * seed, "on": device}')
    before = (small / "data" / "experiments" / "counted.json").read_text()
    experiments.run(Book(small), [], small, meta)
    kept = json.loads((small / "data" / "experiments" / "meta" / "counted.json").read_text())
    assert (kept["device"], kept["results"][0][1]) == ("meta", {"dict": ["error", 1.0, "on", "meta"]})
    assert (small / "data" / "experiments" / "counted.json").read_text() == before
    change(path, "0.1 * seed", "0.2 * seed")
    assert [told.partition("; ")[2] for told in experiments.problems(Book(small))] == [
        "run `make experiments NAMES=counted`, and commit data/experiments/counted.json",
        'run `make experiments NAMES=counted ARGS="--device meta"`, and commit data/experiments/meta/counted.json',
    ]


def test_frozen_numbers_carry_where_they_come_from(frozen_counted, small):
    path, _ = frozen_counted
    kept = json.loads((small / "data" / "experiments" / "counted.json").read_text())
    assert (kept["program_sha256"], kept["question_sha256"]) == (program.digest(path), program.question(path))
    assert (kept["seeds"], kept["device"], kept["values"]["digits"], kept["small_digits"]) == ([0, 1], "cpu", 10_000, 10_000)
    assert {"python", "numpy", "torch", "joblib"} <= kept["versions"].keys()
    assert datetime.date.fromisoformat(kept["values"]["date"])
    assert [len(kept["seconds"][key]) for key in ("small", "results")] == [2, 4]


def test_some_cases_run_alone_and_freeze_nothing(frozen_counted, small, capsys):
    path, freeze = frozen_counted
    change(path, "(1, 2)", "(1, 2, 3, 4)")
    target = small / "data" / "experiments" / "counted.json"
    before = target.read_text()
    capsys.readouterr()
    assert freeze(only="4,counted") == "40 41 "
    assert target.read_text() == before
    said = "counted, 10000 digits: 6 of 8 cases are there; nothing is frozen until it is run without --only"
    assert capsys.readouterr().out.splitlines()[-1] == said
    assert freeze() == "30 31 "
    assert target.read_text() != before


@pytest.mark.parametrize(
    ("only", "asked"),
    [
        ("adam", ["adam sgd-like 0", "adam cosine 0", "adam cosine 1"]),
        ("adam,muon", ["adam sgd-like 0", "adam cosine 0", "adam cosine 1", "muon cosine 0"]),
        ("adam,cosine", ["adam cosine 0", "adam cosine 1"]),
        ("adam,muon,cosine,0,race", ["adam cosine 0", "muon cosine 0"]),
        ("", ["sgd cosine 0", "adam sgd-like 0", "adam cosine 0", "adam cosine 1", "muon cosine 0"]),
    ],
)
def test_words_of_one_key_mean_or_and_of_several_and(small, only, asked):
    found = race(small, ["sgd cosine 0", "adam sgd-like 0", "adam cosine 0", "adam cosine 1", "muon cosine 0"])
    having, wanted = experiments.asked_for([found], only)
    assert having == [found]
    assert [" ".join(map(str, case.values())) for case in found.names()["CASES"] if wanted(found, case)] == asked


def race(small, told: list[str]):
    rows = [dict(zip(("method", "schedule", "seed"), row.split(), strict=True)) for row in told]
    path = small / "experiments" / "race.py"
    path.parent.mkdir()
    path.write_text(f"CASES = SMALL = {rows}\n\n\ndef run(**case):\n    pass\n")
    return cases.Experiment(Book(small), path, 10_000, cases.How())


def test_experiments_without_such_a_case_are_left_out(frozen_counted, small):
    path, _ = frozen_counted
    path.with_name("other.py").write_text(path.read_text().replace("(1, 2)", "(1, 5)"))
    program.load.cache_clear()
    head, *rows = experiments.listed(Book(small), [], only="5").splitlines()
    assert [row.split()[:3] for row in rows] == [["other", "2", "0"]]
    assert experiments.priced(Book(small), [], only="2").startswith("counted, 10000 digits: all 2 cases")


def test_numbers_that_are_missing_are_told(frozen_counted, small):
    here = cases.Experiment(Book(small), frozen_counted[0], 10_000, cases.How())
    records = [{"case": {"a": 1, "seed": seed}, "result": {"float": "nan"}} for seed in (0, 1)]
    (said,) = experiments.differing(here, records)
    assert said == f"{here.place}: does not have the same numbers as what ran: a 1: number 0"


def test_a_word_that_no_case_has_is_told(small):
    with pytest.raises(BookError, match=r"--only adm: no case has this value; did you mean adam\?"):
        experiments.asked_for([race(small, ["adam cosine 0"])], "cosine,adm")


def test_what_there_is_and_what_it_will_cost_is_told_without_a_run(frozen_counted, small):
    path, _ = frozen_counted
    today = json.loads((small / "data" / "experiments" / "counted.json").read_text())["values"]["date"]
    (small / "runs").write_text("")
    shutil.rmtree(small / ".cache" / "experiments")  # another clone
    head = "experiment  cases  there  frozen?"
    assert experiments.listed(Book(small), []).splitlines() == [head, f"counted         4      4  on {today}, cpu"]
    assert experiments.priced(Book(small), []) == "counted, 10000 digits: all 4 cases are there"
    change(path, "0.1 * seed", "0.2 * seed")
    stale = "counted         2      0  its frozen numbers are another program's"
    assert experiments.listed(Book(small), [], only="2").splitlines() == [head, stale]
    price = "counted, 10000 digits: 4 of 4 cases to run, about 1 s of one core\nin all about 1 s, 2 at a time"
    assert experiments.priced(Book(small), [], cases.How(jobs=2)) == price
    change(path, "def values(", THEN + "\n\ndef values(")
    (small / "data" / "experiments" / "counted.json").unlink()
    program.load.cache_clear()
    unknown = (
        "counted, 10000 digits: 4 of 4 cases to run, at a cost that is known when one has run, and those that follow from them"
    )
    assert experiments.priced(Book(small), []) == unknown
    assert (small / "runs").read_text() == ""


def test_bad_input_gets_a_sentence(small):
    (small / "experiments").mkdir()
    with pytest.raises(BookError, match="no experiment nothing"):
        experiments.run(Book(small), ["nothing"], None)


def test_a_frozen_file_is_left_alone_and_measures_nothing_again(frozen_counted, small):
    path, freeze = frozen_counted
    target = small / "data" / "experiments" / "counted.json"
    change(target, '"date": "20', '"date": "19')  # another day
    change(target, '"python": "3', '"python": "4')
    before = target.read_text()
    shutil.rmtree(small / ".cache" / "experiments")  # another clone
    assert freeze() == ""
    assert target.read_text() == before
    change(path, "(1, 2)", "(1, 2, 3)")
    assert freeze() == "30 31 "
    change(target, '"date": "20', '"date": "19')
    change(path, "CASES[:2]", "CASES[0:2]")  # another question, the same answers
    assert freeze() == ""
    assert '"date": "19' in target.read_text()
    change(target, '"date": "19', '"date": "20')
    assert '"date": "20' in target.read_text()
    change(target, '"numpy": "', '"numpy": "0.')
    shutil.rmtree(small / ".cache" / "experiments")
    assert freeze() == "10 11 20 21 30 31 "


def test_frozen_files_that_do_not_fit_are_told_without_a_run(frozen_counted, small):
    path, _ = frozen_counted
    target, remedy = small / "data" / "experiments" / "counted.json", "run `make experiments NAMES=counted`"
    assert experiments.problems(Book(small)) == []
    written = target.read_text()
    for edit, said in [
        (lambda text: text[:40], "data/experiments/counted.json:2: cannot be read"),
        (lambda text: text.replace('"values"', '"value"'), "data/experiments/counted.json:1: cannot be read"),
        (lambda text: text.replace('"program_sha256": "', '"program_sha256": "0'), "frozen numbers are another program's"),
        (lambda text: text.replace('"question_sha256": "', '"question_sha256": "0'), "its cases or its values have changed"),
    ]:
        target.write_text(edit(written))
        (told,) = experiments.problems(Book(small))
        assert said in told
        assert remedy in told
    target.write_text(written)
    (small / "pyproject.toml").write_text('[project]\ndependencies = ["numpy==0.1"]\n')
    assert "measured with numpy" in experiments.problems(Book(small))[0]
    (small / "pyproject.toml").unlink()
    target.rename(target.with_name("gone.json"))
    assert [told.partition(";")[0] for told in experiments.problems(Book(small))] == [
        "experiments/counted.py:1: has no frozen numbers",
        "data/experiments/gone.json:1: there is no experiments/gone.py",
    ]


@pytest.mark.parametrize(
    ("method", "ours", "make"),
    [
        ("sgd", {"beta": 0.9, "decay": 0.01}, lambda w, lr: torch.optim.SGD([w], lr, momentum=0.9, weight_decay=0.01)),
        ("nag", {"beta": 0.9}, lambda w, lr: torch.optim.SGD([w], lr, momentum=0.9, nesterov=True)),
        ("adam", {"decay": 0.01}, lambda w, lr: torch.optim.Adam([w], lr, weight_decay=0.01)),
        ("adamw", {"decay": 0.01}, lambda w, lr: torch.optim.AdamW([w], lr, weight_decay=0.01)),
    ],
)
def test_its_optimizers_are_those_of_torch(method, ours, make):
    step = program.load(ROOT / "experiments" / "_softmax.py")["step"]
    rates = [0.01, 0.1]
    torch.manual_seed(0)
    start = torch.randn(5, 2, dtype=torch.float64)
    gradients = torch.randn(100, 5, 2, dtype=torch.float64)
    w, state = start.clone(), {}
    options = {key: torch.tensor([value] * 2, dtype=torch.float64) for key, value in ours.items()}
    for g in gradients:
        step(w, g, state, method, torch.tensor(rates, dtype=torch.float64), **options)
    for column, rate in enumerate(rates):
        theirs = start[:, column].clone()
        optimizer = make(theirs, rate)
        for g in gradients:
            theirs.grad = g[:, column].clone()
            optimizer.step()
        assert (w[:, column] - theirs).abs().max() < 1e-12

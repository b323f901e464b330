"""The record: the book is as recorded; whatever changes is named with its place; another machine has a stated tolerance."""

import json
import shutil

import pytest

from downhill import BookError
from downhill.__main__ import main
from downhill.execution import agreement, record, runner
from downhill.manuscript.book import Book
from tests.book import ROOT
from tests.small import change, snippet, write_bare, write_page

pytestmark = pytest.mark.usefixtures("kept_worker")

DRAWING = '''"""Many things, drawn."""

import matplotlib.pyplot as plt
import numpy as np

y = [0.0, 1.5]
big = {"a": 1234.5}
print(f"at {y[1]:.3f}", 7)
print("again", "words")
x = np.linspace(0, 1, 5)
fig, (ax, other) = plt.subplots(2)
ax.plot(x, x**2)
ax.scatter(x, 1 - x, s=[1, 2, 3, 4, 5], c=["C0", "C1", "C2", "C3", "C4"])
ax.bar([0, 1, 2], [3, 2, 1], bottom=0.5)
ax.fill_between(x, x, 2 * x)
ax.contour(x, x, np.outer(x, x), levels=[0.25, 0.5])
ax.quiver([0, 1], [0, 1], [1, 2], [3, 4])
ax.errorbar([0, 1], [1, 2], yerr=[0.1, 0.2])
ax.axvspan(0.2, 0.4)
ax.axline((0, 0), slope=2)
other.hist([1, 1, 2, 5], bins=4)
other.boxplot([[1, 2, 3, 9]], positions=[4])
other.hlines([1, 2], 0, 3)
other.stairs([1, 3, 2])
other.set_xticks([0, 1, 4], labels=["$a$", "$b$", "$c$"])
other.text(0.5, 0.25, "$t$")
other.annotate("$u$", (1, 2), xytext=(3, 4), arrowprops={"arrowstyle": "->"})
other.annotate("", (1, 3), (2, 5), arrowprops={"arrowstyle": "->"})
other.set(ylim=(0, 9), title="$v$")
other.inset_axes([0.5, 0.5, 0.4, 0.4]).semilogy([1, 2], [1e-20, 1])
plt.show()
'''
QUOTES = "{{ line: y[1]:.1f }} {{ chapter/line: big['a']:,.1f }}"


def page(language: str, quotes: str = "{{ line: y[1]:.1f }}") -> str:
    title = {"en": "Line", "zh": "直线"}[language]
    return f'# {title} {{#index}}\n\n{quotes}\n\n```python exec="on"\n--8<-- "chapter/line.py"\n```\n'


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A small book that draws one of everything, and is recorded: for all tests it runs once."""
    root = write_bare(tmp_path_factory.mktemp("recorded") / "book")
    snippet(root).write_text(DRAWING, encoding="utf-8")
    for language in ("en", "zh"):
        write_page(root, language, page(language, QUOTES))
    assert downhill(root, "record") == 0
    return root


@pytest.fixture
def drawn(recorded, tmp_path):
    """The same book, to be changed."""
    return shutil.copytree(recorded, tmp_path / "book")


def downhill(root, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def file(root):
    return root / "data" / "record" / "chapter.json"


def refused(root, capsys, *names: str) -> str:
    assert downhill(root, "verify", *names) == 1
    return capsys.readouterr().err


def test_the_book_is_as_recorded():
    assert main(["--root", str(ROOT), "verify"]) == 0


def test_the_reference_is_what_is_pinned():
    lines = (ROOT / "data" / "record" / "reference.txt").read_text(encoding="utf-8").splitlines()
    reference = dict(line.split(" ", 1) for line in lines)
    pinned = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for library in ("numpy", "matplotlib", "torch", "torchvision"):
        assert f'"{library}=={reference[library].partition("+")[0]}"' in pinned
    assert (reference["platform"], reference["python"]) == ("Linux x86_64", "3.11")


def test_it_holds_what_is_quoted_printed_and_drawn(drawn):
    entries = json.loads(file(drawn).read_text(encoding="utf-8"))["line"]
    assert entries["{{ y[1]:.1f }}"] == "1.5"
    assert entries["{{ big['a']:,.1f }}"] == "1,234.5"
    assert (entries["printed 1"], entries["printed 2"]) == ("at 1.500 7", "again words")
    for what, numbers in {
        "line 1 y": "5: 0 to 1, least 0, greatest 1, mean 0.375",
        "markers 1 y": "5: 1 to 0, least 0, greatest 1, mean 0.5",
        "markers 1 size": "5: 1 to 5, least 1, greatest 5, mean 3",
        "bars 1 height": "3: 3 to 1, least 1, greatest 3, mean 2",
        "arrows 1 v": "2: 3 to 4, least 3, greatest 4, mean 3.5",
        "contours 1 levels": "2: 0.25 to 0.5, least 0.25, greatest 0.5, mean 0.375",
        "fill 1 y": "12: 0 to 0, least 0, greatest 2, mean 0.791667",
        "lines 1 y": "4: 0.9 to 2.2, least 0.9, greatest 2.2, mean 1.5",
        "line 3 slope": "1: 2 to 2, least 2, greatest 2, mean 2",
    }.items():
        assert entries[f"figure 1 axes 1 {what}"] == numbers, what
    assert entries["figure 1 axes 2 bars 1 height"] == "4: 2 to 1, least 0, greatest 2, mean 1"
    assert entries["figure 1 axes 2 x ticks"] == "0 “$a$”, 1 “$b$”, 4 “$c$”"
    assert entries["figure 1 axes 2 y"] == "0 to 9, linear"
    assert "$u$ | 3, 4, 1, 2" in entries.values()
    assert entries["figure 1 axes 3 line 1 y"].startswith("2: 1e-20 to 1,")


CHANGES = [  # of DRAWING, and what is said of each
    ("y = [0.0, 1.5]", "y = [0.0, 1.6]", "{{ y[1]:.1f }} is recorded as “1.5”, found is “1.6”"),
    ("1234.5", "1234.6", "{{ big['a']:,.1f }} is recorded as “1,234.5”, found is “1,234.6”"),
    (":.3f}", ":.2f}", "printed 1 is recorded as “at 1.500 7”, found is “at 1.50 7”"),
    ('"words"', '"word"', "printed 2 is recorded as “again words”, found is “again word”"),
    ('print("again", "words")\n', "", "printed 2 is recorded as “again words”, and is not there now"),
    ("x**2", "x**2 + 1e-4 * (x == 0.5)", "axes 1 line 1 y is recorded as"),
    ("ax.plot(x", "ax.plot(x[1:], x[1:]); ax.plot(x", "axes 1 line 1 x is recorded as"),
    ("1 - x, s", "1.01 - x, s", "axes 1 markers 1 y is recorded as"),
    ("s=[1, 2", "s=[1, 1", "axes 1 markers 1 size is recorded as"),
    ("[3, 2, 1], bottom=0.5", "[3, 2, 2], bottom=0.5", "axes 1 bars 1 height is recorded as"),
    ("bottom=0.5", "bottom=0.4", "axes 1 bars 1 y is recorded as"),
    ("2 * x)", "2.1 * x)", "axes 1 fill 1 y is recorded as"),
    ("levels=[0.25, 0.5]", "levels=[0.25, 0.4]", "axes 1 contours 1 levels is recorded as"),
    ("[3, 4])", "[3, 5])", "axes 1 arrows 1 v is recorded as"),
    ("yerr=[0.1, 0.2]", "yerr=[0.1, 0.3]", "axes 1 lines 1 y is recorded as"),
    ("axvspan(0.2, 0.4)", "axvspan(0.2, 0.5)", "axes 1 patches Rectangle 1 x is recorded as"),
    ("slope=2", "slope=3", "axes 1 line 3 slope is recorded as"),
    ("[1, 1, 2, 5]", "[1, 2, 2, 5]", "axes 2 bars 1 height is recorded as"),
    ("[1, 2, 3, 9]", "[1, 2, 3, 8]", "axes 2 line "),
    ("hlines([1, 2]", "hlines([1, 3]", "axes 2 lines 1 y is recorded as"),
    ("stairs([1, 3, 2])", "stairs([1, 3, 3])", "axes 2 patches StepPatch 1 y is recorded as"),
    ('labels=["$a$"', 'labels=["$d$"', "axes 2 x ticks is recorded as"),
    ("text(0.5", "text(0.6", "axes 2 text 1 at is recorded as"),
    ("(1, 2), xytext", "(1, 3), xytext", "axes 2 text 2 at is recorded as"),
    ("(1, 3), (2, 5)", "(1, 3), (2, 6)", "axes 2 text 3 at is recorded as"),
    ("ylim=(0, 9)", "ylim=(0, 9.5)", "axes 2 y is recorded as “0 to 9, linear”, found is “0 to 9.5, linear”"),
    ('title="$v$"', 'title="$w$"', "axes 2 words is recorded as “$v$”, found is “$w$”"),
    ("[1e-20, 1]", "[1e-21, 1]", "axes 3 line 1 y is recorded as"),
    ("plt.show()", "plt.show()\nplt.plot([1, 2])\nplt.show()", "figure 2 axes 1 line 1 x is not recorded, found is"),
]
BEYOND = [("1234.5", "1300.5"), ("x**2", "1.1 * x**2"), ('"again"', '"more"'), ("[3, 2, 1]", "[3, 1, 1]")]


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """What is found in a book that is recorded, for each change of its snippet: all of them ran at once."""
    root = write_bare(tmp_path_factory.mktemp("changed"))
    folder = snippet(root).parent
    snippet(root).write_text(DRAWING, encoding="utf-8")
    for number, (old, new) in enumerate([(old, new) for old, new, _ in CHANGES] + BEYOND):
        assert old in DRAWING
        (folder / f"change{number}.py").write_text(DRAWING.replace(old, new), encoding="utf-8")
    for language in ("en", "zh"):
        write_page(root, language, page(language, QUOTES))
    book = Book(root)
    results = runner.run(book)
    found = {name: record.all_taken(book, {"chapter/line": result})["chapter/line"] for name, result in results.items()}
    record.write(book, {"chapter/line": found["chapter/line"]})
    return book, {(c[0], c[1]): found[f"chapter/change{n}"] for n, c in enumerate([*CHANGES, *BEYOND])}


@pytest.mark.parametrize(("old", "new", "what"), CHANGES)
def test_what_changes_is_named_with_its_place(changed, old, new, what):
    book, found = changed
    told = record.differences(book, {"chapter/line": found[old, new]})
    sentence = next(difference.sentence for difference in told if what in difference.sentence)
    place, line, name, rest = sentence.split(":", 3)
    assert (place, name) == ("data/record/chapter.json", " chapter/line")
    if "not recorded" not in what:
        recorded = file(book.root).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert json.dumps(rest[1:].partition(" is recorded as")[0], ensure_ascii=False) in recorded
    with pytest.raises(BookError, match="run `python -m downhill record`, look at the diff"):
        record.verify(book, {"chapter/line": found[old, new]})


@pytest.mark.parametrize(("old", "new"), BEYOND)
def test_elsewhere_what_is_beyond_the_tolerance_fails(changed, monkeypatch, old, new):
    book, found = changed
    monkeypatch.setattr(record, "is_reference", lambda book: False)
    with pytest.raises(BookError, match="is recorded as"):
        record.verify(book, {"chapter/line": found[old, new]})


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('"1.5"', '"1.6"'),  # another number
        lambda text: text.replace("printed 2", "printed 3"),  # an entry that is not there
        lambda text: text.replace('  "printed 2": "again words",\n', ""),  # an entry lost
        lambda text: text.replace('"{{ y[1]:.1f }}": "1.5",', '"{{ y[1]:.1f }}": "1.4",\n  "{{ y[1]:.1f }}": "1.5",'),  # twice
        lambda text: text.replace('  "printed 1"', ' "printed 1"'),  # another layout
        lambda text: text.replace('"line": {', '"line": ['),  # no JSON
        lambda text: text[: len(text) // 2],
        lambda text: "[]\n",
        lambda text: text.replace('"1.5"', "1.5"),  # a number, no text
        lambda text: text.replace('"line"', '"lines"'),  # an unknown snippet
        lambda text: text.replace("\n}\n", ',\n "other": {\n  "printed 1": "x"\n }\n}\n'),  # a snippet that is gone
    ],
)
def test_an_edit_by_hand_is_noticed(changed, edit):
    book, _ = changed
    written = file(book.root).read_text(encoding="utf-8")
    found = {"chapter/line": json.loads(written)["line"]}
    file(book.root).write_text(edit(written), encoding="utf-8")
    try:
        assert file(book.root).read_text(encoding="utf-8") != written
        with pytest.raises(BookError, match=r"^data/record/chapter\.json:\d*"):
            record.verify(book, found)
        assert record.write(book, found) == [file(book.root)]
        assert file(book.root).read_text(encoding="utf-8") == written
    finally:
        file(book.root).write_text(written, encoding="utf-8")


def test_a_missing_record_and_a_stale_file_are_told(drawn, capsys):
    file(drawn).rename(file(drawn).with_name("gone.json"))
    said = refused(drawn, capsys)
    assert "data/record/chapter.json:1: chapter/line is not recorded; run `python -m downhill record chapter/line`" in said
    assert "data/record/gone.json:2: gone/line is recorded, but no page shows it" in said
    assert downhill(drawn, "record") == 0
    assert [path.name for path in sorted(file(drawn).parent.iterdir())] == ["chapter.json", "reference.txt"]


@pytest.mark.parametrize("text", [None, "", "{}\n"])
def test_a_record_that_does_not_say_of_which_platform_it_is(changed, text):
    book, _ = changed
    path = file(book.root).with_name("reference.txt")
    written = path.read_text(encoding="utf-8")
    found = {"chapter/line": json.loads(file(book.root).read_text(encoding="utf-8"))["line"]}
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=r"^data/record/reference\.txt:1: does not say of which platform"):
        record.verify(book, found)
    assert record.write(book, found) == [path]
    assert path.read_text(encoding="utf-8") == written


def test_a_quote_that_comes_or_goes_is_told(drawn, capsys):
    for language in ("en", "zh"):
        write_page(drawn, language, page(language, "{{ line: y[0]:.1f }}"))
    said = refused(drawn, capsys)
    assert "chapter/line: {{ y[1]:.1f }} is recorded as “1.5”, and is not there now" in said
    assert "chapter/line: {{ y[0]:.1f }} is not recorded, found is “0.0”" in said
    write_page(drawn, "en", page("en", "{{ line: nothing }}"))
    assert downhill(drawn, "record") == 1
    assert "docs/en/index.md:3: {{ nothing }} cannot be had: the program leaves no nothing" in capsys.readouterr().err


def test_names_choose_what_is_verified_and_recorded(drawn, capsys):
    other = snippet(drawn).with_name("other.py")
    other.write_text('"""Another."""\n\nprint(1)\n', encoding="utf-8")
    for language in ("en", "zh"):
        write_page(drawn, language, page(language) + '\n```python exec="on"\n--8<-- "chapter/other.py"\n```\n')
    assert downhill(drawn, "record", "other") == 0
    change(snippet(drawn), "1234.5", "4321.5")
    assert downhill(drawn, "verify", "chapter/other") == 0
    assert "{{ y[1]:.1f }} is" not in refused(drawn, capsys, "snippets/chapter/line.py")
    assert downhill(drawn, "verify", "nothing") == 1
    assert "no snippet nothing" in capsys.readouterr().err


def test_a_file_whose_values_are_the_same_is_left_alone(drawn):
    before = {path: path.stat().st_mtime_ns for path in file(drawn).parent.iterdir()}
    change(snippet(drawn), "y = [0.0, 1.5]", "y = [0.0, 1.5]  # the same")
    assert downhill(drawn, "record") == 0
    assert {path: path.stat().st_mtime_ns for path in file(drawn).parent.iterdir()} == before


def test_frozen_numbers_that_pages_quote_are_recorded(drawn, capsys):
    (drawn / "data" / "full").mkdir(parents=True)
    frozen = drawn / "data" / "full" / "line.json"
    frozen.write_text('{"values": {"a": 0.25}}', encoding="utf-8")
    for language in ("en", "zh"):
        write_page(drawn, language, page(language, "{{ full/line: a:.1% }}"))
    remedy = "run `python -m downhill record full/line`"
    assert f"data/record/full.json:1: full/line is not recorded; {remedy}" in refused(drawn, capsys)
    assert "full/line" in refused(drawn, capsys, "line")
    assert downhill(drawn, "record") == 0
    assert json.loads((file(drawn).parent / "full.json").read_text()) == {"line": {"{{ a:.1% }}": "25.0%"}}
    frozen.write_text('{"values": {"a": 0.26}}', encoding="utf-8")
    assert "data/record/full.json:3: full/line: {{ a:.1% }} is recorded as “25.0%”, found is “26.0%”" in refused(drawn, capsys)


@pytest.fixture
def measured(drawn):
    """The same book, whose page quotes two files of frozen numbers that are not recorded yet."""
    for folder, number in (("full", "0.25"), ("experiments", "0.5")):
        path = drawn / "data" / folder / ("line.json" if folder == "full" else "rates.json")
        path.parent.mkdir(parents=True)
        path.write_text(f'{{"values": {{"a": {number}}}}}', encoding="utf-8")
    for language in ("en", "zh"):
        write_page(drawn, language, page(language, "{{ full/line: a:.1% }} {{ experiments/rates: a:.2f }}"))
    return drawn


FULL, RATES = ("full.json", {"line": {"{{ a:.1% }}": "25.0%"}}), ("experiments.json", {"rates": {"{{ a:.2f }}": "0.50"}})


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("full/line", [FULL]),
        ("experiments/rates", [RATES]),
        ("data/experiments/rates.json", [RATES]),
        ("experiments/", [RATES]),
        ("full", [FULL]),
        ("line", [FULL, RATES]),  # a program: what the pages that show it quote
        ("snippets/chapter/", [FULL, RATES]),
    ],
)
def test_a_name_chooses_the_frozen_numbers_that_are_recorded(measured, named, written):
    folder = file(measured).parent
    assert downhill(measured, "record", named) == 0
    there = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json") if path != file(measured)}
    assert there == dict(written)
    assert downhill(measured, "verify", named) == 0


def test_an_unknown_frozen_file_is_named(measured, capsys):
    assert downhill(measured, "record", "experiments/rate") == 1
    assert "no frozen file experiments/rate; did you mean experiments/rates?" in capsys.readouterr().err


@pytest.fixture
def elsewhere(drawn):
    """The same book, recorded on another platform."""
    change(file(drawn).with_name("reference.txt"), "platform ", "platform Plan 9 ")
    return drawn


def test_elsewhere_what_is_within_the_tolerance_is_told_and_passes(elsewhere, capsys):
    before = file(elsewhere).read_text(encoding="utf-8")
    change(snippet(elsewhere), "1234.5", "1240.5")
    change(snippet(elsewhere), "x**2", "1.001 * x**2")
    assert downhill(elsewhere, "verify") == 0
    said = capsys.readouterr().out
    assert "the record is of platform Plan 9" in said
    assert "numbers may differ by 2%" in said
    assert "{{ big['a']:,.1f }} is recorded as “1,234.5”, found is “1,240.5” (within the tolerance)" in said
    assert "axes 1 line 1 y is recorded as" in said
    assert downhill(elsewhere, "record") == 0
    assert file(elsewhere).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("old", "new", "together", "same"),
    [
        ("0.120", "0.121", False, True),  # one unit of the last digit
        ("0.120", "0.122", False, True),  # 2 %
        ("0.120", "0.124", False, False),
        ("7 steps", "7 step", False, False),
        ("7 steps", "8 steps", False, False),
        ("-1.5", "1.5", False, False),
        ("2: 1e-9 to 5, mean 2", "2: 3e-3 to 5, mean 2", True, True),  # beside 5 it is nothing
        ("2: 1e-9 to 5, mean 2", "2: 0.3 to 5, mean 2", True, False),
        ("2: 1 to 5, mean 2", "3: 1 to 5, mean 2", True, False),
        ("21: 1 to 500, mean 200", "22: 1 to 500, mean 200", True, False),
        ("-1 to 500, linear", "0 to 500, linear", True, True),
        ("-1 to 500, linear", "0 to 500, log", True, False),
        ("x_1 0.5", "x_2 0.5", False, False),
    ],
)
def test_texts_are_alike_within_the_tolerance(old, new, together, same):
    assert agreement.alike(old, new, together) == same

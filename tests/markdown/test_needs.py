"""What stands at a program's head, and of which program a time is."""

import gzip
import json
import re

import pytest

from downhill import checks
from downhill.checks import rounding, seconds
from downhill.execution import cache, data
from downhill.manuscript.book import Book
from downhill.markdown import needs
from tests.book import BOOK, ROOT
from tests.laboratory import write_notebook
from tests.small import change, snippet

MNIST = 'from torchvision.datasets import MNIST\n\nMNIST("data")\n'


def measured(root, **times: float) -> None:
    """Write times of the small book's program as it stands."""
    (root / "data").mkdir(exist_ok=True)
    known = needs.known(snippet(root).read_text(encoding="utf-8"))
    entries = {kind: {"chapter/line": [known, times[kind]]} if kind in times else {} for kind in cache.KINDS}
    (root / cache.TIMES).write_text(json.dumps(entries), encoding="utf-8")


@pytest.fixture
def root(bare):
    (bare / "data").mkdir(exist_ok=True)
    (bare / "data" / "mnist").symlink_to(ROOT / "data" / "mnist")
    return bare


def test_how_many_images_there_are():
    with gzip.open(ROOT / "data" / "mnist" / "train-images-idx3-ubyte.gz") as file:
        assert (len(file.read()) - 16) / 784 == data.images(ROOT)
    told = (ROOT / "data" / "mnist" / "README.md").read_text(encoding="utf-8")
    whole = re.search(r"`train-images-idx3-ubyte` \| ([\d,]+)", told)[1]
    assert (int(whole.replace(",", "")) - 16) / 784 == data.ALL
    for language, unit in (("en", "megabytes"), ("zh", "MB")):
        assert f"{data.DOWNLOAD / 1e6:.0f} {unit}" in BOOK.pages[language]["setup.md"].text


def test_a_program_says_what_it_downloads_and_whether_it_takes_long(root):
    measured(root, alone=9.9)
    said = [needs.head("chapter/line", source, root, "en") for source in ("x = 1\n", MNIST)]
    assert [re.sub("<[^>]*>", "", each) for each in said] == ["", "It downloads MNIST when it first runs (12 MB)."]
    measured(root, alone=24.4)
    said = [needs.head("chapter/line", source, root, "zh") for source in ("x = 1\n", MNIST)]
    both = "首次运行时会下载 MNIST（12 MB）。用本书的 10,000 张图像，在单核上要运行约 24 秒。"
    assert [re.sub("<[^>]*>", "", each) for each in said] == ["在单核上要运行约 24 秒。", both]


def test_the_first_cell_of_a_notebook_says_it_for_all(root):
    times = {"alone": {"labs/sums": ["", 31]}, "page": {}}
    (root / cache.TIMES).write_text(json.dumps(times), encoding="utf-8")
    assert "All cells together take about 31 s on a core." in needs.head("labs/sums/a", "x = 1\n", root, "en", "labs/sums")
    assert needs.head("labs/sums/b", "x = 1\n", root, "en") == ""


@pytest.mark.parametrize(("kind", "least"), seconds.TOLD.items())
def test_a_time_that_a_page_tells_is_that_of_the_program(kind, least, bare):
    measured(bare, **{kind: least})
    change(snippet(bare), "# two points are enough", "# two are enough")
    assert seconds.problems(Book(bare)) == []
    change(snippet(bare), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    wanted = f"{cache.TIMES}:1: snippets/chapter/line.py was changed since it took {least} s"
    assert any(said.startswith(wanted) for said in checks.problems(Book(bare)))
    measured(bare, **{kind: 0.9 * least})
    change(snippet(bare), "y = [0.0, 2.5]", "y = [0.0, 1.5]")
    assert seconds.problems(Book(bare)) == []  # no page tells it


def test_a_chapter_has_a_minute_besides_what_it_imports(bare):
    known = needs.known(snippet(bare).read_text(encoding="utf-8"))
    for entry, late in (([known, 9.9], False), ([known, 60.1], True), ([known, 63.0, 3.1], False), (["older", 60.1], False)):
        (bare / "data").mkdir(exist_ok=True)
        (bare / cache.TIMES).write_text(json.dumps({"alone": {"chapter/line": entry}, "page": {}}), encoding="utf-8")
        found = [said for said in seconds.problems(Book(bare)) if "was changed" not in said]
        said = f"{cache.TIMES}:1: the programs of snippets/chapter take 60 s of a core, of 60 that a chapter may; "
        assert found == [f"{said}make the longest lighter, or experiments: chapter/line 60.1 s"] * late


def test_what_nobody_has_measured_is_named(bare):
    write_notebook(bare)
    measured(bare, alone=needs.LONG_IN_PAGE)
    assert needs.unmeasured(Book(bare), "alone") == ["labs/sums"]
    assert needs.unmeasured(Book(bare), "page") == ["chapter/line"]  # so long alone, it may be slow there
    assert seconds.note(Book(bare)).endswith("measures them: chapter/line, labs/sums")
    measured(bare, alone=0.1)
    assert needs.unmeasured(Book(bare), "page") == []


def tried(root, *differ: str, name: str = "chapter/line") -> None:
    """Write that the small book's program, as it stands, leaves something else with other instructions."""
    known = needs.known(snippet(root).read_text(encoding="utf-8"))
    (root / needs.ROUNDING).write_text(json.dumps({"programs": {name: [known, *differ]}}), encoding="utf-8")


@pytest.mark.parametrize(("name", "notebook"), [("chapter/line", ""), ("labs/sums/a", "labs/sums")])
def test_a_program_says_whether_rounding_decides_its_numbers(root, name, notebook):
    for language, said in (("en", "Rounding decides some"), ("zh", "取决于舍入")):
        tried(root, name=notebook or name)
        assert needs.head(name, "x = 1\n", root, language, notebook) == ""
        tried(root, "printed 1", name=notebook or name)
        assert said in needs.head(name, "x = 1\n", root, language, notebook)


def test_what_rounding_decides_is_known_of_the_program_as_it_stands(root):
    assert rounding.note(Book(root)).endswith("tries them: chapter/line")
    tried(root, "printed 1")
    change(snippet(root), "# two points are enough", "# two are enough")
    assert (rounding.problems(Book(root)), rounding.note(Book(root))) == ([], "")
    change(snippet(root), "y = [0.0, 1.5]", "y = [0.0, 2.5]")
    wanted = f"{needs.ROUNDING}:1: snippets/chapter/line.py was changed since rounding decided printed 1; "
    assert any(said.startswith(wanted) for said in checks.problems(Book(root)))
    tried(root)
    change(snippet(root), "y = [0.0, 2.5]", "y = [0.0, 1.5]")
    assert rounding.problems(Book(root)) == []  # no page tells it
    assert rounding.note(Book(root)).endswith("tries them: chapter/line")

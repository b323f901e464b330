"""Every way to name a snippet on the command line."""

import pytest

from downhill import BookError
from downhill.__main__ import main
from downhill.manuscript.book import Book
from tests.book import BOOK

pytestmark = pytest.mark.usefixtures("kept_worker")

NAME = "gradient_descent/trajectory"


@pytest.mark.parametrize(
    "name",
    [NAME, "trajectory", f"{NAME}.py", "trajectory.py", f"snippets/{NAME}.py", f"./snippets/{NAME}.py"]
    + [f"/a/snippets/{NAME}.py", f"snippets/{NAME}", rf"snippets\{NAME}.py"],
)
def test_a_snippet_has_many_names(name):
    assert BOOK.select([name]) == [NAME]


@pytest.mark.parametrize("name", ["momentum", "momentum/", "snippets/momentum", "./snippets/momentum/"])
def test_a_folder_is_all_that_is_below(name):
    found = BOOK.select([name])
    assert found == [name for name in BOOK.snippets if name.startswith("momentum/")]
    assert any("/solutions/" in name for name in found)


def test_names_are_taken_together_in_the_order_of_the_book():
    assert BOOK.select([]) == BOOK.select(["snippets"]) == BOOK.select(["."]) == list(BOOK.programs)
    assert BOOK.select(["momentum", NAME, "trajectory"]) == [NAME, *BOOK.select(["momentum"])]


@pytest.mark.parametrize(
    ("name", "near"),
    [("trajectry", NAME), ("gradient_descent/trajektory", NAME), ("Trajectory", NAME), ("momentum/trajectory.py", NAME)],
)
def test_a_misspelt_name_is_answered_with_the_nearest(name, near):
    with pytest.raises(BookError, match=rf"^no snippet {name}; did you mean .*{near}.*\?$"):
        BOOK.select([name])


@pytest.mark.parametrize("name", ["zzz", "qqq.py", "../..", ""])
def test_a_name_like_no_other_is_answered_in_one_line(name):
    with pytest.raises(BookError) as error:
        BOOK.select([name, "trajectory"])
    assert str(error.value) == f"no snippet {name}; they stand in snippets/"


def test_a_stem_of_two_chapters_needs_its_folder(small):
    (small / "snippets" / "other").mkdir()
    (small / "snippets" / "other" / "line.py").write_text('"""Another."""\n')
    book = Book(small)
    with pytest.raises(BookError, match="line is one of chapter/line, other/line: name the folder"):
        book.select(["line"])
    assert book.select(["other/line"]) == ["other/line"]


def test_the_command_line_takes_every_name(small):
    for name in ("line", "snippets/chapter/line.py", "chapter"):
        assert main(["--root", str(small), "run", name]) == 0

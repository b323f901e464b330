"""A file of the book is plain text, and its own; files of editors and file managers are no part of it."""

import shutil

import pytest

from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.site import build
from tests.small import change

FILES = ["docs/en/index.md", "docs/zh/index.md", "snippets/chapter/line.py", "docs/locale/zh.po", "mkdocs.yml", "matplotlibrc"]
FAULTS = {  # what is put at the end of a file: what is said of the line
    "é".encode("latin-1"): "is not written in UTF-8 (byte 0xe9",
    "中".encode("gb18030"): "is not written in UTF-8",
    b"\0": "the invisible character U+0000",
    b"\x1b[1m": "the invisible character U+001B",
    b"a\rb": "a carriage return within the line",
    "\u2028": "the invisible character U+2028",
    "\x85": "the invisible character U+0085",
    "\ufeff": "the invisible character U+FEFF",
    "\u202e": "the invisible character U+202E",
    "\u2066": "the invisible character U+2066",
    "\u061c": "the invisible character U+061C",
    "\u3164": "the invisible character U+3164",
    "\ufe0f": "the invisible character U+FE0F",
    "\U000e0061": "the invisible character U+E0061",
    "\u200b": "the invisible character U+200B",
    "\xad": "the invisible character U+00AD",
    "\ufffd": "U+FFFD after “# ”: a character was lost there",
    "\ue000": "U+E000 after “# ”: a character was lost there",
    "e\u0301": "U+0301 stands for",
    "\u2126": "U+2126 stands for",
    "\ufb01ne": "“\ufb01” after “# ” is U+FB01; write fi in its place",
    "\u2f24": "“\u2f24” after “# ” is U+2F24; write 大 in its place",
    "\u2ec5": "“\u2ec5” after “# ” is U+2EC5; write the character that it looks like in its place",
    "\uff11": "“\uff11” after “# ” is U+FF11; write 1 in its place",
    "\uff21": "“\uff21” after “# ” is U+FF21; write A in its place",
}


@pytest.mark.parametrize("name", FILES)
def test_bytes_that_are_no_plain_text(name, bare, said):
    path = bare / name
    whole = path.read_bytes()
    line = whole.count(b"\n") + 1
    for fault, message in FAULTS.items():
        path.write_bytes(whole + b"# " + (fault if isinstance(fault, bytes) else fault.encode()) + b"\n")
        assert f"{name}:{line}: {message}" in said(rules=True)
    path.write_bytes(b"\xef\xbb\xbf" + whole)
    assert said() == f"{name}:1: begins with a byte-order mark; save it as UTF-8 without one"
    path.write_bytes(whole.decode().encode("utf-16"))
    assert f"{name}:1: is written in UTF-16" in said()


def test_tabs(bare, said):
    for name in FILES[:3]:
        change(bare / name, "\n\n", "\n\n\t\n\n")
    assert all(f"{name}:3: a tab; write spaces" in said() for name in FILES[:3])


def test_line_ends_of_windows_are_no_fault(bare, said):
    for name in FILES:
        (bare / name).write_bytes((bare / name).read_bytes().replace(b"\n", b"\r\n"))
    assert said() == ""


STRAY = [".#{}", "#{}#", "{}~", "._{}", ".{}.swp", "{}.swp", "{}.bak", "{}.orig", "4913", ".DS_Store", "{}___jb_tmp___"]


def scatter(folder, name: str) -> None:
    """Leave what editors and file managers leave beside a file."""
    for pattern in STRAY[1:]:
        (folder / pattern.format(name)).write_bytes(b"\0\xe9")
    (folder / STRAY[0].format(name)).symlink_to("nobody@host.12:345")


def test_files_of_editors_are_no_part_of_the_book(small, at_hand):
    build.build(small)
    before = {path.relative_to(small) for path in (small / "site").rglob("*")}
    for path in (
        small / "docs" / "en" / "index.md",
        small / "snippets" / "chapter" / "line.py",
        small / "docs" / "locale" / "zh.po",
    ):
        scatter(path.parent, path.name)
    for folder in ("docs/zh", "docs/landing", "docs/theme", "docs/theme/assets", "docs/theme/partials", "docs", "."):
        scatter(small / folder, "book.css")
    assert list(Book(small).snippets) == ["chapter/line"]
    assert list(Book(small).pages["en"]) == ["index.md"]
    shutil.rmtree(small / "site")
    build.build(small)
    assert {path.relative_to(small) for path in (small / "site").rglob("*")} == before


@pytest.mark.parametrize(
    "name", ["docs/en/more.markdown", "docs/en/README.md", "docs/zh/notes.txt", "docs/en/Ünü.md", "docs/en/a b.md"]
)
def test_names_that_are_no_pages(name, bare, said):
    (bare / name).write_text("# More {#more}\n", encoding="utf-8")
    assert f"{name}:1: " in said().replace("Ünü", "Ünü")


def test_names_that_are_no_snippets(bare, said):
    for name in ("line.py", "chapter/my-line.py", "chapter/Line.py"):
        (bare / "snippets" / name).write_text('"""A line, drawn."""\n')
        assert f"snippets/{name}:1: a snippet is a chapter's" in said()


@pytest.mark.parametrize("chapter", ["full", "experiments"])
def test_chapters_that_quotes_would_take_for_frozen_numbers(chapter, bare, said):
    (bare / "snippets" / chapter).mkdir()
    (bare / "snippets" / chapter / "other.py").write_text('"""A line, drawn."""\n')
    assert f"snippets/{chapter}/other.py:1: {{{{ {chapter}/… }}}} quotes numbers" in said()


def test_a_link_that_leads_nowhere(bare, said):
    (bare / "docs" / "en" / "more.md").symlink_to("nowhere.md")
    assert "docs/en/more.md:1: cannot be read" in said()


def test_a_style_that_is_missing(bare, said):
    (bare / "matplotlibrc").unlink()
    assert said() == "matplotlibrc:1: is missing; restore it with `git checkout -- matplotlibrc`"


def test_names_of_stray_files():
    assert not [pattern for pattern in STRAY if files.ours(pattern.format("index.md"))]
    assert files.strays("", ["a.md", "a.md~"]) == ["a.md~"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense.key: 3", "Bad key nonsense.key"),
        ("lines.linewidth: thick", "Bad value"),
        ("axes.grid True", "Missing colon"),
        ("figure.figsize: 9, 9", "Duplicate key"),
    ],
)
def test_a_style_that_matplotlib_does_not_understand(line, message, bare, said):
    path = bare / "matplotlibrc"
    number = path.read_text(encoding="utf-8").count("\n") + 1
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert f"matplotlibrc:{number}: {message}" in said()

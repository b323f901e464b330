"""The same sources give the same bytes."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from downhill.checks import memory, values
from downhill.execution import record, runner
from downhill.execution.cache import Cache, Result, digest, reads_mnist, times
from downhill.manuscript import files
from downhill.manuscript.book import Book
from downhill.site import python
from downhill.site.dates import commit_time
from downhill.site.pictures import Painter
from tests.book import ROOT
from tests.small import SNIPPET, command, content, snippet

JUMPING = """
import itertools, time
jumps, now = itertools.cycle([0, 1e9, -1e9, 3600]), time.time
time.time = lambda: now() + next(jumps)
"""


def test_two_builds_are_the_same_bytes(small, ran, tmp_path):
    """One in a folder in any script, with another hash seed, locale, time zone, and umask, and a clock that jumps.

    A web server can read what it wrote, whatever the umask.
    """
    for path in (snippet(small), small / "docs" / "en" / "index.md"):
        os.utime(path, (4e9, 4e9))
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    small = small.rename(small.parent / "书 架 é")
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"}
    elsewhere["PYTHONPATH"] = os.pathsep.join([str(tmp_path), str(ROOT)])
    with command(small, "build", "--jobs", "1", cwd="/", umask=0o077, env={**os.environ, **elsewhere}) as process:
        assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert content(small / "site") == content(ran / "site")
    modes = {path.is_dir(): set() for path in (small / "site", small / "mkdocs.yml")}
    for path in (small / "site").rglob("*"):
        modes[path.is_dir()].add(oct(path.stat().st_mode & 0o777))
    assert modes == {True: {"0o755"}, False: {"0o644"}}


def results(root: Path) -> dict[str, dict]:
    """Return what each snippet of a book left, as `{name: {part: what}}`."""
    cache = Cache(book := Book(root))
    return {name: left(cache.result(name)) for name in book.snippets}


def left(result: Result) -> dict:
    """Return the parts of a result that no clock tells. (dataclasses.asdict copies each number: of the book, 45 s.)"""
    return {part: getattr(result, part) for part in ("printed", "values", "figures")}


def differing(ours: dict, theirs: dict) -> list[str]:
    """Say which snippets left something else."""
    return [f"{name}: {part}" for name in ours for part in ours[name] if ours[name][part] != theirs[name][part]]


def runs_again(book: Book, name: str) -> bool:
    """Return whether a program is quick, and among one in eight, by its hash, which no author chooses."""
    source, quick = book.programs[name], times(book.root)["alone"].get(name, 0) < 1
    return quick and name not in book.labs and not reads_mnist(source) and hashlib.sha256(source.encode()).digest()[0] % 8 == 0


def draws_again(book: Book) -> set[str]:
    """Return programs that draw, of each kind of thing that is recorded of figures one: the least by its hash."""
    kinds: dict[str, set[str]] = {}
    for name, (entries, *_) in record.recorded(book).items():
        for what, told in entries.items():
            if name in book.programs and (match := re.fullmatch(r"figure \d+ axes \d+ (.+)", what)):
                scale = told.rpartition(", ")[2] if match[1] in ("x", "y") else ""
                kinds.setdefault(re.sub(r" \d+", "", match[1]) + scale, set()).add(name)
    assert len(kinds) > 15
    return {min(names, key=lambda name: hashlib.sha256(name.encode()).digest()) for names in kinds.values()}


def test_the_book_is_the_same_bytes_when_it_is_built_elsewhere(site, tmp_path):
    """In another folder, with another number of jobs, hash seed, locale, and time zone all pages are rendered again.

    Of those that take less than 1 s, one program in eight runs again: the record is another run of all of them. These are
    drawn and painted again, and of each kind of thing that figures hold, one; the others, and the checks, have what is at hand.
    """
    root = tmp_path / "another place"
    for path in (ROOT / name for name in files.SOURCES):  # and nothing else: more is not asked whether it has changed, either
        shutil.copytree(path, root / path.name) if path.is_dir() else shutil.copy(path, root)
    here, there = Cache(Book(ROOT)), Cache(Book(root))
    there.folder.mkdir(parents=True)
    painter, drawn = Painter(ROOT, "pictures"), draws_again(here.book)
    (pictures := there.folder.parent / "pictures").mkdir()
    for name in (memory.FILE, values.FILE):
        shutil.copy(here.book.cache / name, there.book.cache)
    for name in (name for name in here.book.programs if not runs_again(here.book, name)):
        shutil.copy(here.entries[name].run, there.entries[name].run)
        shutil.copy(here.entries[name].figures, there.entries[name].figures)
        if name not in drawn:
            shutil.copy(here.entries[name].drawing, there.entries[name].drawing)
            painted = [svg for figures in here.result(name).figures.values() for svg in figures]
            for path in (painter.folder / f"{digest([painter.way, svg])}.png" for svg in painted):
                if path.exists():
                    shutil.copy(path, pictures)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "PYTHONPATH": str(ROOT)}
    elsewhere["SOURCE_DATE_EPOCH"] = commit_time(ROOT)
    if packed := python.packed(ROOT):
        elsewhere["PYTHON_FILES"] = str(packed)
    command = [sys.executable, "-m", "downhill", "--root", str(root), "build", "--jobs", "3"]
    subprocess.run(command, check=True, cwd="/", env={**os.environ, **elsewhere})
    assert differing(results(ROOT), results(root)) == []
    ours, theirs = content(site), content(root / "site")
    assert [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)] == []


CHANGING = {
    "printed": "import time; print(time.time())",
    "values": "import uuid; z = uuid.uuid4().hex",
    "figures": "import os; y[1] = int.from_bytes(os.urandom(4))",
}


def test_a_snippet_that_leaves_something_else_each_time_is_named(small):
    for part, line in CHANGING.items():
        (snippet(small).parent / f"{part}.py").write_text(SNIPPET.replace("# two points are enough", line), encoding="utf-8")
    first, again = ({name: left(result) for name, result in runner.run(Book(small), force=True).items()} for _ in range(2))
    assert first.keys() == {"chapter/line", *(f"chapter/{part}" for part in CHANGING)}
    assert {f"chapter/{part}: {part}" for part in CHANGING} <= set(differing(first, again))
    assert not [said for said in differing(first, again) if said.startswith("chapter/line")]

"""The same sources give the same bytes."""

import os
import shutil
import subprocess
import sys

from downhill.site import build
from downhill.site.render import commit_time
from tests.book import ROOT
from tests.small import change, command, content, snippet


def test_two_builds_are_the_same_bytes(small):
    build.build(small)
    before = content(small / "site")
    for folder in ("site", ".cache"):
        shutil.rmtree(small / folder)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"}
    command = [sys.executable, "-m", "downhill", "--root", str(small), "build", "--jobs", "1"]
    subprocess.run(command, check=True, cwd="/", env={**os.environ, **elsewhere, "PYTHONPATH": str(ROOT)})
    assert content(small / "site") == before


def test_the_book_is_the_same_bytes_when_it_is_built_elsewhere(site, tmp_path):
    """Everything is run again: in another folder, with another number of jobs, hash seed, locale, and time zone."""
    root = tmp_path / "another place"
    for name in ("docs", "snippets", "data"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "matplotlibrc"):
        shutil.copy(ROOT / name, root)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "PYTHONPATH": str(ROOT)}
    elsewhere["SOURCE_DATE_EPOCH"] = commit_time(ROOT)
    command = [sys.executable, "-m", "downhill", "--root", str(root), "build", "--jobs", "3"]
    subprocess.run(command, check=True, cwd="/", env={**os.environ, **elsewhere})
    assert content(root / "site") == content(site)


JUMPING = """
import itertools, time
jumps, now = itertools.cycle([0, 1e9, -1e9, 3600]), time.time
time.time = lambda: now() + next(jumps)
"""


def test_a_clock_that_jumps(small, tmp_path):
    build.build(small)
    before = content(small / "site")
    shutil.rmtree(small / ".cache")
    for path in (snippet(small), small / "docs" / "en" / "index.md"):
        os.utime(path, (4e9, 4e9))
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    with command(small, "build", env={**os.environ, "PYTHONPATH": path}) as process:
        assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert content(small / "site") == before


def test_names_in_any_script(small):
    build.build(small)
    before = content(small / "site")
    elsewhere = small.parent / "书 架 é"
    shutil.copytree(small, elsewhere, ignore=shutil.ignore_patterns(".cache", "site"))
    build.build(elsewhere)
    assert content(elsewhere / "site") == before
    snippet(elsewhere).rename(elsewhere / "snippets" / "chapter" / "größe_线.py")
    for language in ("zh", "en"):
        change(elsewhere / "docs" / language / "index.md", "chapter/line.py", "chapter/größe_线.py")
        change(elsewhere / "docs" / language / "index.md", "{{ line:", "{{ größe_线:")
    build.build(elsewhere)
    assert "chapter-größe_线-1" in (elsewhere / "site" / "zh" / "index.html").read_text(encoding="utf-8")

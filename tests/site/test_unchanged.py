"""A site that stands is not built again; it does not stand where anything has changed that it is made of, or in it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from downhill import BookError, __main__
from downhill.manuscript import files
from downhill.site import build, unchanged
from tests.book import ROOT
from tests.small import change, content, snippet

# tells, in the file that AUDIT names, of each file that a process opens to read it; so do those that it starts
AUDIT = """import os, sys
log = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def hear(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)) and not given[2] & (os.O_WRONLY | os.O_RDWR):
        if os.path.isfile(given[0]):  # no folder, nor what is named as seen from one
            os.write(log, os.path.realpath(given[0]).encode() + b"\\n")

sys.addaudithook(hear)
"""
READS = re.compile(r"""environ(?:\.get\(|\[)"(\w+)\"""")
OTHERWISE = {"CHROMIUM", "HOME"}  # what starts a browser, and what is written


def site_of(root: Path):
    """Return a function that makes a site; whether it is called, and not what it makes, is asked here."""

    def make() -> None:
        (root / "site").mkdir(exist_ok=True)
        (root / "site" / "index.html").write_text("a page", encoding="utf-8")
        (root / "site" / "more.html").write_text("another", encoding="utf-8")

    return make


@pytest.fixture
def stands(built, small):
    """The small book, whose site stands."""
    site_of(small)()
    assert unchanged.renew(small, "site", site_of(small))
    assert not unchanged.renew(small, "site", site_of(small))
    return small


def libraries(root: Path, patch) -> None:
    (root / "packages" / "numpy-9.0.dist-info").mkdir(parents=True)
    patch.setattr(sys, "path", [*sys.path, str(root / "packages")])


def code(root: Path, patch) -> None:
    shutil.copytree(unchanged.HERE, root / "code")
    patch.setattr(unchanged, "HERE", root / "code")
    change(root / "code" / "site" / "dates.py", "The date of a site", "A site's date")


def python(root: Path, patch) -> None:
    (root / "python").mkdir()
    (root / "python" / "pyodide.js").write_text("// another", encoding="utf-8")
    patch.setattr(unchanged.python, "packed", lambda _: root / "python")


CHANGES = {
    "a page": lambda root, patch: change(root / "docs" / "en" / "index.md", "It ends", "It stops"),
    "a new page": lambda root, patch: (root / "docs" / "en" / "new.md").write_text("# New", encoding="utf-8"),
    "a page is gone": lambda root, patch: (root / "docs" / "en" / "index.md").unlink(),
    "another name": lambda root, patch: (root / "docs" / "en" / "index.md").rename(root / "docs" / "en" / "other.md"),
    "the theme": lambda root, patch: change(root / "docs" / "theme" / "assets" / "shell.js", "const", "let"),
    "a program": lambda root, patch: change(snippet(root), "1.5", "1.6"),
    "the catalogue": lambda root, patch: change(root / "docs" / "locale" / "zh.po", "直线", "线"),
    "data": lambda root, patch: (root / "data" / "full.json").write_text("{}", encoding="utf-8"),
    "the configuration": lambda root, patch: change(root / "mkdocs.yml", "nav:", "nav: # of it all"),
    "the style of figures": lambda root, patch: (root / "matplotlibrc").write_text("", encoding="utf-8"),
    "our code": code,
    "the libraries": libraries,
    "Python for the pages": python,
    "the address": lambda root, patch: patch.setenv("SITE_URL", "https://host.invalid/"),
    "the commit": lambda root, patch: patch.setenv("SOURCE_DATE_EPOCH", "1795651200"),
    "what mkdocs.yml reads": lambda root, patch: patch.setenv("REPO_URL", "https://host.invalid/book"),
    "a page of the site": lambda root, patch: change(root / "site" / "more.html", "another", "an other"),
    "a page of the site is gone": lambda root, patch: (root / "site" / "more.html").unlink(),
    "one more file in the site": lambda root, patch: (root / "site" / "own.txt").write_text("", encoding="utf-8"),
    "no site": lambda root, patch: shutil.rmtree(root / "site"),
    "a result is gone": lambda root, patch: next((root / ".cache" / "runs").glob("*.svg.json")).unlink(),
    "what tells of the results": lambda root, patch: (root / ".cache" / "index.json").unlink(),
    "what tells of the results is damaged": lambda root, patch: (root / ".cache" / "index.json").write_text("{"),
    "a localized program": lambda root, patch: next((root / ".cache" / "snippets").rglob("*.py")).unlink(),
    "the note": lambda root, patch: (root / ".cache" / "site.made").write_bytes(b"0\nsomething else"),
    "nothing, but always": None,
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_built_again_after_any_change(stands, monkeypatch, what):
    if CHANGES[what]:
        CHANGES[what](stands, monkeypatch)
    assert unchanged.renew(stands, "site", site_of(stands), again=not CHANGES[what])


def test_a_change_that_is_taken_back_is_none(stands):
    page = stands / "docs" / "en" / "index.md"
    change(page, "It ends", "It stops")
    change(page, "It stops", "It ends")
    (stands / "docs" / "__pycache__").mkdir()
    (stands / "docs" / "__pycache__" / "own.pyc").write_bytes(b"")
    (stands / "docs" / ".#index.md").symlink_to("nowhere")
    (stands / "docs" / ".#index.md").unlink()
    assert not unchanged.renew(stands, "site", site_of(stands))


def test_an_editors_link_that_leads_nowhere_is_no_fault(stands):
    (stands / "docs" / ".#index.md").symlink_to("nowhere")
    unchanged.renew(stands, "site", site_of(stands))
    assert not unchanged.renew(stands, "site", site_of(stands))


def test_what_is_saved_while_a_site_is_made_is_in_the_next(stands):
    """Also when it is as before at the next look: what the pages show was read at some moment between."""
    page = stands / "docs" / "en" / "index.md"
    change(page, "It ends", "It stops")
    assert unchanged.renew(stands, "site", lambda: change(page, "It stops", "It ends"))
    change(page, "It ends", "It stops")
    assert unchanged.renew(stands, "site", site_of(stands))
    assert not unchanged.renew(stands, "site", site_of(stands))


def test_a_build_that_fails_leaves_the_site_as_it_was_noted(stands):
    page, failing = stands / "docs" / "en" / "index.md", BookError("no")

    def fail():
        raise failing

    change(page, "It ends", "It stops")
    with pytest.raises(BookError):
        unchanged.renew(stands, "site", fail)
    with pytest.raises(BookError):
        unchanged.renew(stands, "site", fail)
    change(page, "It stops", "It ends")
    assert not unchanged.renew(stands, "site", fail)


def test_the_commands_say_whether_they_have_built(small, built, capsys):
    def said(*words: str) -> str:
        assert __main__.main(["--root", str(small), *words]) == 0
        return capsys.readouterr().out.splitlines()[-1]

    built_it, stood = f"built {small / 'site'}", f"{small / 'site'} stands as it was built, and nothing has changed since; "
    assert [said("build"), said("build")] == [built_it, f"{stood}to build it all the same, delete it"]
    shutil.rmtree(small / "site")
    assert said("build") == built_it
    assert content(small / "site") == built
    (small / "site" / "en" / "index.html").write_text("", encoding="utf-8")
    assert said("build") == built_it
    assert content(small / "site") == built


def test_nothing_is_read_that_is_not_compared(small, at_hand, tmp_path):
    """Of the book and of our code: each file that any process of a build opens."""
    (tmp_path / "hear").mkdir()
    (tmp_path / "hear" / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "hear"), "AUDIT": str(log := tmp_path / "log")}
    command = [sys.executable, "-m", "downhill", "--root", str(small), "build"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    opened = {Path(line) for line in log.read_text(encoding="utf-8").splitlines()}
    places = [small / name for name in (*files.SOURCES, ".cache", build.FOLDER)] + [unchanged.HERE]
    compared = [path for path in opened if any(path.is_relative_to(place) for place in places)]
    for read in ("docs/zh/index.md", "docs/theme/main.html", "snippets/chapter/line.py", "mkdocs.yml", "data/mnist/SHA256SUMS"):
        assert small / read in compared, "it is no build that was heard"
    installed = Path(sys.prefix)  # its libraries are compared by their versions
    ours = [path for path in opened if path.is_relative_to(small) or path.is_relative_to(ROOT)]
    missed = [path for path in ours if path not in compared and not path.is_relative_to(installed)]
    assert [path for path in missed if path.parent.suffix != ".egg-info"] == []


def test_all_names_of_the_environment_are_compared():
    """Those that our code reads by a name that stands there; those of mkdocs.yml are looked up in it."""
    texts = [path.read_text(encoding="utf-8") for path in unchanged.HERE.rglob("*.py")]
    read = {name for text in texts for name in READS.findall(text)}
    assert read - set(re.findall(r"\w+", files.text(ROOT / "mkdocs.yml"))) == {*unchanged.NAMES, *OTHERWISE}

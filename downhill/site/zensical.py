"""Builds the same site with Zensical, the successor of Material for MkDocs, from the same mkdocs.yml.

Zensical takes only what lies below its configuration, keeps pages in a cache that does not know our results, and calls it
success when an extension complains. So each language is rendered in a fresh folder, and what was said and written is read.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from click import unstyle

from downhill import LANGUAGES, BookError
from downhill.execution import report
from downhill.execution.shelf import Shelf
from downhill.manuscript import bibliography, explorables, files
from downhill.manuscript.book import Book, folder_of
from downhill.site import build as builder
from downhill.site import laboratory, landing, notebooks, publish
from downhill.site.plain import Sources
from downhill.site.settings import variables

FOLDER = "site-zensical"
SAID = "said"  # the file of what Zensical says of a language, beside its pages
COMMAND = [sys.executable, "-m", "zensical", "build", "--strict"]
FRAMES = re.compile(r"^Traceback \(most recent call last\):\n(?:  .*\n)*", re.MULTILINE)
ERROR = re.compile(r"^RuntimeError: (?!Aborted because --strict)(?:Python error: )?(.*)$", re.MULTILINE)
LINK = re.compile(r"(?<=\]\()([^()\s]+)\)")
TRACES = ("{{", "--8<--", 'exec="on"', "<merror")  # what a page shows of an extension that gave up without a word


def build(root: Path, say: report.Report | None = None, **running) -> Path:
    """Build both languages into root/site-zensical; return that folder. What fails is a BookError; the last good one stays."""
    if not find_spec("zensical"):
        raise BookError('Zensical is not installed. Run `pip install -e ".[test]"` in your environment.')
    say = say or report.Report()
    with builder.prepared(Book(root), say, **running) as (book, folder):
        made = folder / "site"
        shutil.copytree(book.docs / "landing", made, ignore=files.strays)
        with contextlib.ExitStack() as beside:
            begun = [(beside.enter_context(begin(book, language, folder / language)), language) for language in LANGUAGES]
            found = [answer(process, book, language, folder / language) for process, language in begun]
        if any(found):
            raise BookError("\n".join(filter(None, found)))
        for language in LANGUAGES:
            (folder / language / "site").rename(made / language)
        landing.write(made)
        sources, address = Sources(bibliography.load(book.root)), os.environ.get("SITE_URL", "")
        laboratory.write(book, address)
        notebooks.write(book, made, address, Shelf(book.root), sources)
        builder.put(made, root / FOLDER)
    return root / FOLDER


@contextlib.contextmanager
def begin(book: Book, language: str, folder: Path) -> Iterator[subprocess.Popen]:
    """Have the pages of one language rendered in a new folder, by a process that ends with this; give the process."""
    shutil.copytree(book.docs / language, folder / "docs" / language, ignore=files.strays)
    for page in files.below(folder / "docs" / language, "*.md"):  # Zensical looks for anchors in what is written
        page.write_text(LINK.sub(set_apart, files.text(page)), encoding="utf-8")
    theme = folder / "docs" / "theme"  # Zensical's own frame, but for the way to the other language
    shutil.copytree(book.docs / "theme" / "assets", theme / "assets", ignore=files.strays)
    shutil.copytree(book.docs / "theme" / "explorables", theme / "explorables", ignore=files.strays)
    publish.write_loaded(book, theme / "explorables")
    (theme / "partials").mkdir()
    shutil.copy(book.docs / "theme" / "partials" / "alternate.html", theme / "partials")
    shutil.copy(book.root / "mkdocs.yml", folder)
    environment = os.environ | variables(book.root, language, folder / "site")
    environment |= {
        "BOOK_DOCS": f"docs/{language}",
        "BOOK_SITE": "site",
        "BOOK_PUBLISHED": "",
    }  # below its configuration, or it panics
    environment |= {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    command = [*COMMAND, "--config-file", str(folder / "mkdocs.yml")]
    how = {"env": environment, "cwd": book.root, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    with (folder / SAID).open("wb") as said, subprocess.Popen(command, stderr=said, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def answer(process: subprocess.Popen, book: Book, language: str, folder: Path) -> str:
    """Wait until the pages of one language are rendered; return what went wrong, in a line a fault, or nothing."""
    status, said = process.wait(), (folder / SAID).read_text(encoding="utf-8")
    if found := complaint(said) or (status and f"Zensical ended with status {status}"):
        return f"docs/{language}: {found}"
    found = [problem for name in book.pages[language] if (problem := trouble(folder / "site", name))]
    return "\n".join(f"docs/{language}/{problem}" for problem in found)


def set_apart(link: re.Match) -> str:
    """Return the address of a link, and beside it the setting of the figure that it leads to, if it tells one."""
    setting = explorables.SETTING.match(link[1])
    return f'{setting["place"]}){{: data-set="{setting["state"]}" }}' if setting else link[0]


def complaint(said: str) -> str:
    """Return what is wrong, of all that stands on stderr: Zensical writes its findings there, and Python what is logged.

    >>> complaint("cites @nobody\\nNo issues found\\n"), complaint("No issues found\\n")
    ('cites @nobody', '')
    """
    said = unstyle(FRAMES.sub("", said))
    error = ERROR.search(said)  # ends a page, and then every link to that page is a finding too
    return error[1] if error else said.replace("No issues found", "").strip()


def trouble(made: Path, name: str) -> str:
    """Return a sentence if a page was not written, or shows what an extension should have replaced; else nothing."""
    path = made / folder_of(name) / "index.html"
    if not path.exists():
        return f"{name}: Zensical has not written this page"
    text = path.read_text(encoding="utf-8").replace('<span class="se">{{</span>', "")  # an f-string's, in a program
    return next((f"{name}: Zensical's page shows {trace}" for trace in TRACES if trace in text), "")

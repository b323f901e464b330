"""The book as a PDF: a small one, printed by the command line, as playwright starts once in a process."""

import os
import subprocess
import sys

import pikepdf
import pytest

from downhill import LANGUAGES
from downhill.site import pdf, volume
from tests.book import ROOT
from tests.small import change, content, keep, write_small

WORDS = {"en": ("Contents", "Line", "Part 1: The end", "More"), "zh": ("目录", "直线", "第一部分：结尾", "其余")}


def printed(root, **environment) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "downhill", "--root", str(root), "pdf"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def book(ran, tmp_path_factory):
    """The small book with a second page, which stands in a part, printed."""
    root = write_small(tmp_path_factory.mktemp("printed") / "book")
    keep(ran, root)
    change(root / "mkdocs.yml", "nav: [index.md]", "nav: [index.md, {!ENV [BOOK_TITLE_END, end]: [more.md]}]")
    for language, part, title in (("en", "Part 1: The end", "More"), ("zh", "第一部分：结尾", "其余")):
        with (root / "docs" / language / "index.md").open("a", encoding="utf-8") as page:
            page.write(f"\n## {part} {{#end}}\n\n[{title}](more.md)\n")
        (root / "docs" / language / "more.md").write_text(f"# {title} {{#more}}\n\n## {title} {{#again}}\n", encoding="utf-8")
    done = printed(root, SOURCE_DATE_EPOCH="1700000000")
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_one_document(book, language):
    with pikepdf.open(book / "site" / pdf.name(language)) as read:
        assert str(read.Root.Lang) == language and read.Root.MarkInfo.Marked
        assert str(read.docinfo["/Title"]) == "Downhill 下山" and str(read.docinfo["/CreationDate"]) == "D:20231114221320Z"
        assert "/StructTreeRoot" in read.Root
        with read.open_outline() as outline:
            marks = [(item.title, [(inner.title, len(inner.children)) for inner in item.children]) for item in outline.root]
        contents, line, part, more = WORDS[language]
        assert marks == [(contents, []), (line, [(part, 0)]), (part, [(more, 1)])]
        number = {page.objgen: count for count, page in enumerate(read.pages, 1)}
        places = {name: number[place[0].objgen] for name, place in read.Root.Dests.items()}
        assert len(read.pages) == 4 and (places["/index"], places["/more"]) == (3, 4), "cover, contents, and two chapters"
        links = [note for page in read.pages for note in page.get("/Annots", []) if "/Dest" in note]
        assert {str(note.Dest) for note in links} <= places.keys()
        assert {"/index", "/index--fig-line", "/index--eq-line", "/index--code-line"} <= {str(note.Dest) for note in links}
        assert not [note for page in read.pages for note in page.get("/Annots", []) if "/A" in note]


def test_the_contents_say_the_page(book):
    text = pdf.contents(volume.read(book / "site", "en"), {"index": 3, "more": 4})
    assert '<li><a href="#index" data-page="3"><span>Line</span></a>' in text
    assert '<li class="part"><span>Part 1: The end</span><ol><li><a href="#more" data-page="4"><span>More</span></a>' in text


def test_pages_lead_to_what_is_printed_and_to_nothing_else(book, site):
    for language in LANGUAGES:
        page = (book / "site" / language / "index.html").read_text(encoding="utf-8")
        for kind in ("epub", "pdf"):
            assert f'/../downhill-{language}.{kind}" download>{kind.upper()}</a>' in page
            assert (book / "site" / f"downhill-{language}.{kind}").stat().st_size > 5_000
        assert f"downhill-{language}.pdf" not in (site / language / "index.html").read_text(encoding="utf-8")
    assert not list((book / "site").glob("*printed*"))


def test_the_same_book_gives_the_same_bytes(book):
    before = content(book / "site")
    done = printed(book, SOURCE_DATE_EPOCH="1700000000", TZ="Asia/Shanghai")
    assert done.returncode == 0, done.stderr
    assert content(book / "site") == before


def test_without_a_browser_the_last_site_stays(book):
    before = content(book / "site")
    done = printed(book, CHROMIUM="/nowhere")
    assert (done.returncode, content(book / "site") == before) == (1, True)
    assert done.stderr.startswith("/nowhere does not start; `apt-get install chromium fonts-noto-cjk`, or")

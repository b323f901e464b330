"""The book as a PDF: one document of a language's articles, printed by Chromium, with bookmarks, tags, and links inside."""

import io
import itertools
import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import lxml.html
import pikepdf
from lxml.html import HtmlElement

from downhill import LANGUAGES, BookError
from downhill.manuscript.book import Book
from downhill.site import volume
from downhill.site.chromium import both_languages
from downhill.site.dates import commit_time
from downhill.site.volume import AUTHOR, CONTENTS, Volume

OWN = re.compile(r"url\(#([^)]+)\)")


def name(language: str) -> str:
    return f"downhill-{language}.pdf"


def write(book: Book, site: Path, address: str) -> None:
    """Print each language of a published site beside its pages. Raises Missing where nothing can print."""
    with both_languages() as browser:
        for language in LANGUAGES:
            whole = volume.read(site, language)
            whole.lead(address, _apart)
            data = packed(printed(browser, book, site, whole), whole, int(commit_time(book.root)))
            (site / name(language)).write_bytes(data)


def printed(browser, book: Book, site: Path, whole: Volume) -> bytes:
    """Return a volume as Chromium prints it: first to learn on which pages its places are, then with these in the contents."""
    for chapter in whole.chapters:
        _own_ids(chapter.article, chapter.stem)
    path = site / f"{whole.language}-printed.html"
    page = browser.new_page(java_script_enabled=False)

    def on_paper(pages: dict[str, int], **more) -> bytes:
        path.write_text(document(book, site, whole, pages), encoding="utf-8")
        page.goto(path.as_uri())
        return page.pdf(prefer_css_page_size=True, print_background=True, **more)

    try:
        pages = places(on_paper({}))
        data = on_paper(pages, outline=True, tagged=True)
    finally:
        page.close()
        path.unlink(missing_ok=True)
    if places(data) != pages:
        raise BookError(
            f"{name(whole.language)}: what the contents say moves their pages; give them room in docs/volume/print.css"
        )
    return data


def places(data: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of each place in a PDF that a link leads to."""
    with pikepdf.open(io.BytesIO(data)) as read:
        number = {page.objgen: count for count, page in enumerate(read.pages, 1)}
        return {name.removeprefix("/"): number[place[0].objgen] for name, place in read.Root.get("/Dests", {}).items()}


def document(book: Book, site: Path, whole: Volume, pages: dict[str, int]) -> str:
    """Return the page that is printed; `pages` are what the contents say, as far as they are known."""
    (style,) = (site / "assets").glob("style.*.css")
    heads = "".join(
        f'@page c{number} {{ @top-center {{ content: "{chapter.title}" }} }} .c{number} {{ page: c{number} }}\n'
        for number, chapter in enumerate(whole.chapters)
    )
    articles = "".join(
        f'<article class="md-typeset c{number}" id="{_id(chapter.stem)}">{_inner(chapter.article)}</article>'
        for number, chapter in enumerate(whole.chapters)
    )
    return f"""<!doctype html>
<html lang="{whole.language}" data-md-color-scheme="default">
<meta charset="utf-8">
<title>{escape(whole.title)}</title>
<link rel="stylesheet" href="assets/{style.name}">
<link rel="stylesheet" href="{(book.docs / "volume" / "print.css").as_uri()}">
<style>{heads}</style>
<body class="volume" dir="ltr">
{cover(whole)}
{contents(whole, pages)}
{articles}
"""


def cover(whole: Volume) -> str:
    """Return the first page."""
    drawing = "" if whole.drawing is None else lxml.html.tostring(whole.drawing, encoding="unicode", with_tail=False)
    return f"""<div class="cover md-typeset">
<p class="cover-title">{escape(whole.title)}</p>
<p class="cover-line">{escape(whole.sentence)}</p>
<div class="drawing">{drawing}</div>
<p class="cover-edition">{escape(whole.edition)}<br>{escape(whole.licence)}</p>
</div>"""


def contents(whole: Volume, pages: dict[str, int]) -> str:
    """Return the table of contents, with the page of each chapter and each of its headings."""

    def entry(place: str, words: str) -> str:
        return f'<a href="#{place}" data-page="{pages.get(place, "")}"><span>{escape(words)}</span></a>'

    def chapter_entry(chapter: volume.Chapter) -> str:
        inner = "".join(f"<li>{entry(identity, words)}</li>" for identity, words in chapter.headings())
        return f"<li>{entry(_id(chapter.stem), chapter.title)}<ol>{inner}</ol></li>"

    return f'<nav class="contents md-typeset"><h1>{CONTENTS[whole.language]}</h1><ol>{whole.listed(chapter_entry)}</ol></nav>'


def _id(stem: str, identity: str = "") -> str:
    """Return an id that stands once in the whole book."""
    return f"{stem}--{identity}" if identity else stem


def _apart(stem: str, identity: str) -> str:
    return f"#{_id(stem, identity)}"


def _own_ids(article: HtmlElement, stem: str) -> None:
    """Give the ids of an article the name of its chapter, and so what names them inside of drawings."""
    for element in article.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, _id(stem, value))
            elif element.tag == "use" and key.endswith("href"):
                element.set(key, _apart(stem, value.removeprefix("#")))
            elif "url(#" in value:
                element.set(key, OWN.sub(lambda match: f"url({_apart(stem, match[1])})", value))


def _inner(article: HtmlElement) -> str:
    return "".join(lxml.html.tostring(child, encoding="unicode") for child in article)


def packed(data: bytes, whole: Volume, seconds: int) -> bytes:
    """Return a PDF in less than half its bytes, which are the same whenever it is made of the same book."""
    then = datetime.fromtimestamp(seconds, UTC).strftime("D:%Y%m%d%H%M%SZ")
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as read:
        read.docinfo["/CreationDate"] = read.docinfo["/ModDate"] = then
        read.docinfo["/Author"], read.docinfo["/Subject"] = AUTHOR, whole.sentence
        del read.docinfo["/Creator"]
        _bookmark_parts(read, whole)
        read.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def _bookmark_parts(read: pikepdf.Pdf, whole: Volume) -> None:
    """Put the bookmarks of chapters below one of their part, which leads to the first of them."""
    with read.open_outline() as outline:
        count = len(outline.root) - len(whole.chapters)  # before the chapters come the contents
        contents, chapters = outline.root[:count], iter(outline.root[count:])
        outline.root[:] = contents
        for part, inside in whole.parts():
            marks = list(itertools.islice(chapters, len(inside)))
            if part:
                above = pikepdf.OutlineItem(part, marks[0].destination, action=marks[0].action)
                above.children += marks
                marks = [above]
            outline.root += marks

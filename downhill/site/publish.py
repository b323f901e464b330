"""From MkDocs' two folders to the site as readers get it: assets, search, Markdown, notebooks, a zip, EPUBs, offline.

What both languages load stands once, in assets/, under names that hold a fingerprint of the content, so that a browser
keeps it for good. Nothing that no page asks for is published.
"""

import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

from downhill import LANGUAGES
from downhill.execution import digits, trials
from downhill.execution.runner import START
from downhill.execution.shelf import Shelf
from downhill.manuscript import bibliography, files
from downhill.manuscript.book import Book
from downhill.site import archive, cards, epub, feed, landing, plain, python, search, style
from downhill.site.assets import Assets

WRITTEN = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>|<script\b.*?</script>)", re.DOTALL)  # as it is shown, or run


def publish(book: Book, site: Path, local: str = "") -> None:
    """Turn a folder with zh/ and en/, as MkDocs made them, into the site.

    `local` is the address of `make serve`: there pages are rendered again one by one, and stay as MkDocs makes them.
    """
    shutil.copytree(book.docs / "landing", site, dirs_exist_ok=True, ignore=files.strays)
    shutil.copy(book.docs / "theme" / "assets" / "favicon.svg", site / "landing")
    for language in LANGUAGES:
        search.write(site / language)
        write_loaded(book, site / language / "explorables")
    if local:
        for language in LANGUAGES:
            python.write(book.root, site / language)
            (site / language / "assets" / "theme.css").write_text(style.theme_style(site / language), encoding="utf-8")
        landing.write(site)
        (site / "sw.js").unlink()  # another project served at this port would be shadowed by the book
        return
    address = os.environ.get("SITE_URL", "")
    base = urlsplit(address).path.rstrip("/") + "/"
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.glob("*/**/*.html"))}
    if not address:  # MkDocs takes the root for the address of an error page
        for path in (site / language / "404.html" for language in LANGUAGES):
            pages[path] = re.sub(r'((?:href|src|data-\w+)=")/', rf"\1/{path.parent.name}/", pages[path])
    with ProcessPoolExecutor(len(LANGUAGES), mp_context=get_context(START)) as beside:
        written = beside.submit(write_texts, book, site, address, {name: plain.order(site / name) for name in LANGUAGES})
        assets = Assets(site, base)
        assets.add_style(pages)
        for path, text in pages.items():
            path.write_text(compact(assets.link(path, style.classes_for_styles(text))), encoding="utf-8")
        assets.keep()
        landing.write(site)
        root_files(site, base, address)
        written.result()
        bound = [beside.submit(epub.write, book, site, language, address) for language in LANGUAGES]
        archive.write(site)
        for volume in bound:
            volume.result()
    write_worker(site, python.write(book.root, site))
    if address:
        feed.write(site, address)
        cards.publish(book, site)
    if os.environ.get("BOOK_PDF"):
        from downhill.site import pdf  # it needs what else only the tests need

        pdf.write(book, site, address)


def compact(text: str) -> str:
    """Return a page without the blank lines and the indentation that templates leave before tags; programs keep theirs.

    >>> compact("<p>\\n\\n  <b>a</b>\\n  b</p><pre>\\n  <i>c</i></pre>\\n  <hr>")
    '<p>\\n<b>a</b>\\n  b</p><pre>\\n  <i>c</i></pre>\\n<hr>'
    """
    return "".join(part if WRITTEN.match(part) else re.sub(r"\n\s+(?=<)", "\n", part) for part in WRITTEN.split(text))


def write_texts(book: Book, site: Path, address: str, pages: dict[str, list[str]]) -> None:
    """Write the pages as Markdown, and as notebooks, whose libraries take long to import."""
    from downhill.site import notebooks

    shelf, sources = Shelf(book.root), plain.Sources(bibliography.load(book.root))
    plain.write(book, site, address, pages, shelf, sources)
    notebooks.write(book, site, address, shelf, sources)


def write_loaded(book: Book, folder: Path) -> None:
    """Write, beside the modules of figures to touch, the data that these load."""
    for loaded in (digits, trials):
        (folder / loaded.NAME).write_bytes(loaded.packed(book.root))


def root_files(site: Path, base: str, address: str) -> None:
    """Complete the files at the site's root: its error page works at any depth, its sitemap names those of the languages."""
    path = site / "404.html"
    path.write_text(path.read_text(encoding="utf-8").replace('<base href="/">', f'<base href="{base}">'), encoding="utf-8")
    for language in LANGUAGES:
        (site / language / "sitemap.xml.gz").unlink(missing_ok=True)
        if not address:
            (site / language / "sitemap.xml").unlink(missing_ok=True)
    if address:
        maps = "".join(f"<sitemap><loc>{address.rstrip('/')}/{language}/sitemap.xml</loc></sitemap>" for language in LANGUAGES)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{namespace}">{maps}</sitemapindex>\n'
        (site / "sitemap.xml").write_text(text, encoding="utf-8")


def write_worker(site: Path, apart: str) -> None:
    """Give the service worker the list of what it keeps, by address, with fingerprints, and the folder apart."""
    kept = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if apart and name.startswith(apart):
            continue
        if path.suffix in (".html", ".css", ".js", ".mjs", ".json", ".svg", ".woff2", ".png", ".webp") and name != "sw.js":
            address = re.sub(r"(^|/)index\.html$", r"\1", name)
            kept[address] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
    worker = site / "sw.js"
    lists = f"const VERSION = {json.dumps(version)};\nconst PYTHON = {json.dumps(apart)};\n"
    lists += f"const FILES = {json.dumps(kept, indent=1)};\n"
    worker.write_text(lists + worker.read_text(encoding="utf-8"), encoding="utf-8")

"""A card for each page and language, which other services show beside a link: its title, its sentence, and its figure.

Chromium draws them (`python -m downhill cards`), and they are committed: a build has no browser. Each holds, in the PNG
itself, what it was made of, so that a test finds those that say something else than their page does now.
"""

import hashlib
import io
import json
import re
import shutil
from html import escape
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement
from PIL import Image, PngImagePlugin

from downhill.manuscript import counts, localize
from downhill.manuscript.book import Book, Page, folder_of
from downhill.manuscript.new import LISTED
from downhill.site.chromium import both_languages
from downhill.site.plain import sentence
from downhill.site.sections import words

SIZE = {"width": 1200, "height": 630}
COLOURS = 32
FOLDER = Path("docs", "cards")
KEY = "downhill"  # of the text in the PNG
SHOWS = {"en": "{title}. {sentence} {shown}", "zh": "{title}。{sentence}{shown}"}
AGAIN = "run `python -m downhill cards`, look at it, and commit it"


def path(root: Path, language: str, name: str) -> Path:
    return root / FOLDER / language / f"{name.removesuffix('.md')}.png"


def made_of(path: Path) -> dict[str, str]:
    """Return of what a card was made; nothing where there is none."""
    if not path.exists():
        return {}
    with Image.open(path) as image:
        return json.loads(image.text.get(KEY, "{}"))


def alternative(root: Path, language: str, name: str) -> str:
    """Return in words what a page's card shows; nothing where it has none."""
    held = made_of(path(root, language, name))
    return SHOWS[language].format(**held) if held else ""


def wanted(book: Book, site: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return, for each language and page, of what its card is to be made."""
    from downhill.execution import record  # with matplotlib, which a build that draws nothing does not import

    kept, found = record.recorded(book), {}
    for language, pages in book.pages.items():
        trees = {name: lxml.html.fromstring(_file(site, language, name).read_text(encoding="utf-8")) for name in pages}
        for name in pages:
            page, figure = _figure(pages, name)
            snippet = pages[page].figures[figure]
            found[language, name] = {
                "title": words(trees[name].find(".//article//h1")),
                "sentence": _sentence(trees, name),
                "figure": f"{page}#{figure}",
                "shown": trees[page].xpath(f"string(//figure[@id='{figure}']//svg/@aria-label)"),
                "drawn": _drawn(kept.get(snippet, ({},))[0], book.source(snippet, language)),
            }
    return found


def _figure(pages: dict[str, Page], name: str) -> tuple[str, str]:
    """Return where the figure of a page's card stands: that of its card on the first page, its own first, or the book's."""
    listed = [match for line in pages[counts.FIRST].text.split("\n") if (match := LISTED.match(line))]
    chosen = [figure for _, page, figure in (match.groups() for match in listed) if page == name and figure]
    where = [(name, figure) for figure in (*chosen, *pages[name].figures)]
    return where[0] if where else (counts.FIRST, next(iter(pages[counts.FIRST].figures)))


def _drawn(entries: dict[str, str], source: str) -> str:
    """Return what stands for a drawing: the numbers of it that are on record, and its words."""
    numbers = [f"{what} {said}" for what, said in entries.items() if what.startswith("figure")]
    said = [word.text for word in localize.words(source) if word.kind == "figure"]
    return hashlib.sha256("\n".join(numbers + said).encode()).hexdigest()[:16]


def _sentence(trees: dict[str, HtmlElement], name: str) -> str:
    """Return the question of a chapter's card on the first page, the sentence of that page, or a page's first sentence."""
    first = trees[counts.FIRST]
    if name == counts.FIRST and first.xpath("//*[@class='hero']"):
        return words(first.xpath("//*[@class='hero']")[0])
    for link in first.xpath("//a[@class='card-title']"):
        if link.get("href").strip("/") == name.removesuffix(".md"):
            return words(link.xpath("following-sibling::*[@class='card-question']")[0])
    return sentence(words(trees[name].find(".//article//p")))


def _file(site: Path, language: str, name: str) -> Path:
    return site / language / folder_of(name) / "index.html"


def stale(book: Book, site: Path) -> list[str]:
    """Return a sentence for each card that is missing, that says something else than its page, or that has none."""
    found, places = [], {path(book.root, *page): facts for page, facts in wanted(book, site).items()}
    for place, facts in places.items():
        held = made_of(place)
        other = [key for key in facts if held.get(key) != facts[key]]
        if other:
            said = f"was made of another {', '.join(other)}" if held else "is missing"
            found.append(f"{place.relative_to(book.root)}: {said}; {AGAIN}")
    left = {*(book.root / FOLDER).glob("*/*.png")} - places.keys()
    return found + [f"{place.relative_to(book.root)}: belongs to no page; delete it" for place in sorted(left)]


def draw(book: Book, site: Path) -> list[Path]:
    """Draw the cards that are missing, or say something else than their pages; return them. Raises Missing."""
    todo = {page: facts for page, facts in wanted(book, site).items() if made_of(path(book.root, *page)) != facts}
    if not todo:
        return []
    with both_languages() as browser:
        page = browser.new_page(viewport=SIZE)
        for (language, name), facts in todo.items():
            source = site / "card.html"
            source.write_text(_html(book, site, language, facts), encoding="utf-8")
            page.goto(source.as_uri())
            page.evaluate("document.fonts.ready")
            (target := path(book.root, language, name)).parent.mkdir(parents=True, exist_ok=True)
            _save(page.screenshot(), target, facts)
            source.unlink()
    return [path(book.root, *page) for page in todo]


def _save(shot: bytes, target: Path, facts: dict[str, str]) -> None:
    """Write a picture in few colours, and of what it was made."""
    held = PngImagePlugin.PngInfo()
    held.add_itxt(KEY, json.dumps(facts, ensure_ascii=False))
    with Image.open(io.BytesIO(shot)) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(target, optimize=True, pnginfo=held)


def _html(book: Book, site: Path, language: str, facts: dict[str, str]) -> str:
    page, _, figure = facts["figure"].partition("#")
    text = _file(site, language, page).read_text(encoding="utf-8")
    drawing = re.search(rf'<figure[^>]* id="{figure}".*?(<svg.*?</svg>)', text, re.DOTALL)[1]
    book_name = re.search(r'og:site_name" content="([^"]*)"', text)[1]
    (style,) = (site / "assets").glob("style.*.css")
    name = "" if facts["title"] == book_name else f'<p class="book">{book_name}</p>'
    return f"""<!doctype html>
<html lang="{language}" data-md-color-scheme="default">
<meta charset="utf-8">
<link rel="stylesheet" href="assets/{style.name}">
<link rel="stylesheet" href="{(book.root / FOLDER / "card.css").as_uri()}">
<body class="card">{name}
<h1>{escape(facts["title"])}</h1>
<p class="sentence">{escape(facts["sentence"])}</p>
<div class="figure">{drawing}</div>
"""


def publish(book: Book, site: Path) -> None:
    """Put the cards into the site."""
    for card in (book.root / FOLDER).glob("*/*.png"):
        (target := site / "cards" / card.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(card, target)

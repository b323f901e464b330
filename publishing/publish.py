"""From MkDocs' two folders to the site as readers get it: one set of assets, search, Markdown, a zip, offline.

What both languages load stands once, in assets/, under names that hold a fingerprint of the content, so that a browser
keeps it for good. Nothing that no page asks for is published.
"""

import hashlib
import html
import json
import os
import posixpath
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import tinycss2

from downhill import LANGUAGES
from downhill.runner import START
from manuscript.book import Book
from publishing import archive, plain

ADDRESS = re.compile(r'(?<=[\s"])(href|src|data-search|data-index)="([^"]*)"')
STYLESHEETS = re.compile(r'(?:<link rel="stylesheet" href="([^"]+)">\s*)+')
SCRIPTS = re.compile(r'(?:<script defer src="[^"]+"></script>\s*)*<script defer src="([^"]+)"')
PROGRAM = re.compile(r"<pre.*?</pre>", re.DOTALL)
STYLE = re.compile(r'(<[^<>]*?) style="([^"]*)"([^<>]*>)')
INTERNAL = re.compile(r"(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)")  # what a selector says of other elements
NAME = re.compile(r"(?:^|(?<=[\s>+~]))([a-z][\w-]*)|[.#]((?:\\.|[\w-])+)|\[([\w-]+)(?:[~|^$*]?=[\"']?([\w-]+))?")


def publish(book: Book, site: Path, local: str = "") -> None:
    """Turn a folder with zh/ and en/, as MkDocs made them, into the site.

    `local` is the address of `make serve`: there pages are rendered again one by one, and stay as MkDocs makes them.
    """
    shutil.copytree(book.docs / "landing", site, dirs_exist_ok=True)
    shutil.copy(book.docs / "theme" / "assets" / "favicon.svg", site / "landing")
    for language in LANGUAGES:
        write_search(site / language)
    if local:
        for language in LANGUAGES:
            (site / language / "assets" / "theme.css").write_text(theme_style(site / language), encoding="utf-8")
        (site / "sw.js").unlink()  # another project served at this port would be shadowed by the book
        return
    address = os.environ.get("SITE_URL", "")
    base = urlsplit(address).path.rstrip("/") + "/"
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.glob("*/**/*.html"))}
    if not address:  # MkDocs takes the root for the address of an error page
        for path in (site / language / "404.html" for language in LANGUAGES):
            pages[path] = re.sub(r'((?:href|src|data-\w+)=")/', rf"\1/{path.parent.name}/", pages[path])
    with ProcessPoolExecutor(1, mp_context=get_context(START)) as beside:
        written = beside.submit(plain.write, book, site, address, {name: plain.order(site / name) for name in LANGUAGES})
        assets = Assets(site, base)
        assets.add_style(pages)
        for path, text in pages.items():
            path.write_text(assets.link(path, classes_for_styles(text)), encoding="utf-8")
        assets.keep()
        root_files(site, base, address)
        written.result()
    archive.write(site)
    write_worker(site)


def theme_style(folder: Path) -> str:
    """Return the theme's own style, of which classes that the theme's script would set are no part."""
    files = [next((folder / "assets" / "stylesheets").glob(f"{name}.*.min.css")) for name in ("main", "palette")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files).replace(".focus-visible", ":focus-visible")


class Assets:
    """What pages load, once for both languages, named by its content."""

    def __init__(self, site: Path, base: str):
        self.site, self.base = site, base
        self.source = site / "en" / "assets"
        self.target = site / "assets"
        self.target.mkdir()
        self.names: dict[str, str] = {}  # {path below the theme's assets: path below the site}

    def name(self, path: str, content: bytes) -> str:
        """Store an asset under a name that holds its fingerprint; return its path below the site."""
        stem, dot, ending = posixpath.basename(path).rpartition(".")
        self.names[path] = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending}"
        (self.site / self.names[path]).write_bytes(content)
        return self.names[path]

    def add_style(self, pages: dict[Path, str]) -> None:
        """Make one stylesheet of the theme's and the book's, without what no page uses."""
        own = re.findall(r'rel="stylesheet" href="[^"]*assets/([^"]+)"', next(iter(pages.values())))
        words = used_words([*pages.values(), *(p.read_text(encoding="utf-8") for p in sorted(self.source.glob("*.js")))])
        css = theme_style(self.site / "en")
        rules = prune(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words)
        for name in own:
            css = re.sub(r"/\*.*?\*/\s*", "", (self.source / name).read_text(encoding="utf-8"), flags=re.DOTALL)
            rules.append(re.sub(r'url\("?((?!data:)[^)"]+)"?\)', lambda match: f'url("{self.font(match[1])}")', css))
        styles = sorted({style for text in pages.values() for _, style, _ in STYLE.findall(text)})
        rules += [f".{style_class(style)}{{{important(style)}}}" for style in styles]
        self.name("style.css", "\n".join(rules).encode())

    def font(self, path: str) -> str:
        return posixpath.basename(self.name(path, (self.source / path).read_bytes()))

    def link(self, page: Path, text: str) -> str:
        """Return a page whose links to assets lead to where they are."""
        folder = page.parent.relative_to(self.site).as_posix()
        language = folder.split("/")[0]

        def moved(match: re.Match) -> str:
            attribute, target = match.groups()
            absolute = page.name == "404.html"
            inside = target.removeprefix(self.base) if absolute else posixpath.normpath(posixpath.join(folder, target))
            if re.match(r"\w+:", target) or not inside.startswith(f"{language}/assets/"):
                return match[0]
            path = inside.removeprefix(f"{language}/assets/")
            name = self.names.get(path) or self.name(path, self.read(path))
            return f'{attribute}="{self.base + name if absolute else posixpath.relpath(name, folder)}"'

        text = STYLESHEETS.sub(lambda match: f'<link rel="stylesheet" href="{self._beside(match[1], "style.css")}">\n', text)
        return ADDRESS.sub(moved, SCRIPTS.sub(self.one_script, text))

    def one_script(self, match: re.Match) -> str:
        """Return the tag, as far as its address, of one script made of those that follow each other."""
        paths = re.findall(r'assets/([^"]+)"', match[0])
        path = "-".join(path.removesuffix(".js") for path in paths) + ".js"
        if path not in self.names:
            self.name(path, b"\n".join(self.read(path) for path in paths))
        return f'<script defer src="{self._beside(match[1], path)}"'

    @staticmethod
    def _beside(address: str, name: str) -> str:
        return re.sub(r"assets/.*", f"assets/{name}", address)

    def read(self, path: str) -> bytes:
        for language in LANGUAGES:
            if (file := self.site / language / "assets" / path).exists():
                return file.read_bytes()
        raise FileNotFoundError(f"a page loads assets/{path}, which is not in docs/theme/assets")

    def keep(self) -> None:
        """Keep the fonts' licences, and delete what is left."""
        for licence in self.source.rglob("*LICENSE*"):
            shutil.copy(licence, self.target)
        for language in LANGUAGES:
            for folder in ("assets", "search"):
                shutil.rmtree(self.site / language / folder)


def used_words(texts: list[str]) -> set[str]:
    """Return the words that stand in tags and scripts: whatever a selector can name is among them.

    Of the lines of figures and the signs of formulas, which are many, only what they are called is taken.
    """
    tags = re.compile(r"<(?:(?:path|use|text) |m[inos]>|[^/<>][^<>]*>)")
    parts = {part for text in texts for part in (tags.findall(text) if text.lstrip().startswith("<") else [text])}
    return {word for part in parts for word in re.findall(r"[\w-]+", part)}


def prune(rules: list, words: set[str]) -> list[str]:
    """Return the rules of a stylesheet, as text, that can match something and load no image from inside themselves."""
    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer"):
            inner = prune(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{''.join(inner)}}}")
        elif rule.type == "qualified-rule":
            selectors = [s for s in split_selectors(tinycss2.serialize(rule.prelude)) if can_match(s, words)]
            body = declarations(rule.content)
            if selectors and body:
                kept.append(f"{','.join(selectors)}{{{body}}}")
        elif rule.type == "at-rule":
            kept.append(rule.serialize())
    return kept


def split_selectors(text: str) -> list[str]:
    """Return the selectors of a list.

    >>> split_selectors("a:is(.b, .c) , d")
    ['a:is(.b, .c)', 'd']
    """
    return [part.strip() for part in re.split(r",(?![^(]*\))", text)]


def can_match(selector: str, words: set[str]) -> bool:
    """Return whether every element, class, id and attribute that a selector asks for is used somewhere.

    >>> can_match("a.used:not(.other) [data-x=y]", {"a", "used", "data-x", "y"})
    True
    >>> can_match(".unused a", {"a", "used"}), can_match(".used > hr", {"a", "used"})
    (False, False)
    """
    names = (name for match in NAME.findall(INTERNAL.sub("", selector)) for name in match if name)
    return all(re.sub(r"\\(.)", r"\1", name) in words for name in names)


def declarations(content: list) -> str:
    """Return a rule's declarations without those that hold a data: address, which the security policy forbids."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    texts = [item.serialize() for item in found if item.type in ("declaration", "qualified-rule", "at-rule")]
    return ";".join(text for text in texts if 'url("data:' not in text and "url(data:" not in text)


def style_class(style: str) -> str:
    return f"style-{hashlib.sha256(style.encode()).hexdigest()[:6]}"


def important(style: str) -> str:
    return ";".join(f"{part.strip()}!important" for part in html.unescape(style).split(";") if part.strip())


def classes_for_styles(text: str) -> str:
    """Return a page with a class in the place of each style attribute, which the security policy forbids.

    >>> classes_for_styles('<td class="a" style="text-align: right;">')
    '<td class="style-37dd0c a">'
    """

    def replaced(match: re.Match) -> str:
        before, style, after = match.groups()
        name = style_class(style)
        tag, count = re.subn(r'(\sclass=")', rf"\1{name} ", before + after, count=1)
        return tag if count else f'{before} class="{name}"{after}'

    return STYLE.sub(replaced, text)


def write_search(folder: Path) -> None:
    """Write the search index of a language as a script, which also loads from disk: sections, in plain words."""
    index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    titles = {entry["location"]: clean(entry["title"]) for entry in index["docs"] if "#" not in entry["location"]}
    sections = [
        {
            "location": entry["location"],
            "page": titles[entry["location"].partition("#")[0]],
            "title": clean(entry["title"]),
            "text": clean(PROGRAM.sub("", entry["text"]) + " ".join(PROGRAM.findall(entry["text"]))),  # prose before programs
        }
        for entry in index["docs"]
    ]
    data = json.dumps(sections, ensure_ascii=False, separators=(",", ":"))
    for language in LANGUAGES:  # assets are looked for in both
        path = folder.parent / language / "assets" / f"search-{folder.name}.js"
        path.write_text(f"globalThis.downhillIndex={data};\n", encoding="utf-8")


def clean(text: str) -> str:
    """Return the words of a piece of HTML, without the marks between Chinese words.

    >>> clean("<p>\\u52a8\\u200b\\u91cf &lt; 1</p>\\n<p>b</p>")
    '\\u52a8\\u91cf < 1 b'
    """
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u200b", "").replace("\u00b6", "").split())


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


def write_worker(site: Path) -> None:
    """Give the service worker the list of what it keeps, by address, with fingerprints."""
    kept = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix in (".html", ".css", ".js", ".mjs", ".svg", ".woff2", ".png", ".webp") and name != "sw.js":
            address = re.sub(r"(^|/)index\.html$", r"\1", name)
            kept[address] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
    worker = site / "sw.js"
    lists = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(kept, indent=1)};\n"
    worker.write_text(lists + worker.read_text(encoding="utf-8"), encoding="utf-8")

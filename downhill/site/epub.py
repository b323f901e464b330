"""The book as an EPUB 3: a chapter a file, formulas as MathML, figures as SVG in their light colours, no script.

https://www.w3.org/TR/epub-33/ says what stands where; `lead` in volume.py, where its links go.
"""

import re
import uuid
import zipfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from downhill.manuscript.book import Book
from downhill.site import archive, style, volume
from downhill.site.dates import commit_time
from downhill.site.volume import AUTHOR, CONTENTS, Volume

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
CAPITALS = ("viewBox", "clipPath")  # in drawings; a reader of HTML writes them small
LEVELS = ("displaystyle", "scriptlevel")
NAMESPACES = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
KINDS = {".css": "text/css", ".xhtml": "application/xhtml+xml", ".woff2": "font/woff2", ".txt": "text/plain"}
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
ACCESS = """<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>"""


def name(language: str) -> str:
    return f"downhill-{language}.epub"


def write(book: Book, site: Path, language: str, address: str) -> None:
    """Write a published language beside its pages."""
    light = style.light(book.root)
    whole = volume.read(site, language)
    whole.lead(address, lambda stem, place: f"{stem}.xhtml{'#' if place else ''}{place}")
    files = {"style.css": (book.docs / "volume" / "epub.css").read_bytes()}
    for path in sorted((site / "assets").glob("pagella-math.*")) + sorted((site / "assets").glob("GUST*")):
        files[re.sub(r"\.\w{8}\.", ".", path.name)] = path.read_bytes()
    files["title.xhtml"] = page(whole, whole.title, title_page(whole), light)
    files["nav.xhtml"] = page(whole, CONTENTS[language], navigation(whole), light)
    for chapter in whole.chapters:
        files[f"{chapter.stem}.xhtml"] = page(whole, chapter.title, written(chapter.article), light)
    pack(site / name(language), files | {"package.opf": package(whole, files, int(commit_time(book.root)))})


def pack(path: Path, files: dict[str, bytes]) -> None:
    """Write the archive: its kind first, and uncompressed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype", archive.TIME), "application/epub+zip")
        inside = {f"EPUB/{file}": data for file, data in files.items()}
        for file, data in {"META-INF/container.xml": CONTAINER, **inside}.items():
            info = zipfile.ZipInfo(file, archive.TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, data)


def package(whole: Volume, files: dict[str, bytes], seconds: int) -> bytes:
    """Return the package document: what the book is, what files it has, and in which order they are read."""
    items = []
    for number, (file, data) in enumerate(files.items()):
        held = [kind for kind in ("svg", "math") if file.endswith(".xhtml") and f"<{kind} ".encode() in data]
        properties = " ".join((["nav"] if file == "nav.xhtml" else []) + [kind.replace("math", "mathml") for kind in held])
        said = f' properties="{properties}"' if properties else ""
        items.append(f'<item id="i{number}" href="{file}" media-type="{KINDS[Path(file).suffix]}"{said}/>')
    order = [f'<itemref idref="i{number}"/>' for number, file in enumerate(files) if file.endswith(".xhtml")]
    modified = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    locale = LOCALES[whole.language]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{locale}">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f'<dc:identifier id="id">{uuid.uuid5(uuid.NAMESPACE_DNS, name(whole.language)).urn}</dc:identifier>',
        f"<dc:title>{escape(whole.title)}</dc:title>",
        f"<dc:language>{locale}</dc:language>",
        f"<dc:creator>{AUTHOR}</dc:creator>",
        f"<dc:description>{escape(whole.sentence)}</dc:description>" if whole.sentence else "",
        f"<dc:rights>{escape(whole.licence)}</dc:rights>",
        f'<meta property="dcterms:modified">{modified}</meta>',
        ACCESS,
        "</metadata>",
        f"<manifest>{''.join(items)}</manifest>",
        f"<spine>{''.join(order)}</spine>",
        "</package>",
    ]
    return "\n".join(part for part in parts if part).encode()


def page(whole: Volume, title: str, body: str, light: dict[str, str]) -> bytes:
    """Return a file of the book; what colours figures is written out."""
    body = re.sub(r"var\((--[\w-]+)\)", lambda match: light[match[1]], body)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{whole.language}" xml:lang="{whole.language}">
<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body>
</html>
""".encode()


def title_page(whole: Volume) -> str:
    drawing = "" if whole.drawing is None else written(whole.drawing)
    return f"""<div class="title"><p class="name">{escape(whole.title)}</p><p>{escape(whole.sentence)}</p>
<div class="drawing">{drawing}</div><p>{escape(whole.edition)}<br/>{escape(whole.licence)}</p></div>"""


def navigation(whole: Volume) -> str:
    """Return the table of contents, for readers and for what they read with."""

    def entry(chapter: volume.Chapter) -> str:
        inner = "".join(
            f'<li><a href="{chapter.stem}.xhtml#{place}">{escape(words)}</a></li>' for place, words in chapter.headings()
        )
        inner = f"<ol>{inner}</ol>" if inner else ""
        return f'<li><a href="{chapter.stem}.xhtml">{escape(chapter.title)}</a>{inner}</li>'

    return f'<nav epub:type="toc" id="toc"><h1>{CONTENTS[whole.language]}</h1><ol>{whole.listed(entry)}</ol></nav>'


def styled(element: HtmlElement) -> None:
    """Say in an `mstyle` how large a fraction or table is: MathML 3, which EPUB has, knows no such attributes of these."""
    for part in element.xpath(".//mfrac[@displaystyle] | .//mtable[@scriptlevel]"):
        style = part.makeelement("mstyle", {key: part.attrib.pop(key) for key in LEVELS if key in part.attrib})
        style.tail, part.tail = part.tail, None
        part.getparent().replace(part, style)
        style.append(part)


def written(element: HtmlElement) -> str:
    """Return an element as XHTML: HTML knows no namespaces, and writes all names small."""
    styled(element)
    for part in element.iter():
        if part.tag == "details":
            part.tag = "div"
            part.set("class", f"folded {part.get('class', '')}".strip())
        elif part.tag == "summary":
            part.tag = "p"
            part.set("class", "summary")
        elif part.tag in NAMESPACES:
            part.set("xmlns", NAMESPACES[part.tag])
        if latex := part.get("data-latex"):
            part.set("alttext", latex)
        if align := part.get("align"):
            part.set("class", f"{part.get('class', '')} {align}".strip())
        for key in [key for key in part.attrib if key.startswith("data-") or key in ("open", "intent", "align")]:
            del part.attrib[key]
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for word in CAPITALS:
        text = re.sub(rf"(?<=[<\s/]){word.lower()}(?=[\s=>])", word, text)
    return text

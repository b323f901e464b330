"""What changed for readers, as an Atom feed of each language (RFC 4287): the entries of its page of changes."""

from pathlib import Path
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from downhill import LANGUAGES
from downhill.manuscript.changes import ENTRY, PAGE
from downhill.site.volume import AUTHOR

NAME = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"


def write(site: Path, address: str) -> None:
    """Write the feed of each language that has such a page; a feed has absolute addresses, and so the site's is needed."""
    for language in LANGUAGES:
        stem = PAGE.removesuffix(".md")
        path = site / language / stem / "index.html"
        if path.exists():
            here = f"{address.rstrip('/')}/{language}/"
            feed = made(lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot(), here, f"{here}{stem}/")
            feed.getroottree().write(str(site / language / NAME), xml_declaration=True, encoding="utf-8", pretty_print=True)


def made(page: HtmlElement, home: str, url: str) -> etree._Element:
    """Return the feed of a page at an address, in the language that begins at `home`."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", page.get("lang"))
    book, title = (page.xpath(f"string(//meta[@property='og:{which}']/@content)") for which in ("site_name", "title"))
    _add(feed, "title", f"{book}: {title}")
    _add(feed, "id", url)
    _add(feed, "link", rel="self", type="application/atom+xml", href=home + NAME)
    _add(feed, "link", rel="alternate", type="text/html", href=url)
    _add(_add(feed, "author"), "name", AUTHOR)
    entries = [(heading, match) for heading in page.iter("h2") if (match := ENTRY.fullmatch(_words(heading)))]
    _add(feed, "updated", _moment(entries[0][1]["day"]))
    for heading, match in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", match["words"])
        _add(entry, "id", f"{url}#{heading.get('id')}")
        _add(entry, "link", rel="alternate", type="text/html", href=f"{url}#{heading.get('id')}")
        _add(entry, "updated", _moment(match["day"]))
        _add(entry, "content", _below(heading, url), type="html")
    return feed


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text
    return child


def _words(heading: HtmlElement) -> str:
    return heading.text_content().removesuffix("¶").strip()


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _below(heading: HtmlElement, url: str) -> str:
    """Return what stands below a heading, up to the next one, as HTML with absolute links."""
    parts = []
    for element in heading.itersiblings():
        if element.tag in ("h1", "h2"):
            break
        for link in element.xpath(".//a[@href]"):
            link.set("href", urljoin(url, link.get("href")))
        parts.append(lxml.html.tostring(element, encoding="unicode").strip())
    return "\n".join(parts)

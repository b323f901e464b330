"""A built page in plain words, a heading at a time: what search looks through.

Beside the sections stand what is looked for by name: terms of the glossary, symbols of the notation, and whatever has a
number (figures, tables, equations, theorems); and the questions of the first page, each in the place of its first answer.
"""

import re

import lxml.html
from lxml.html import HtmlElement

from downhill.manuscript import ways
from downhill.markdown.linear import linear

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LEFT_OUT = "//*[@data-search-exclude or self::script or self::template or contains(@class, 'headerlink') or self::button]"
NUMBERED = "//figure[@id] | //div[@class='equation' and a[@class='equation-number'] or contains(@class, ' form') and @id]"
INSIDE = {"a", "b", "code", "em", "i", "span", "strong", "sub", "sup"}  # what does not part words
EQUATION = {"en": "Equation ({})", "zh": "式（{}）"}
Section = dict[str, str | list[str] | bool]


def sections(text: str, location: str, language: str) -> list[Section]:
    """Return the sections of a page's HTML: {location, page, title, text}, with `names`, `number`, or `asked` for some."""
    article = lxml.html.fromstring(text[text.index("<article") : text.index("</article>")] + "</article>")
    for element in article.xpath(LEFT_OUT):
        element.drop_tree()
    write_formulas(article)
    title = words(next(article.iter("h1")))
    named = [*entries(article), *symbols(article)] if article.xpath("//dt[@id]") or location == "notation/" else []
    found = [*named, *numbers(article, language), *questions(article), *headed(article)]
    return [{"location": f"{location}{made.pop('id')}", "page": title, **made} for made in found]


def plain(text: str) -> str:
    """Return a piece of HTML in plain words.

    >>> plain("<p>For <math><msup><mn>10</mn><mn>4</mn></msup></math> &lt; n.</p>")
    'For 10^4 < n.'
    """
    piece = lxml.html.fragment_fromstring(text, create_parent=True)
    write_formulas(piece)
    return words(piece)


def write_formulas(element: HtmlElement) -> None:
    """Put in the place of each formula what it says in one line."""
    for formula in element.xpath(".//math"):
        formula.addprevious(place := lxml.html.Element("i"))
        place.text, place.tail = linear(formula), formula.tail
        formula.getparent().remove(formula)


def headed(article: HtmlElement) -> list[Section]:
    """Return a section for each heading: its words, and then its programs, up to the next heading."""
    made: list[Section] = []
    prose: list[str] = []
    programs: list[str] = []

    def close() -> None:
        if made:
            made[-1]["text"] = " ".join(" ".join(["".join(prose), *programs]).split())
        prose.clear()
        programs.clear()

    def walk(element: HtmlElement) -> None:
        if element.tag in HEADINGS and element.get("id"):
            close()
            made.append({"id": f"#{element.get('id')}" if element.tag != "h1" else "", "title": words(element)})
        elif element.tag == "pre":
            programs.append(words(element))
        else:
            prose.append(element.text or "")
            for child in element:
                if isinstance(child.tag, str):
                    walk(child)
                prose.append(child.tail or "")
            prose.append("" if element.tag in INSIDE else " ")

    walk(article)
    close()
    return made


def entries(article: HtmlElement) -> list[Section]:
    """Return the terms of a glossary, and take them out of the page; a term is also found by its names in code."""
    made: list[Section] = []
    for term in article.xpath("//dt[@id]"):
        said = term.getnext()
        names = [name for side in words(term).split(" · ") for name in re.split(r"、|, ", side)]
        made.append({"id": f"#{term.get('id')}", "title": words(term), "text": words(said), "names": names + codes(said)})
        term.drop_tree()
        said.drop_tree()
    return made


def symbols(article: HtmlElement) -> list[Section]:
    """Return the rows of tables of symbols, and take the tables out; names in programs find them too."""
    made: list[Section] = []
    for table in article.xpath("//table"):
        heading = table.xpath("preceding::*[self::h2 or self::h3][1]")[0]
        for row in table.xpath("tbody/tr"):
            first, *rest = row
            names = [words(place) for place in first.iter("i")] + codes(row)
            text = " · ".join(filter(None, map(words, rest)))
            made.append({"id": f"#{heading.get('id')}", "title": words(first), "text": text, "names": names})
        table.drop_tree()
    return made


def numbers(article: HtmlElement, language: str) -> list[Section]:
    """Return what is numbered, with its caption or formula as text; `number` is its kind and its number."""
    made: list[Section] = []
    for element in article.xpath(NUMBERED):
        place = element.xpath(".//a[@class='caption-number' or @class='equation-number']")[0]
        kind, *form = element.get("class").removeprefix("admonition ").split()
        head = element[0] if form else place
        said = element if element.tag == "div" else element.xpath("figcaption")[0]
        count = "".join(filter(str.isdigit, place.text))
        title = EQUATION[language].format(count) if kind == "equation" else words(head).rstrip(". ")
        text = words(said).replace(words(head), "", 1).strip()
        made.append({"id": f"#{element.get('id')}", "title": title, "text": text, "number": f"{kind} {count}"})
    return made


def questions(article: HtmlElement) -> list[Section]:
    """Return the rows of the first page's table of questions: where the first answer is, and as text what all are called."""
    made: list[Section] = []
    for asked, where in article.xpath(f"//figure[@id='{ways.QUESTIONS}']//tbody/tr"):
        for first in [*where.iter("a")][:1]:
            made.append({"id": first.get("href"), "title": words(asked), "text": words(where), "asked": True})
    return made


def codes(element: HtmlElement) -> list[str]:
    return [words(code) for code in element.iter("code")]


def words(element: HtmlElement) -> str:
    """Return the text of an element, without the marks between Chinese words."""
    return " ".join(element.text_content().replace("\u200b", "").replace("\u00b6", "").split())

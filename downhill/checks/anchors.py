"""Ids that stand twice or are the build's own, and links and references that lead nowhere."""

import posixpath
import re
from collections import defaultdict

from downhill.checks import explorables
from downhill.checks.blocks import blocks, captions
from downhill.checks.inline import LINK
from downhill.manuscript import files
from downhill.manuscript.book import Book, Page
from downhill.manuscript.explorables import SETTING, fault
from downhill.manuscript.names import suggestion
from downhill.manuscript.prose import HIDDEN, LISTS, citations, formulas, hidden, listed
from downhill.markdown.fence import anchor
from downhill.markdown.numbering import NUMBERED

LABEL = re.compile(r"\\label\{([\w-]+)\}")
FRAMED = re.compile(r'\bid="([\w-]+)"')
OWN = re.compile(r"(?:code|ref|cite|formula)-")  # what the ids begin with that the build makes


def problems(book: Book) -> list[str]:
    """Return a sentence for each id that is not the only one on its page, and for each link that leads nowhere."""
    found = []
    templates = files.below(book.root / "docs" / "theme", "*.html")
    framed = {name for path in templates for name in FRAMED.findall(files.text(path))}
    for pages in book.pages.values():
        keys = {key for page in pages.values() for _, key, _ in citations(page.text)}
        ids = {name: {**written(page), **made(page, keys)} for name, page in pages.items()}
        live = {name: explorables.settings(book, page) for name, page in pages.items()}
        for page in pages.values():
            found += _twice(page, framed)
            found += [f"{page.place}:{line}: {said}" for line, said in _links(page, ids, live)]
    return found


def written(page: Page) -> dict[str, list[tuple[int, str]]]:
    """Return `{id: [(line number, what has it)]}` of what a page gives an id: headings, terms, forms, captions, equations."""
    found = defaultdict(list)
    for block in blocks(page.text):
        if block.kind in ("heading", "term") and (match := re.search(r"\{#([\w-]+)\}$", block.line.text.rstrip())):
            found[match[1]].append((block.line.number, block.kind))
        elif block.kind == "fold" and block.match["id"]:
            found[block.match["id"]].append((block.line.number, block.match["kind"]))
    for caption in captions(page.text):
        found[caption.id].append((caption.line, caption.kind))
    for each in explorables.read(page.text):
        if "id" in each.options:
            found[each.id].append((each.line, "explorable"))
    for line, latex, display in formulas(page.text):
        for label in LABEL.findall(latex) if display else ():
            found[label].append((line, "equation"))
    return found


def made(page: Page, keys: set[str]) -> dict[str, list[tuple[int, str]]]:
    """Return the ids that the build makes, in the same way: of programs, sources, and citations."""
    found = defaultdict(list)
    for fence in page.fences:
        found[anchor(fence.snippet)].append((fence.line, "program"))
    lists, cited = listed(page.text), {key for _, key, _ in citations(page.text)}
    for key in keys if LISTS[1] in lists else cited if LISTS[0] in lists else ():
        found[f"ref-{key}"].append((0, "source"))
    for key in cited:
        found[f"cite-{key}"].append((0, "citation"))
    return found


def _twice(page: Page, framed: set[str]) -> list[str]:
    """Return a sentence for each id of a page that stands twice, in the frame around pages too, or that the build makes."""
    found = []
    for name, places in written(page).items():
        if match := OWN.match(name):
            found.append(
                f"{page.place}:{places[0][0]}: ids that begin with {match[0]} are the build's; write another than {name}"
            )
        elif name in framed:
            found.append(f"{page.place}:{places[0][0]}: the id {name} stands in the frame of every page; write another")
    programs = {name: places for name, places in made(page, set()).items() if name.startswith("code-")}
    for name, places in (*written(page).items(), *programs.items()):
        for line, what in places[1:]:
            first = places[0][0]
            found.append(f"{page.place}:{line}: the id {name} of this {what} stands in line {first} too")
    return found


def _links(page: Page, ids: dict[str, dict], live: dict[str, dict]):
    """Yield (line number, sentence) of links that lead nowhere, and of references to what has no number."""
    for block in blocks(page.text):
        for match in LINK.finditer(hidden(block.words)):
            target, words = match["address"], match["words"].strip()
            if HIDDEN in target:
                written = block.words[match.start("address") : match.end("address")]
                yield block.line.number, f"the address of a link is written out, without a value, code, or formula: {written}"
                continue
            if re.match(r"(https?://|mailto:|@)", target):
                continue
            setting = SETTING.match(target)
            if said := _trouble(page.name, setting["place"] if setting else target, not words, ids):
                yield block.line.number, said
            elif setting and (said := _unsettable(page.name, setting, live)):
                yield block.line.number, f"a link to {target}, but {said}"


def _goal(name: str, path: str) -> str:
    """Return the page to which a link of a page leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name


def _trouble(name: str, target: str, reference: bool, ids: dict[str, dict]) -> str:
    """Return why a link of a page to another page or an id leads nowhere, or nothing."""
    path, _, identity = target.partition("#")
    goal = _goal(name, path)
    if not target:
        return "a link without an address"
    if goal not in ids:
        return f"a link to {target}, but there is no page {goal}{suggestion(goal, ids)}"
    kinds = {what for _, what in ids[goal].get(identity, ())}
    if identity and not kinds:
        known = [known for known in ids[goal] if not OWN.match(known) or identity.startswith("code-")]
        return f"a link to {target}, but nothing there has the id {identity}{suggestion(identity, known)}"
    if reference and (path or not kinds & set(NUMBERED)):
        what = "leads to another page" if path else "is no figure, table, equation, or theorem"
        return f"the reference [](#{identity}) has no words of its own, and {what}; write [words]({target})"
    return ""


def _unsettable(name: str, setting: re.Match, live: dict[str, dict]) -> str:
    """Return why a link cannot set a figure, or nothing."""
    path, _, identity = setting["place"].partition("#")
    known = live[_goal(name, path)].get(identity)
    return "no figure to touch stands there" if known is None else fault(setting["state"], known)

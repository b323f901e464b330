"""Where a chapter stands in the book, as two tables of the first page tell: what it uses, and which questions it answers."""

import re

from downhill.manuscript import prose
from downhill.manuscript.book import Book, Page
from downhill.manuscript.counts import FIRST

USES, QUESTIONS = "tab-uses", "tab-questions"  # the ids of these tables
LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<page>[\w-]+\.md)?(?P<anchor>#[\w-]+)?\)")


def rows(page: Page, table: str) -> list[tuple[int, list[str]]]:
    """Return (line number, cells) of each row of a table of a page, known by its id; nothing if it has no such table.

    Cells are Markdown as it is written; the row of headings is left out.
    """
    lines = prose.lines(page.text)
    caption = next((line.number for line in lines if line.kind == "text" and line.text == f"/// table | {table}"), 0)
    above, found = [line for line in lines if line.number < caption], []
    while above and (not found or above[-1].text.startswith("|")):
        line = above.pop()
        found += [(line.number, [cell.strip() for cell in prose.cells(line.text)])] if line.text.startswith("|") else []
    return found[::-1][2:]


def uses(book: Book, page: Page) -> str:
    """Return what a chapter uses of others, as links from it, in Markdown; nothing if the first page does not say."""
    found = [what for _, (chapter, what) in _rows(book, page, USES) if page.name in leads(chapter)]
    return LINK.sub(lambda match: _from(page, match), found[0]) if found else ""


def answered(book: Book, page: Page) -> list[tuple[str, str]]:
    """Return (question, link) of each question of the first page that a chapter answers, the link to where it begins to."""
    found = []
    for _, (question, where) in _rows(book, page, QUESTIONS):
        here = [match for match in LINK.finditer(where) if match["page"] == page.name and match["anchor"]]
        found += [(question, here[0]["anchor"])] if here else []
    return found


def leads(words: str) -> list[str]:
    """Return the pages to which the links of some words lead.

    >>> leads("[a](a.md), [b](b-c.md#d), and [e](#e)")
    ['a.md', 'b-c.md', 'index.md']
    """
    return [match["page"] or FIRST for match in LINK.finditer(words)]


def _rows(book: Book, page: Page, table: str) -> list[tuple[int, list[str]]]:
    first = book.pages[page.language].get(FIRST)
    return rows(first, table) if first else []


def _from(page: Page, match: re.Match) -> str:
    """Return a link of the first page as it is written on another one."""
    goal, anchor = match["page"] or FIRST, match["anchor"] or ""
    return f"[{match['words']}]({'' if goal == page.name else goal}{anchor})"

"""What can be counted in the book: `{{ book: programs }}` quotes it, and a chapter's card says it, with the time of reading."""

import re
from dataclasses import dataclass

from downhill.manuscript import prose
from downhill.manuscript.book import Book, Page
from downhill.manuscript.labs import FOLDER
from downhill.manuscript.values import BOOK, QUOTE

# A page is read at so many English words or hanzi a minute, and one looks at each of these for so many minutes. A formula in
# a sentence counts as a word. What is folded is not counted: exercises are done, not read.
WORDS, HANZI = 200, 350
LOOKS = {"figure": 0.5, "program": 0.5, "equation": 0.25}
ROUND = 5  # minutes
FIRST = "index.md"  # the page that shows the book
FRONT = re.compile(r"^/// hero$", re.MULTILINE)
CHAPTER = re.compile(r"^ */// figure \||\{#exercises\}$", re.MULTILINE)
CAPTION = re.compile(r"^ */// (figure|table) \| \S+$")
EXERCISE = re.compile(r"^### .*\{#exercise-[\w-]+\}$")
LINK = re.compile(r"\]\([^)]*\)|\{#[\w-]+\}|^ */// .*|^ +alt: .*")  # what of a line is not read
HAN = re.compile(r"[\u4e00-\u9fff]")
EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)


@dataclass(frozen=True)
class Counted:
    """What a page holds, and how many minutes it takes to read."""

    programs: int
    figures: int
    exercises: int
    minutes: int


def page_counts(page: Page) -> Counted:
    """Return what a page holds."""
    return Counted(
        programs=len({fence.snippet for fence in page.fences}),
        figures=_figures(page),
        exercises=_exercises(page),
        minutes=max(ROUND, ROUND * round(minutes(page.text) / ROUND)),
    )


def _figures(page: Page) -> int:
    return sum(match[1] == "figure" for _, line in prose.prose(page.text) if (match := CAPTION.match(line)))


def _exercises(page: Page) -> int:
    return sum(bool(EXERCISE.match(line)) for _, line in prose.prose(page.text))


def minutes(text: str) -> float:
    """Return how long it takes to read a page.

    >>> minutes("word " * 200), minutes("字" * 700), minutes('??? success "Solution"\\n\\n    ' + "word " * 900) < 0.1
    (1.0, 2.0, True)
    """
    read = _unfolded(text)
    words = hanzi = 0
    for _, line in prose.prose(read, code=True):
        left = LINK.sub("", QUOTE.sub("0", "".join("0" if s.kind == "formula" else s.text for s in prose.spans(line))))
        hanzi += len(HAN.findall(left))
        words += len(re.findall(r"\w+(?:[-'’.,]\w+)*", HAN.sub(" ", left)))
    looks = {
        "figure": len(re.findall(r"^/// figure", read, re.MULTILINE)),
        "program": sum(line.kind == "fence" and line.opens for line in prose.lines(read)),
        "equation": sum(display for _, _, display in prose.formulas(read)),
    }
    return words / WORDS + hanzi / HANZI + sum(LOOKS[kind] * count for kind, count in looks.items())


def _unfolded(text: str) -> str:
    """Return a page without what is folded on it."""
    kept, folded = [], False
    for line in text.split("\n"):
        folded = line.startswith("???") or folded and (not line.strip() or line.startswith("    "))
        kept += [] if folded else [line]
    return "\n".join(kept)


def is_chapter(text: str) -> bool:
    """Return whether a page is a chapter: it has figures or exercises, shows no notebook, and is not the book's first."""
    return bool(CHAPTER.search(text)) and not FRONT.search(text) and f'--8<-- "{FOLDER}/' not in text


def chapters(book: Book, language: str = "en") -> list[str]:
    """Return the names of the pages that are chapters."""
    return [name for name, page in book.pages[language].items() if is_chapter(page.text)]


def behind(book: Book, page: Page) -> dict[str, int]:
    """Return what stands behind a page: the numbers that it quotes, the programs that it shows, the lines of their tests."""
    shown = {fence.snippet for fence in page.fences} & book.snippets.keys()
    return {
        "numbers": _quoted(page),
        "programs": len(shown),
        "tests": sum(_examples(book.snippets[name]) for name in shown),
    }


def _quoted(page: Page) -> int:
    return sum(stem != BOOK for _, stem, _ in page.quotes())


def _examples(source: str) -> int:
    return len(EXAMPLE.findall(source))


def whole(book: Book) -> dict[str, int]:
    """Return what the whole book holds, under the names that values use; twins hold the same."""
    pages = book.pages["en"].values()
    return {
        "chapters": len(chapters(book)),
        "programs": len(book.snippets),
        "figures": sum(map(_figures, pages)),
        "exercises": sum(map(_exercises, pages)),
        "values": sum(map(_quoted, pages)),
        "examples": sum(map(_examples, book.snippets.values())),
    }

"""What stands behind a chapter, said at its head: how many numbers, programs, and lines of tests, and when they last ran."""

from collections.abc import Callable

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from downhill.manuscript import counts
from downhill.manuscript.book import Book, Page

WHERE = "{#numbers}"  # the section of the first page that says where the numbers come from
SAID = {
    "en": ("{numbers}, {programs}, and {tests} stand {behind}.", " Last run: <time>{}</time>."),
    "zh": ("本页{behind}有 {numbers}、{programs}和 {tests}。", "最近一次运行于 <time>{}</time>。"),
}
COUNTED = {
    "numbers": {"en": ("{:,} number", "{:,} numbers"), "zh": ("{:,} 个数",)},
    "programs": {"en": ("{} program", "{} programs"), "zh": ("{} 个程序",)},
    "tests": {"en": ("{} line of tests", "{} lines of tests"), "zh": ("{} 行测试",)},
}
BEHIND = {"en": "behind this page", "zh": "背后"}
MARKED = '{: .behind data-search-exclude="" }'  # how a paragraph at the head looks; the search leaves it out


def sentence(book: Book, page: Page, day: str) -> str:
    """Return what stands behind a page, in Markdown; nothing if it is no chapter, or none of its programs is tested."""
    counted = counts.behind(book, page)
    if not (counts.is_chapter(page.text) and counted["tests"]):
        return ""
    language, first = page.language, book.pages[page.language].get(counts.FIRST)
    held = {what: plural(COUNTED[what][language], number) for what, number in counted.items()}
    words = f"[{BEHIND[language]}]({counts.FIRST}#numbers)" if first and WHERE in first.text else BEHIND[language]
    said, run = SAID[language]
    return said.format(behind=words, **held) + (run.format(day) if day else "")


def plural(forms: tuple[str, ...], number: int) -> str:
    """Return a number with its word: the first of the forms is for one.

    >>> plural(("one step", "{} steps"), 1), plural(("one step", "{} steps"), 2)
    ('one step', '2 steps')
    """
    return forms[0 if number == 1 else -1].format(number)


class BehindExtension(Extension):
    """Python-Markdown extension. Options `language`: zh or en; `day`: when the book was built from."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."], "day": ["", "The date of the last commit."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        head = Head(md, self.getConfig("language"), self._lines)
        md.preprocessors.register(head, "downhill-behind", 41)  # before values are filled in: the page is as it is written

    def _lines(self, book: Book, page: Page) -> list[str]:
        said = sentence(book, page, self.getConfig("day"))
        return [said, MARKED, ""] if said else []


class Head(Preprocessor):
    """Puts what is said of a page, in lines of Markdown, below its title, by which it is known."""

    def __init__(self, md: Markdown, language: str, said: Callable[[Book, Page], list[str]]):
        super().__init__(md)
        self.language, self.said = language, said

    def run(self, lines: list[str]) -> list[str]:
        book = self.md.shelf.book
        page = next((page for page in book.pages[self.language].values() if page.text.split("\n")[0] == lines[0]), None)
        said = self.said(book, page) if page else []
        return [lines[0], "", *said, *lines[1:]] if said else lines


def makeExtension(**options) -> BehindExtension:
    return BehindExtension(**options)

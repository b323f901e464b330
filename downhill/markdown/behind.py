"""What stands behind a chapter, said at its head: how many numbers, programs, and lines of tests, and when they last ran."""

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


def sentence(book: Book, page: Page, day: str) -> str:
    """Return what stands behind a page, in Markdown; nothing if it is no chapter, or none of its programs is tested."""
    counted = counts.behind(book, page)
    if not (counts.is_chapter(page.text) and counted["tests"]):
        return ""
    language, first = page.language, book.pages[page.language].get(counts.FIRST)
    held = {what: _counted(what, number, language) for what, number in counted.items()}
    words = f"[{BEHIND[language]}]({counts.FIRST}#numbers)" if first and WHERE in first.text else BEHIND[language]
    said, run = SAID[language]
    return said.format(behind=words, **held) + (run.format(day) if day else "")


def _counted(what: str, number: int, language: str) -> str:
    forms = COUNTED[what][language]
    return forms[0 if number == 1 else -1].format(number)


class BehindExtension(Extension):
    """Python-Markdown extension. Options `language`: zh or en; `day`: when the book was built from."""

    def __init__(self, **options):
        self.config = {"language": ["en", "The language of the pages: zh or en."], "day": ["", "The date of the last commit."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        behind = Behind(md, self.getConfig("language"), self.getConfig("day"))
        md.preprocessors.register(behind, "downhill-behind", 41)  # before values are filled in: the page is as it is written


class Behind(Preprocessor):
    """Puts the sentence below the title of a chapter, which is known by its title."""

    def __init__(self, md: Markdown, language: str, day: str):
        super().__init__(md)
        self.language, self.day = language, day

    def run(self, lines: list[str]) -> list[str]:
        book = self.md.shelf.book
        page = next((page for page in book.pages[self.language].values() if page.text.split("\n")[0] == lines[0]), None)
        said = sentence(book, page, self.day) if page else ""
        return [lines[0], "", said, '{: .behind data-search-exclude="" }', "", *lines[1:]] if said else lines


def makeExtension(**options) -> BehindExtension:
    return BehindExtension(**options)

"""Each chapter as a Jupyter notebook and as a Python file, in its language: the page's text, its programs, and what they left.

A program is a cell; what it printed and drew is the cell's output, so that a reader sees the page before anything runs.
Nothing runs here.
"""

import base64
import html
import re
import shutil
import sys
import textwrap
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode, v4

from downhill import LANGUAGES
from downhill.checks.blocks import alternative_text
from downhill.checks.hanzi import FONT
from downhill.execution import data
from downhill.execution.cache import reads_mnist
from downhill.execution.shelf import Shelf
from downhill.manuscript import bibliography, counts
from downhill.manuscript import prose as reading
from downhill.manuscript.book import Book, Page, folder_of
from downhill.markdown.needs import libraries
from downhill.site import pictures
from downhill.site.laboratory import FOLDER
from downhill.site.plain import FOLDED, TOUCHED, Plain, Sources

CELL = re.compile(r"^\x04(?P<program>.+)\x05$", re.MULTILINE)
MARK = re.compile(r" *\x02(\d+)\x03")
LINK = re.compile(r"(?<=\]\()(?=[\w-]+\.md|#)([\w-]+\.md)?(#[^()\s]+)?(?=\))")
DENSITY = pictures.SCALE * 72 / 100  # pixels of a picture for one in a notebook, where matplotlib shows 100 an inch
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"},
}
ABOUT = {
    "en": (
        "This notebook is the chapter [{title}]({page}) of the book *Downhill 下山*. Each program has a cell of its own, which "
        "needs no other; below it stands what it printed and drew when the book was made, figures in the book's style. Change "
        "what you like, and run it."
    ),
    "zh": (
        "这是《Downhill 下山》中“[{title}]({page})”一章的笔记本版。每个程序单独占一格，不依赖别的格。"
        "格下是构建本书时打印和画出的结果，图用的是书中的样式。想改哪里就改哪里，改完再运行。"
    ),
}
LABORATORY = {
    "en": (
        "This notebook is the page [{title}]({page}) of the book *Downhill 下山*. Its cells share their variables: run them "
        "from top to bottom. Below each stands what it printed and drew when the book was made, figures in the book's style. "
        "Change what you like, and run it and those after it again."
    ),
    "zh": (
        "这是《Downhill 下山》中“[{title}]({page})”这一页的笔记本版。各格共用变量，要从上往下依次运行。"
        "格下是成书时打印和画出的结果，图用书中的样式。想改哪里就改哪里，改完把它和后面的格再运行一遍。"
    ),
}
DIGITS = {
    "en": (
        "What is shown was computed with the first {images:,} training digits of MNIST. Run here, the programs download all "
        "{all:,}, and give other numbers; [the setup page]({setup}) says how to have the same ones."
    ),
    "zh": (
        "格下的结果只用了 MNIST 的前 {images:,} 张训练图像。在这里运行，程序会下载并用上全部 {all:,} 张，数值因此不同。"
        "怎样得到与书中相同的数，“[准备]({setup})”一页有说明。"
    ),
}
INSTALL = """# {comment}
import subprocess
import sys
from importlib.util import find_spec

missing = [name for name in {packages} if find_spec(name) is None]
if missing:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing], check=True)
"""
COMMENT = {"en": "installs what is missing, and leaves the rest as it is", "zh": "只安装缺少的软件包，已有的不动"}
HANZI = """# 图上的中文标签要用中文字体：先用本书的，拿不到就用系统里的
from pathlib import Path
from urllib.request import urlopen

import matplotlib.pyplot as plt
from matplotlib import font_manager

file = Path("{font}")
try:
    if not file.exists():
        file.write_bytes(urlopen("{address}", timeout=20).read())
    font_manager.fontManager.addfont(file)
    fonts = [font_manager.FontProperties(fname=file).get_name()]
except (OSError, ValueError):
    candidates = {candidates}
    fonts = [name for name in candidates if name in font_manager.get_font_names()]
plt.rcParams["font.family"] = ["DejaVu Sans", *fonts[:1]]
"""
CANDIDATES = ["Microsoft YaHei", "SimHei", "SimSun", "Hiragino Sans GB", "Heiti SC", "Songti SC", "Arial Unicode MS"]
CANDIDATES += ["PingFang SC", "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Micro Hei"]


def write(book: Book, site: Path, address: str, shelf: Shelf, sources: Sources) -> None:
    """Write the notebooks and Python files of all chapters beside their folders, and the font of the Chinese ones.

    Those of the laboratory are written already, and go beside their pages: mkdocs-jupyter puts the notebooks alone there,
    and Zensical knows no mkdocs-jupyter.
    """
    pages = {language: counts.chapters(book, language) for language in LANGUAGES}
    save_all(book, pages, site, address, shelf, sources, pictures.Painter(book.root, "pictures"))
    shutil.copy(book.root / FONT, site / "zh")
    for language, names in laboratory(book).items():
        for name in names:
            for suffix in (".py", ".ipynb"):
                made = (book.cache / FOLDER / language / name).with_suffix(suffix)
                shutil.copy(made, site / language / folder_of(name))


def write_laboratory(book: Book, target: Path, address: str) -> None:
    """Write the notebooks and Python files of the laboratory, for mkdocs-jupyter to make pages of."""
    shutil.rmtree(target, ignore_errors=True)
    for language in LANGUAGES:
        (target / language).mkdir(parents=True)
    shelf, sources = Shelf(book.root), Sources(bibliography.load(book.root))
    save_all(book, laboratory(book), target, address, shelf, sources, pictures.Painter(book.root, "laboratory"))


def laboratory(book: Book) -> dict[str, list[str]]:
    """Return the names of the pages that show a notebook, in each language."""
    return {language: [name for name, page in book.pages[language].items() if page.lab] for language in LANGUAGES}


def save_all(book: Book, pages: dict[str, list[str]], target: Path, address: str, shelf: Shelf, sources: Sources, painter):
    """Write the notebooks and Python files of pages, of each language, into a folder."""
    start = f"{address.rstrip('/')}/" if address else ""
    for language, names in pages.items():
        for name in names:
            chapter = Chapter(book, book.pages[language][name], shelf, sources, painter, start)
            save(chapter.notebook(), (target / language / name).with_suffix(".ipynb"))
    painter.prune()


def save(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook, and beside it the same as a Python file whose cells editors know."""
    nbformat.validate(notebook)
    path.write_text(v4.writes(notebook) + "\n", encoding="utf-8")
    everything = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "-all"}
    notebook = nbformat.from_dict(notebook | {"metadata": {"jupytext": everything}})
    path.with_suffix(".py").write_text(jupytext.writes(notebook, "py:percent"), encoding="utf-8")


def notebook(cells: list[NotebookNode], title: str, name: str) -> NotebookNode:
    """Return a notebook that has been run from top to bottom."""
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"  # the same each time
    for number, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), 1):
        cell.execution_count = number
    metadata = KERNEL | {"title": title, "colab": {"name": name, "toc_visible": True}}
    return nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def text(source: str) -> list[NotebookNode]:
    """Return Markdown as cells, a new one at each heading."""
    parts: list[list[str]] = [[]]
    for line in reading.lines(source):
        if line.kind == "text" and re.match(r"#{1,6} ", line.text):
            parts.append([])
        parts[-1].append(line.text)
    sources = ("\n".join(lines).strip() for lines in parts)
    return [nbformat.from_dict({"cell_type": "markdown", "source": part, "metadata": {}}) for part in sources if part]


def code(source: str, outputs: list[NotebookNode] | None = None, name: str = "", folded: bool = False) -> NotebookNode:
    """Return a program as a cell, with the name of its snippet as a tag; a folded one is opened by who wants to see it."""
    metadata = {"tags": [f"snippet:{name}"]} if name else {}
    if folded:
        metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    cell = {"cell_type": "code", "source": source.strip(), "metadata": metadata, "outputs": outputs or []}
    return nbformat.from_dict(cell)


def left(printed: str, images: list[bytes], said: str = "") -> list[NotebookNode]:
    """Return what a cell printed and drew as its outputs; `said` is the alternative text of what it drew."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": printed}] if printed else []
    for png in images:
        bundle = {"image/png": base64.b64encode(png).decode(), "text/plain": said or "<Figure>"}
        width = round(int.from_bytes(png[16:20]) / DENSITY)
        metadata = {"image/png": {"width": width} | ({"alt": said} if said else {})}
        outputs.append({"output_type": "display_data", "data": bundle, "metadata": metadata})
    return nbformat.from_dict(outputs)


def opening(about: str, sources: list[str], language: str, start: str) -> list[NotebookNode]:
    """Return the first cells: what the notebook is, what it needs and lacks, and in Chinese a font for its figures."""
    cells = text(about)
    if packages := sorted(packages_of(sources)):
        cells.append(code(INSTALL.format(comment=COMMENT[language], packages=packages).replace("'", '"')))
    if language == "zh" and "matplotlib" in packages:
        address = f"{start}zh/{FONT.name}" if start else ""
        candidates = ",".join(f'\n        "{name}"' for name in CANDIDATES)
        cells.append(code(HANZI.format(font=FONT.name, address=address, candidates=f"[{candidates},\n    ]")))
    return cells


def packages_of(sources: list[str]) -> set[str]:
    """Return what programs import that is no part of Python.

    >>> sorted(packages_of(["import math, numpy as np", "from torch.nn import Linear"]))
    ['numpy', 'torch']
    """
    return set().union(*map(libraries, sources)) - sys.stdlib_module_names


class Chapter(Plain):
    """A page on its way to a notebook: links lead to the site, what is folded stays so, and programs become cells."""

    def __init__(self, book: Book, page: Page, shelf: Shelf, sources: Sources, painter: pictures.Painter, start: str):
        super().__init__(book, page, shelf, sources)
        self.painter, self.start = painter, start  # the address of the site, if it has one
        self.said: dict[str, str] = {}  # {program: alternative text of its figure}
        self.folded: set[str] = set()  # programs

    def notebook(self) -> NotebookNode:
        parts = CELL.split(self.text())
        page, language = self.page, self.page.language
        title = re.match(r"# (.*)", parts[0])[1]
        sources = [self.book.shown[fence.snippet] for fence in page.fences]
        about = [(LABORATORY if page.lab else ABOUT)[language].format(title=title, page=self._address(page.name))]
        if any(map(reads_mnist, sources)):
            numbers = {"images": data.images(self.book.root), "all": data.ALL}
            about.append(DIGITS[language].format(setup=self._address("setup.md", "#ten-thousand"), **numbers))
        cells = opening("\n\n".join(about), sources, language, self.start)
        for number, part in enumerate(parts):
            cells += [self._cell(part)] if number % 2 else text(part)
        return notebook(cells, title, page.name.replace(".md", ".ipynb"))

    def _cell(self, name: str) -> NotebookNode:
        result, language = self.shelf.result(name), self.page.language
        images = [self.painter.png(svg) for svg in result.figures[language]]
        outputs = left(result.printed, images, self.said.get(name, ""))
        return code(self.book.source(name, language), outputs, name, name in self.folded)

    def _program(self, name: str) -> str:
        return f"\x04{name}\x05"

    def _named(self, line: str) -> str:
        """Return the program whose mark a line is; nothing for another line."""
        mark = MARK.fullmatch(line)
        cell = mark and CELL.fullmatch(self.code[int(mark[1])])
        return cell["program"] if cell else ""

    def _caption(self, match: re.Match) -> str:
        """Return a caption below what it belongs to."""
        program, kind, identity, alt, caption = match.groups()
        self.numbers.add(kind, identity)
        lines = [f"**{self.numbers.names[identity]}** {caption.strip()}"]
        if said := alternative_text(f"alt: {alt}").strip() if alt else "":
            if program and (name := self._named(program)):
                self.said[name] = said
            else:
                lines.append(f"[{said}]")
        indent = re.match(" *", match[0])[0]
        return textwrap.indent("\n\n".join([program, *lines] if program else lines), indent)

    def _explorable(self, match: re.Match) -> str:
        return TOUCHED[self.page.language].format(self._address(self.page.name, f"#{match[1]}"))

    def _unfolded(self, lines: list[str]):
        yield from super()._unfolded(list(self._details(lines)))

    def _details(self, lines: list[str]):
        """Yield the lines with folded blocks as HTML, which notebooks fold; the programs of one come after it, folded too."""
        block, title = None, ""
        for line in [*lines, None]:
            if block is not None and line is not None and (not line.strip() or line.startswith("    ")):
                block.append(line[4:])
                continue
            if block is not None:
                programs = [each for each in block if self._named(each)]
                self.folded.update(map(self._named, programs))
                inside = "\n".join(each for each in self._details(block) if each not in programs).strip("\n")
                yield from f"<details>\n<summary>{html.escape(title)}</summary>\n\n{inside}\n\n</details>\n".split("\n")
                yield from [each for program in programs for each in (program.strip(), "")]
                block = None
            if line is not None and (match := FOLDED.match(line)) and not match["note"]:
                block, title = [], match["title"]
            elif line is not None:
                yield line

    def _together(self, text: str) -> str:
        """Have links lead to the site before code is put back."""
        return super()._together(LINK.sub(lambda match: self._address(match[1] or self.page.name, match[2] or ""), text))

    def _address(self, page: str, anchor: str = "") -> str:
        """Return where a page of this language stands on the site; without an address, seen from the notebook beside it."""
        place = folder_of(page)
        return f"{self.start}{self.page.language}/{place}{anchor}" if self.start else f"{place}index.html{anchor}"

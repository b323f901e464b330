"""What a program needs, said at its head: data, or more time than a few seconds; and whether Python in a page can run it.

The times stand in data/seconds.json, each with a digest of what was measured; `python -m bench.python` measures them. Nothing
here depends on how long a build took. Which programs rounding decides stands in data/rounding.json, from `python -m
bench.rounding`.
"""

import ast
import html
import json
import sys
from pathlib import Path

from downhill.execution import data
from downhill.execution.cache import digest, reads_mnist, timed, times
from downhill.manuscript import labs, localize
from downhill.manuscript.book import Book

LONG, LONG_IN_PAGE = 10, 2  # seconds from which on a page tells them: of a run on one core, and in the page itself
SLOWER = 4  # times as long, at most, as a program takes alone it takes in a page
ROUNDING = "data/rounding.json"
IN_PAGE = {"numpy", "matplotlib", *sys.stdlib_module_names}
WORDS = {
    "en": {
        "data": "It downloads MNIST when it first runs ({size:.0f} MB).",
        "program": "It takes about {seconds:.0f} s on a core.",
        "program, data": "With the book's {images:,} images it takes about {seconds:.0f} s on a core.",
        "rounding": "Rounding decides some of its numbers: another processor gives others.",
        "cells": "All cells together take about {seconds:.0f} s on a core.",
        "cells, data": "With the book's {images:,} images, all cells together take about {seconds:.0f} s on a core.",
        "cells, rounding": "Rounding decides some of the cells' numbers: another processor gives others.",
    },
    "zh": {
        "data": "首次运行时会下载 MNIST（{size:.0f} MB）。",
        "program": "在单核上要运行约 {seconds:.0f} 秒。",
        "program, data": "用本书的 {images:,} 张图像，在单核上要运行约 {seconds:.0f} 秒。",
        "rounding": "部分数值取决于舍入，因处理器而异。",
        "cells": "全部单元格在单核上要运行约 {seconds:.0f} 秒。",
        "cells, data": "用本书的 {images:,} 张图像，全部单元格在单核上要运行约 {seconds:.0f} 秒。",
        "cells, rounding": "单元格中部分数值取决于舍入，因处理器而异。",
    },
}


def known(source: str) -> str:
    """Return the digest by which a time is known to be that of a program: words, comments, and doctests take none.

    >>> known("x = 1  # one") == known("x = 1") != known("x = 2")
    True
    """
    return digest(localize.computation(source))[:8]


def stands(book: Book, name: str, measured: str) -> bool:
    """Return whether a program is there, and computes what was measured, by the digest of that."""
    return name in book.programs and known(book.programs[name]) == measured


def unmeasured(book: Book, kind: str) -> list[str]:
    """Return the programs that have no time of a kind, as they stand; in a page, of those that may be slow there."""
    measured = timed(book.root)
    wanted = list(book.programs)
    if kind == "page":
        slow = [name for name, entry in measured["alone"].items() if entry[1] * SLOWER >= LONG_IN_PAGE]
        wanted = [name for name in slow if name in book.snippets and libraries(book.snippets[name]) <= IN_PAGE]
    return [name for name in wanted if not stands(book, name, measured[kind].get(name, [""])[0])]


def rounded(root: Path) -> dict[str, list[str]]:
    """Return, of each program that was tried, its digest, and in what it differs with other instructions of the processor."""
    path = root / ROUNDING
    return json.loads(path.read_text(encoding="utf-8"))["programs"] if path.exists() else {}


def untried(book: Book) -> list[str]:
    """Return the programs of which nobody knows, as they stand, whether rounding decides what they leave."""
    tried = rounded(book.root)
    return [name for name in book.programs if not stands(book, name, tried.get(name, [""])[0])]


def libraries(source: str) -> set[str]:
    """Return the names of the libraries that a program imports.

    >>> sorted(libraries("import numpy as np, os.path\\nfrom torch import nn"))
    ['numpy', 'os', 'torch']
    """
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def attribute(name: str, source: str, root: Path) -> str:
    """Return the attribute of a program that a page can run, which says how many seconds that takes if it is many."""
    if name.startswith(f"{labs.FOLDER}/") or not libraries(source) <= IN_PAGE:  # a cell of a notebook is no whole program
        return ""
    long = times(root)["page"].get(name, 0)
    return f' data-run="{long:.0f}"' if long >= LONG_IN_PAGE else ' data-run=""'


def head(name: str, source: str, root: Path, language: str, notebook: str = "") -> str:
    """Return the HTML that stands at the head of a program: what it downloads, how long it takes, if it is long, and rounding.

    Of a notebook, the first cell says it for all of them.
    """
    long, given = times(root)["alone"].get(notebook or name, 0), reads_mnist(source)
    said = ["data"] if given else []
    said += [("cells" if notebook else "program") + (", data" if given else "")] if long >= LONG else []
    said += ["cells, rounding" if notebook else "rounding"] if rounded(root).get(notebook or name, [])[1:] else []
    if not said:
        return ""
    numbers = {"seconds": long, "size": data.DOWNLOAD / 1e6, "images": data.images(root)}
    sentences = [html.escape(WORDS[language][part].format(**numbers)) for part in said]
    return f'<p class="needs" data-search-exclude>{("" if language == "zh" else " ").join(sentences)}</p>'

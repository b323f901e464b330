"""What a program needs, said at its head: data, or more time than a few seconds; and whether Python in a page can run it.

The times stand in data/seconds.json; `python -m bench.python` measures them. Nothing here depends on how long a build took.
"""

import ast
import html
import sys

from downhill.execution.cache import reads_mnist
from downhill.manuscript import labs

LONG, LONG_IN_PAGE = 10, 2  # seconds from which on a page tells them: of a run on one core, and in the page itself
IN_PAGE = {"numpy", "matplotlib", *sys.stdlib_module_names}
WORDS = {
    "en": {
        "data": "It downloads MNIST when it first runs (12 MB).",
        "long": "It takes about {} s on a core.",
        "both": "It downloads MNIST when it first runs (12 MB). With the book's 10,000 images it takes about {} s on a core.",
    },
    "zh": {
        "data": "首次运行时会下载 MNIST（12 MB）。",
        "long": "在单核上要运行约 {} 秒。",
        "both": "首次运行时会下载 MNIST（12 MB）。用本书的 10,000 张图像，在单核上要运行约 {} 秒。",
    },
}


def libraries(source: str) -> set[str]:
    """Return the names of the libraries that a program imports.

    >>> sorted(libraries("import numpy as np, os.path\\nfrom torch import nn"))
    ['numpy', 'os', 'torch']
    """
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def attribute(name: str, source: str, times: dict[str, dict[str, float]]) -> str:
    """Return the attribute of a program that a page can run, which says how many seconds that takes if it is many."""
    if name.startswith(f"{labs.FOLDER}/") or not libraries(source) <= IN_PAGE:  # a cell of a notebook is no whole program
        return ""
    long = times["page"].get(name, 0)
    return f' data-run="{long:.0f}"' if long >= LONG_IN_PAGE else ' data-run=""'


def head(name: str, source: str, times: dict[str, dict[str, float]], language: str) -> str:
    """Return the HTML that stands at the head of a program: what it downloads, and how long it takes, if it is long."""
    long = times["alone"].get(name, 0)
    data, words = reads_mnist(source), WORDS[language]
    if not data and long < LONG:
        return ""
    sentence = words["data"] if long < LONG else words["both" if data else "long"].format(f"{long:.0f}")
    return f'<p class="needs" data-search-exclude>{html.escape(sentence)}</p>'

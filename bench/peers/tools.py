"""The peers, and Downhill: for each the project that it builds, the commands that build it, and what must come out."""

import json
import os
import re
import sys
from pathlib import Path

from bench.book import ROOT, copy
from bench.peers.pages import Piece
from downhill import LANGUAGES
from downhill.execution import data
from downhill.execution.cache import KINDS, timed
from downhill.markdown.needs import ROUNDING, known

HERE = Path(__file__).parent
MATERIAL = """site_name: Peer
docs_dir: docs/{language}
site_dir: site/{language}
exclude_docs: /data/
theme: {{name: material, language: {language}, font: false}}
plugins:
  - search: {{lang: {language}}}
  - {plugin}
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - tables
  - toc: {{permalink: true}}
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.highlight: {{pygments_lang_class: true}}
  - pymdownx.inlinehilite
  - pymdownx.snippets: {{base_path: [snippets], check_paths: true}}
  - pymdownx.superfences
"""


class Tool:
    """A tool that runs snippets and builds a site: how it is installed, fed, called, and looked over."""

    name = ""
    packages: tuple[str, ...] = ()
    languages = len(LANGUAGES)
    output = re.compile("")  # what stands in its site for each figure, and for each printed result
    optional = False  # whether it is only tried to install it
    variables: dict[str, str] = {}  # what its environment has besides

    def __init__(self, folder: Path, python: Path):
        self.folder, self.python = folder, python
        self.cwd = folder

    def write(self, snippets: dict[str, str], pages: dict[str, dict[str, list[Piece]]]) -> None:
        """Write the project, or what has changed of it."""
        raise NotImplementedError

    def commands(self) -> list[list]:
        """Return the commands that build the site, to be run one after the other."""
        raise NotImplementedError

    def outputs(self) -> int:
        """Return how many figures and printed results stand in the finished site; a snippet of the book leaves one."""
        texts = (path.read_text(encoding="utf-8") for path in (self.folder / "site").rglob("*.html"))
        return sum(len(self.output.findall(text)) for text in texts)

    def put(self, name: str, text: str) -> None:
        """Write a file of the project, unless it says so already."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")

    def furnish(self, name: str = "") -> None:
        """Put the reduced MNIST where snippets that run in a folder of the project look for it."""
        if not (self.folder / name / "data").exists():
            data.furnish(self.folder / name, data.unpacked(ROOT, ROOT / ".cache"))


class Downhill(Tool):
    """The book itself, in a copy with an empty cache."""

    name = "downhill"
    output = re.compile(r'<svg\b[^>]*\brole="img"|<pre class="printed"')

    def __init__(self, folder: Path, python: Path):
        super().__init__(folder, Path(sys.executable))
        self.cwd = ROOT  # where this copy of the package downhill is found

    def write(self, snippets, pages) -> None:
        if not (self.folder / "mkdocs.yml").exists():
            # of a part of the snippets, the results of all others are at hand
            copy(self.folder, results=len(snippets) < len(list((ROOT / "snippets").rglob("*.py"))))
        for name, source in snippets.items():
            self.put(f"snippets/{name}.py", source)
        self.put("data/seconds.json", json.dumps(self._times(snippets)))
        self.put(ROUNDING, json.dumps({"programs": {}}))  # as of programs that nobody has tried

    @staticmethod
    def _times(snippets: dict[str, str]) -> dict:
        """Return the book's times as those of these snippets, which differ from the book's by a mark: the longest run first."""
        measured = timed(ROOT)
        for name, source in snippets.items():
            for kind in KINDS:
                if name in measured[kind]:
                    measured[kind][name][0] = known(source)
        return measured

    def commands(self) -> list[list]:
        return [[self.python, "-m", "downhill", "--root", self.folder, "build"]]


class MarkdownExec(Tool):
    """Plain markdown-exec: its own plugin, one MkDocs build a language, figures through capture.py."""

    name = "markdown-exec"
    packages = ("markdown-exec==1.12.6", "mkdocs==1.6.1", "mkdocs-material==9.8.1", "pymdown-extensions==13.1")
    output = re.compile(r'\bid="figure_\d+"|class="language-output\b')

    def write(self, snippets, pages) -> None:
        self.furnish()
        self.put("capture.py", (HERE / "capture.py").read_text(encoding="utf-8"))
        for name, source in snippets.items():
            head = "import capture; capture.figures(print)  # markdown-exec: hide\n"
            self.put(f"snippets/{name}.py", head + source)
        for language in LANGUAGES:
            self.put(f"{language}.yml", MATERIAL.format(language=language, plugin="markdown-exec"))
            for stem, parts in pages[language].items():
                text = "\n\n".join(self._fence(part.text, snippets) if part.is_snippet else part.text for part in parts)
                self.put(f"docs/{language}/{stem}.md", f"{text}\n")

    @staticmethod
    def _fence(name: str, snippets: dict[str, str]) -> str:
        result = 'html="on"' if draws(snippets[name]) else 'result="output"'
        return f'```python exec="on" source="above" {result}\n--8<-- "{name}.py"\n```'

    def commands(self) -> list[list]:
        return [[self.python, "-m", "mkdocs", "build", "--strict", "-f", f"{language}.yml"] for language in LANGUAGES]


class MarkdownExecOneThread(MarkdownExec):
    """Plain markdown-exec with one thread, as Downhill has each snippet, so that its numbers are the same everywhere."""

    name = "markdown-exec-one-thread"
    variables = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class MkdocsJupyter(Tool):
    """mkdocs-jupyter: a notebook a page, one MkDocs build a language."""

    name = "mkdocs-jupyter"
    packages = ("mkdocs-jupyter==0.26.3", "mkdocs==1.6.1", "mkdocs-material==9.8.1", "pymdown-extensions==13.1")
    output = re.compile(r'<div class="jp-Rendered(?:Image|Text) jp-OutputArea-output"')

    def write(self, snippets, pages) -> None:
        (self.folder / "snippets").mkdir(exist_ok=True)
        for language in LANGUAGES:
            self.furnish(f"docs/{language}")
            plugin = f"mkdocs-jupyter: {{execute: true, allow_errors: false, cache_dir: .cache/{language}}}"
            self.put(f"{language}.yml", MATERIAL.format(language=language, plugin=plugin))
            for stem, parts in pages[language].items():
                if any(part.is_snippet for part in parts):
                    self.put(f"docs/{language}/{stem}.ipynb", notebook(parts, snippets))
                else:
                    self.put(f"docs/{language}/{stem}.md", "\n\n".join(part.text for part in parts))

    def commands(self) -> list[list]:
        return [[self.python, "-m", "mkdocs", "build", "-f", f"{language}.yml"] for language in LANGUAGES]


class MystNB(Tool):
    """MyST-NB with jupyter-cache: both languages in one Sphinx project, so that equal code is run once."""

    name = "myst-nb"
    packages = ("myst-nb==1.4.0", "jupyter-cache==1.0.1", "sphinx==9.0.4")
    output = re.compile(r'<img\b[^>]*\bsrc="[^"]*_images/|<div class="output stream')
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n\n"

    def write(self, snippets, pages) -> None:
        options = {"extensions": ["myst_nb"], "myst_enable_extensions": ["dollarmath"], "nb_execution_mode": "cache"}
        options |= {"nb_execution_timeout": 600, "nb_execution_raise_on_error": True, "project": "Peer"}
        self.put("source/conf.py", "".join(f"{name} = {value!r}\n" for name, value in options.items()))
        names = [f"{language}/{stem}" for language in LANGUAGES for stem in pages[language]]
        self.put("source/index.md", "\n".join(["# Peer", "", "```{toctree}", *names, "```", ""]))
        for language in LANGUAGES:
            for stem, parts in pages[language].items():
                cells = [f"```{{code-cell}} ipython3\n{snippets[p.text]}```" if p.is_snippet else p.text for p in parts]
                head = self.head if any(part.is_snippet for part in parts) else ""
                self.put(f"source/{language}/{stem}.md", head + "\n\n".join(cells) + "\n")
            self.furnish(f"source/{language}")

    def commands(self) -> list[list]:
        return [[self.python, "-m", "sphinx", "-b", "html", "source", "site"]]


class SphinxGallery(Tool):
    """sphinx-gallery, one example after the other: the snippets alone, without the pages' prose, in one language."""

    name = "sphinx-gallery"
    packages = ("sphinx-gallery==0.22.1", "sphinx==9.0.4", "joblib==1.6.0")
    languages = 1
    output = re.compile(r'<img\b[^>]*\bsrc="[^"]*_images/sphx_glr_\w+_\d{3}\.png|<div class="sphx-glr-script-out')
    parallel: bool | int = False

    def write(self, snippets, pages) -> None:
        gallery = {"examples_dirs": "examples", "gallery_dirs": "gallery", "filename_pattern": r"\.py$"}
        gallery |= {"abort_on_example_error": True, "parallel": self.parallel}
        options = {"extensions": ["sphinx_gallery.gen_gallery"], "sphinx_gallery_conf": gallery, "project": "Peer"}
        self.put("source/conf.py", "".join(f"{name} = {value!r}\n" for name, value in options.items()))
        self.put("source/index.rst", "Peer\n====\n\n.. toctree::\n\n   gallery/index\n")
        self.put("source/examples/GALLERY_HEADER.rst", "Gallery\n=======\n")
        for name, source in snippets.items():
            chapter, stem = name.split("/")[0], name.split("/")[-1]
            self.put(f"source/examples/{chapter}/GALLERY_HEADER.rst", f"{chapter}\n{'-' * len(chapter)}\n")
            self.put(f"source/examples/{chapter}/{stem}.py", titled(source))
            self.furnish(f"source/examples/{chapter}")

    def commands(self) -> list[list]:
        return [[self.python, "-m", "sphinx", "-b", "html", "source", "site"]]


class SphinxGalleryParallel(SphinxGallery):
    """sphinx-gallery with an example a core."""

    name = "sphinx-gallery-parallel"
    parallel = os.cpu_count() or 1


class Quarto(Tool):
    """Quarto: its package on PyPI downloads the program while it is installed, so far in vain; it has no project here."""

    name = "quarto"
    packages = ("quarto-cli==1.10.19",)
    optional = True


TOOLS = (Downhill, MarkdownExec, MarkdownExecOneThread, SphinxGallery, SphinxGalleryParallel, MystNB, MkdocsJupyter, Quarto)


def draws(source: str) -> bool:
    """Return whether a snippet shows a figure; the book's snippets show one or none."""
    return "plt.show()" in source


def titled(source: str) -> str:
    """Return a snippet with its first line as the title that sphinx-gallery expects."""
    line, rest = source.split("\n", 1)
    title = line.strip('"').rstrip(".")
    return f'"""\n{title}\n{"=" * len(title)}\n"""\n{rest}'


def notebook(parts: list[Piece], snippets: dict[str, str]) -> str:
    """Return a page as a Jupyter notebook."""
    cells = []
    for number, part in enumerate(parts):
        cell = {"id": f"c{number}", "metadata": {}, "source": snippets[part.text] if part.is_snippet else part.text}
        kind = {"cell_type": "code", "execution_count": None, "outputs": []} if part.is_snippet else {"cell_type": "markdown"}
        cells.append(cell | kind)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}, indent=1)

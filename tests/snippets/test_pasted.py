"""Every block of the built pages is the snippet that ran, byte for byte; some are pasted into an empty folder and run there.

That the Chinese ones are the same programs is tested in test_shape.py.
"""

import ast
import builtins
import functools
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from downhill.execution import cache, data, runner
from downhill.manuscript.book import Book
from tests.book import PAGES, ROOT, address, tree

BOOK = Book(ROOT)
KINDS = ("with torch", "without", "with MNIST", "in Chinese")  # of programs; none of the others reads MNIST
# does nothing but where the packages of torch and torchvision do not fit each other
MENDED = """import runpy
from downhill.execution import torchvision_ops
torchvision_ops.ready()
runpy.run_path("pasted.py", run_name="__main__")
"""


def blocks(site, language, name) -> list[str]:
    page = tree(address(site, language, name))
    return [block.text_content() for block in page.xpath("//article//div[contains(@class, 'language-python')]//code")]


def paste(source: str, folder: Path) -> subprocess.CompletedProcess:
    """Run one block as a reader would; without a network the digits have to lie there."""
    (folder / "pasted.py").write_text(source, encoding="utf-8")
    if (cache.reads_mnist(source) or "data/MNIST" in source) and not (folder / "data").exists():
        data.furnish(folder, data.unpacked(ROOT, BOOK.cache))
    environment = {name: os.environ[name] for name in runner.KEPT if name in os.environ} | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, *(["-c", MENDED] if "torchvision" in source else ["pasted.py"])]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False)


def shown(language, name) -> list[str]:
    """Return the programs that a page is to show, in their order."""
    return [BOOK.source(fence.snippet, language) for fence in BOOK.pages[language][name].fences]


@functools.cache
def chosen() -> dict[str, tuple[str, str, str]]:
    """Return (language, page, program) of what is pasted for real, of each kind: the least by its hash, chosen by no author.

    They take less than 3 s, and are no cells of a laboratory, which need those above them.
    """
    whole = [page for page in PAGES if not page[1].startswith("lab-")]
    fences = [(page, fence.snippet) for page in whole for fence in BOOK.pages[page[0]][page[1]].fences]
    seconds = cache.times(ROOT)["alone"]
    sources = {(*page, BOOK.source(name, page[0])) for page, name in fences if seconds.get(name, 0) < 3}
    programs = {place: hashlib.sha256(place[2].encode()).hexdigest() for place in sources}
    digits = [place for place in programs if place[0] == "en" and cache.reads_mnist(place[2])]
    others = [place for place in programs if not cache.reads_mnist(place[2])]
    english = [place for place in others if place[0] == "en"]
    groups = [[place for place in english if ("import torch" in place[2]) == torch] for torch in (True, False)]
    groups += [digits, [place for place in others if place[0] == "zh"]]
    return {kind: min(group, key=programs.get) for kind, group in zip(KINDS, groups, strict=True)}


@pytest.mark.parametrize(("language", "name"), PAGES, ids=map("/".join, PAGES))
def test_blocks_are_the_snippets(site, language, name):
    """Byte for byte what ran, in this language: the executor has run each alone, in an empty folder."""
    found, wanted = blocks(site, language, name), shown(language, name)
    assert [block for block in found if block in wanted] == wanted


def pieces(site, language: str, name: str) -> list[tuple[str, str]]:
    """Return the blocks of a page that are no snippet, each with the block before it; test_setup.py has those with a font."""
    found, snippets = blocks(site, language, name), set(shown(language, name))
    pairs = zip(["", *found], found, strict=False)
    return [(before, block) for before, block in pairs if block not in snippets and "addfont" not in block]


def lacks(block: str) -> set[str]:
    """Return the names that a block uses and does not define."""
    nodes = list(ast.walk(ast.parse(block)))
    named = {node.asname or node.name.partition(".")[0] for node in nodes if isinstance(node, ast.alias)}
    named |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    named |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    used = [node for node in nodes if isinstance(node, ast.Name)]
    named |= {node.id for node in used if isinstance(node.ctx, ast.Store)}
    return {node.id for node in used} - named - set(dir(builtins))


@pytest.mark.parametrize("name", BOOK.pages["en"])
def test_any_other_block_runs(site, tmp_path, name):
    """It is whole, or goes on where the block before ends; in Chinese it is the same."""
    found = pieces(site, "en", name)
    assert [block for _, block in found] == [block for _, block in pieces(site, "zh", name)]
    for before, block in found:
        done = paste(f"{before}\n{block}" if lacks(block) else block, tmp_path)
        assert done.returncode == 0, f"{name}:\n{block}\n{done.stderr}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_runs_after_pasting(site, kind, tmp_path):
    """A small sample for real: a fresh interpreter, nothing imported before, an empty folder."""
    language, name, source = chosen()[kind]
    assert source in blocks(site, language, name)
    done = paste(source, tmp_path)
    assert done.returncode == 0, f"{language}/{name}:\n{source}\n{done.stderr}"
    assert "Glyph" not in done.stderr or language == "zh"  # a reader's Chinese font is the subject of the setup page

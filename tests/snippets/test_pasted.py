"""Every block of the built English pages, pasted into an empty folder and run by a fresh interpreter.

The Chinese blocks are the same programs, which is tested here too; one of them a page is run, so that its text is.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html

from downhill.execution import cache, data, runner
from downhill.manuscript import localize
from downhill.manuscript.book import Book
from tests.book import PAGES, ROOT, address

BOOK = Book(ROOT)
# where the pip packages of torch and torchvision do not fit each other (downhill/execution/torchvision_ops.py)
MENDED = """import runpy
from downhill.execution import torchvision_ops
torchvision_ops.ready()
runpy.run_path("pasted.py", run_name="__main__")
"""


def blocks(site, language, name) -> list[str]:
    tree = html.parse(str(address(site, language, name))).getroot()
    return [block.text_content() for block in tree.xpath("//article//div[contains(@class, 'language-python')]//code")]


def paste(job) -> subprocess.CompletedProcess:
    """Run one block as a reader would; without a network the digits have to lie there."""
    source, folder, raw, mend = job
    folder.mkdir()
    (folder / "pasted.py").write_text(source, encoding="utf-8")
    if cache.reads_mnist(source):
        data.furnish(folder, raw)
    command = ["-c", MENDED] if mend and "torchvision" in source else ["pasted.py"]
    environment = {name: os.environ[name] for name in runner.KEPT if name in os.environ} | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, *command]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def pasted(site, tmp_path_factory):
    """How each block that is run ended, as `{(language, page): [(number, source, process)]}`."""
    plain = subprocess.run([sys.executable, "-c", "import torchvision"], capture_output=True, check=False)
    raw, folder = data.unpacked(ROOT, BOOK.cache), tmp_path_factory.mktemp("pasted")
    found = [((language, name), number, block) for language, name in PAGES for number, block in chosen(site, language, name)]
    jobs = [(block, folder / str(i), raw, plain.returncode != 0) for i, (_, _, block) in enumerate(found)]
    ended: dict[tuple[str, str], list] = {page: [] for page in PAGES}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (page, number, block), done in zip(found, pool.map(paste, jobs), strict=True):
            ended[page].append((number, block, done))
    return ended


def chosen(site, language, name) -> list[tuple[int, str]]:
    """Return the blocks of a page that are run: all English ones, the shortest Chinese one."""
    found = list(enumerate(blocks(site, language, name)))
    return found if language == "en" else sorted(found, key=lambda block: len(block[1]))[:1]


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_blocks_run_after_pasting(pasted, language, name):
    shown = re.findall(r'```python exec="on" source=', BOOK.pages[language][name].text)
    mine = pasted[language, name]
    assert len(mine) >= (len(shown) if language == "en" else min(1, len(shown)))
    for number, block, done in mine:
        assert done.returncode == 0, f"{language}/{name}, block {number}:\n{block}\n{done.stderr}"
        assert "Glyph" not in done.stderr or language == "zh"  # a reader's Chinese font is the subject of the setup page


@pytest.mark.parametrize("name", BOOK.pages["zh"])
def test_chinese_blocks_are_the_same_programs(site, name):
    english, chinese = ([localize.program(block) for block in blocks(site, language, name)] for language in ("en", "zh"))
    assert english == chinese

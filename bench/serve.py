"""How long `make serve` takes from saving a file to the changed page in a browser, with a book of many pages.

    python -m bench.serve [--pages 40] [--repeat 5]

Makes a copy of the book, with copies of its chapters until there are enough pages, serves it, opens a page in Chromium, saves
an edit, and waits until the browser shows it. Prints the median and the worst time of each kind of edit, in seconds.
"""

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.book import CHAPTERS, ROOT, copy
from downhill.site.chromium import chromium

# what is edited: the file, the text replaced, by what, and the page on which it must appear
EDITS = {
    "a light page": ("docs/en/setup.md", "## ", "## {} ", "en/setup/"),
    "the heaviest page": ("docs/en/stochastic-gradient-descent.md", "## ", "## {} ", "en/stochastic-gradient-descent/"),
    "a Chinese page": ("docs/zh/momentum.md", "## ", "## {} ", "zh/momentum/"),
    "a light snippet": ("snippets/setup/chinese_fonts.py", '"""\n\nfonts', '"""\n\nmark = "{}"\nfonts', "en/setup/"),
}


def many(root: Path, pages: int) -> None:
    """Copy the book to root, with as many pages a language as wanted."""
    copy(root)
    there = len(list((root / "docs" / "en").glob("*.md")))
    names = [f"{CHAPTERS[i % len(CHAPTERS)]}-{i // len(CHAPTERS) + 2}.md" for i in range(pages - there)]
    for language in ("en", "zh"):
        index = root / "docs" / language / "index.md"
        text = index.read_text(encoding="utf-8")
        cards = re.findall(r"^\d+\. (\[.*\]\(.*\.md#fig-.*)$", text, re.MULTILINE)  # each chapter has one
        last, more = f"{len(cards)}. {cards[-1]}\n", ""
        for number, name in enumerate(names, len(cards) + 1):
            original = f"{name.rpartition('-')[0]}.md"
            shutil.copy(root / "docs" / language / original, root / "docs" / language / name)
            card = next(card for card in cards if f"]({original}#" in card)
            more += f"{number}. {card.replace(original, name)}\n"
        index.write_text(text.replace(last, last + more), encoding="utf-8")
    nav = "\n".join(f"  - {name}" for name in names)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.replace("  - notation.md", f"{nav}\n  - notation.md"), encoding="utf-8")


def measure(page, address: str, root: Path, kind: str, mark: str) -> float:
    """Edit a file; return the seconds until the browser shows the edit. The edit is taken back."""
    file, old, new, place = EDITS[kind]
    path = root / file
    before = path.read_text(encoding="utf-8")
    page.goto(address + place)
    page.wait_for_load_state()
    start = time.monotonic()
    path.write_text(before.replace(old, new.format(mark), 1), encoding="utf-8")
    page.wait_for_function("mark => document.body.textContent.includes(mark)", arg=mark, timeout=120_000)
    took = time.monotonic() - start
    path.write_text(before, encoding="utf-8")
    page.wait_for_function("mark => !document.body.textContent.includes(mark)", arg=mark, timeout=120_000)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        many(root := Path(folder, "book"), options.pages)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-u", "-m", "downhill", "--root", str(root), "serve", "--port", str(port)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server, chromium() as browser:
            try:
                while "built; " not in server.stdout.readline():
                    assert server.poll() is None, "the server ended early"
                page = browser.new_page()
                for kind in EDITS:
                    times = []
                    for turn in range(options.repeat):
                        time.sleep(1)
                        times.append(measure(page, f"http://127.0.0.1:{port}/", root, kind, f"bench{turn}"))
                    print(f"{kind:20} median {statistics.median(times):.2f} s, worst {max(times):.2f} s", flush=True)
            finally:
                server.terminate()  # or its end would be waited for


if __name__ == "__main__":
    main()

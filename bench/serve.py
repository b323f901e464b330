"""How long `make serve` takes from saving a file to the changed page in a browser.

    python -m bench.serve [--repeat 5]

Makes a copy of the book, serves it, opens a page in Chromium, saves an edit, and waits until the browser shows it. Prints how
long the first build took, and the median and the worst time of each kind of edit, in seconds.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.book import ROOT, copy
from downhill.site.chromium import chromium

# what is edited: the file, the text replaced, by what, and the page on which it must appear
EDITS = {
    "a light page": ("docs/en/setup.md", "## ", "## {} ", "en/setup/"),
    "the heaviest page": ("docs/en/stochastic-gradient-descent.md", "## ", "## {} ", "en/stochastic-gradient-descent/"),
    "a Chinese page": ("docs/zh/momentum.md", "## ", "## {} ", "zh/momentum/"),
    "a light snippet": ("snippets/setup/chinese_fonts.py", '"""\n\nfonts', '"""\n\nmark = "{}"\nfonts', "en/setup/"),
}


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
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        copy(root := Path(folder, "book"))
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-u", "-m", "downhill", "--root", str(root), "serve", "--port", str(port)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server, chromium() as browser:
            try:
                start = time.monotonic()
                while not (said := server.stdout.readline()).startswith("built; "):
                    if not said or said.startswith("not built"):
                        sys.exit("the copy of the book is not built; what is wrong with it stands above")
                    print(said, end="")
                print(f"{'the first build':20} {time.monotonic() - start:.2f} s", flush=True)
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

"""Measures every page of the book in a browser, beside the same text without a theme and as a Jupyter Book.

`python -m bench.web` builds the three, visits them, asks Lighthouse, and says whether the book keeps what it promises.
"""

import contextlib
import datetime
import os
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from bench import BenchError, results
from bench.book import ROOT, copy
from bench.peers.environments import do
from bench.peers.measure import busy
from bench.web import lighthouse, references, report, visits
from downhill import LANGUAGES
from downhill.site.chromium import chromium
from tests.server import serve

WORK = ROOT / ".cache" / "bench" / "web"
NODE = ("lighthouse@12.8.2", "mathjax@3.2.2")


def parser() -> ArgumentParser:
    """Return the parser of the command line."""
    top = results.parser("web", __doc__.splitlines()[0])
    pages = references.stems(ROOT / "docs", "en")
    top.add_argument("--only", nargs="+", choices=pages, metavar="page", help=f"measure only these: {', '.join(pages)}")
    top.add_argument("--repeat", type=int, default=5, help="how often each page is visited, and audited by Lighthouse")
    top.add_argument("--no-lighthouse", action="store_true", help="visit only")
    return top


def main() -> int:
    """Do what the command line says; return 0 only if every promise is kept."""
    options = parser().parse_args()
    try:
        if options.markdown:
            print(report.markdown(results.read("web", options), options.markdown))
            return 0
        whole = not (options.only or options.no_lighthouse)
        out = results.folder("web", options, whole)
        node = installed()
        if options.install:
            return 0
        font = visits.chinese_font()
        load = busy(whole)
        with contextlib.ExitStack() as stack:
            servers = served(stack, node)
            result = everything(stack, servers, node, options) | {"busy": load}
            result["versions"] |= font
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    results.write("web", out, result)
    broken = report.broken(result)
    print("\n".join(broken) or "every promise is kept")
    return 1 if broken else 0


def installed() -> Path:
    """Return the folder of node packages, filled if need be; make Jupyter Book's environment too."""
    folder = WORK / "node"
    if not (folder / "node_modules" / "mathjax").exists():
        folder.mkdir(parents=True, exist_ok=True)
        do(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, *NODE])
    references.install(WORK / "environment")
    return folder / "node_modules"


def served(stack: contextlib.ExitStack, node: Path) -> dict:
    """Build the book and what it is compared with; return a server of each."""
    shutil.rmtree(WORK / "sites", ignore_errors=True)
    copy(root := WORK / "sites" / "source")
    folders = [root / "site", WORK / "sites" / "floor", WORK / "sites" / "jupyter-book"]
    servers = {name: stack.enter_context(serve(folder)) for name, folder in zip(report.SITES, folders, strict=True)}
    # the book knows its address when it is built, as it does where it is published
    environment = os.environ | {"SITE_URL": servers["book"].address}
    do([sys.executable, "-m", "downhill", "--root", root, "build"], env=environment, cwd=ROOT)
    book, floor, jupyter_book = folders
    references.floor(book, floor)
    references.jupyter_book(root, jupyter_book, WORK / "environment", node / "mathjax" / "es5")
    return servers


def everything(stack: contextlib.ExitStack, servers: dict, node: Path, options) -> dict:
    """Measure every page; return all that the report needs."""
    browser = stack.enter_context(chromium())
    versions = {"Chromium": browser.version, **dict(name.split("@") for name in NODE)}
    result = {
        "date": datetime.date.today().isoformat(),
        "cores": os.cpu_count(),
        "versions": versions | dict(name.split("==") for name in references.JUPYTER_BOOK),
        "pages": {},
    }
    for language in LANGUAGES:
        for stem in references.stems(servers["book"].site, language):
            if not options.only or stem in options.only:
                urls = {name: server.address + references.place(language, stem, name) for name, server in servers.items()}
                name, page = f"{language}/{stem}", visited(browser, urls, options.repeat)
                if not options.no_lighthouse:
                    for site, audits in lighthouse.audits(node, urls, options.repeat).items():
                        page[site]["lighthouse"] = audits
                result["pages"][name] = page
                print(report.row(name, page), flush=True)
    return result


def visited(browser, urls: dict[str, str], repeat: int) -> dict:
    """Visit a page and what it is compared with, one after the other in each round; on a desk in the first one only.

    A page that is close to a limit is visited three times as often, and all visits count.
    """
    page: dict = {name: {size: [] for size in visits.SIZES} | {"lighthouse": []} for name in urls}
    for turn in range(3 * repeat):
        if turn == repeat and not report.close(page):
            break
        for name, url in urls.items():
            for size in visits.SIZES if turn == 0 else ["phone"]:
                page[name][size].append(visits.visit(browser, url, size))
    return page


if __name__ == "__main__":
    sys.exit(main())

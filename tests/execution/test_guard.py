"""A result depends on what its key holds: what a snippet may read, and what it prints."""

import re

import pytest

from downhill import BookError
from downhill.execution import cache, runner
from downhill.execution.printed import settled
from downhill.manuscript.book import Book
from tests.small import snippet

pytestmark = pytest.mark.usefixtures("kept_worker")


def run(small, source: str):
    """Return what a snippet of that source leaves."""
    snippet(small).write_text(source, encoding="utf-8")
    return runner.run(Book(small))["chapter/line"]


def refusals(small, sources: dict[str, str]) -> dict[str, str]:
    """Run snippets of these sources together, all of which fail; return the line with which each does."""
    for number, source in enumerate(sources.values()):
        (small / "snippets" / "chapter" / f"way{number}.py").write_text(source, encoding="utf-8")
    with pytest.raises(BookError) as error:
        runner.run(Book(small))
    said = re.findall(r"snippets/chapter/way(\d+)\.py:\d+: (.*)", str(error.value))
    return {way: dict(said).get(str(number), "") for number, way in enumerate(sources)}


READS = {
    "open": "try:\n    open({path!r})\nexcept Exception:\n    pass",
    "pathlib": "import pathlib\npathlib.Path({path!r}).read_text()",
    "numpy": "import numpy\nnumpy.loadtxt({path!r})",
    "torch": "import torch\ntorch.load({path!r})",
    "read and write": "open({path!r}, 'r+')",
    "a link": "import os\nos.symlink({path!r}, 'link')\nopen('link')",
    "another name": "import os\nos.link({path!r}, 'link')\nopen('link')",
    "a move": "import os\nos.rename({path!r}, 'moved')\nopen('moved')",
    "a folder that is there": "import os\nos.makedirs({folder!r}, exist_ok=True)\nopen({path!r})",
    "the way up": "import os\nopen(os.path.relpath({path!r}))",
    "a folder": "import os\nos.listdir({folder!r})",
    "a folder, walked": "import os\nlist(os.walk({folder!r}))\nimport pathlib\nlist(pathlib.Path({folder!r}).glob('*'))",
    "the book": "open({root!r} + '/matplotlibrc')",
    "the page": "open({root!r} + '/docs/en/index.md')",
    "the machine": "open('/etc/hostname')",
    "the process": "import pathlib\npathlib.Path('/proc/self/status').read_text()",
}


def test_reading_elsewhere_is_refused_by_name(small, tmp_path):
    path = tmp_path / "numbers.txt"
    path.write_text("1 2 3")
    names = {"path": str(path), "folder": str(tmp_path), "root": str(small)}
    for way, said in refusals(small, {way: source.format(**names) for way, source in READS.items()}).items():
        assert re.match(r"reads .+; a snippet reads its own folder only", said), way


NETWORK = {
    "socket": "import socket\nsocket.create_connection(('example.invalid', 80))",
    "urllib": "import urllib.request\nurllib.request.urlopen('http://example.invalid/a')",
    "an address": "import socket\nsocket.socket().connect(('127.0.0.1', 9))",
    "MNIST elsewhere": "from torchvision.datasets import MNIST\nMNIST('elsewhere', download=True)",
    "another data set": "from torchvision import datasets\ndatasets.KMNIST('data', download=True)",
    "and goes on": "import socket\ntry:\n    socket.gethostbyname('example.invalid')\nexcept Exception:\n    pass",
}


def test_the_network_is_refused_by_name(small):
    for way, said in refusals(small, NETWORK).items():
        assert re.match(r"asks the network \(.+\); a snippet reads its own folder only", said), way


HARMLESS = """
import glob, json, multiprocessing, os, pathlib, platform, subprocess, sys, tempfile, zoneinfo
import numpy as np, torch, torchvision

me = pathlib.Path(__file__).read_text()
print(len(me) > 100, sys.argv[0] == __file__, os.listdir(), glob.glob("*"))
pathlib.Path("note.txt").write_text("x")
np.save("a.npy", np.ones(2)), torch.save(torch.ones(2), "b.pt")
print(np.load("a.npy"), torch.load("b.pt"), open("note.txt").read())
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "c").write_text("y")
    print(pathlib.Path(folder, "c").read_text(), os.listdir(folder))
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("z"), file.seek(0), print(file.read(), open(file.name).read())
print(zoneinfo.ZoneInfo("Asia/Shanghai"), platform.python_version() > "3", open(os.devnull).read())
with multiprocessing.Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))
data = torch.utils.data.TensorDataset(torch.arange(4.0))
print(sum(float(x) for x, in torch.utils.data.DataLoader(data, num_workers=2)))
print(len(open(np.__file__).read()) > 9)
"""


def test_what_a_pasted_program_can_do_it_can_do_here(small):
    result = run(small, HARMLESS)
    assert result.printed.startswith("True True ['line.py'] ['line.py']\n[1. 1.] tensor([1., 1.]) x\n")
    assert result.printed.endswith("[1, 2]\n6.0\nTrue\n")


ALIASES = ["from torchvision.datasets import MNIST as Digits", "from torchvision import datasets\nDigits = datasets.MNIST"]


def test_mnist_is_at_hand_by_whatever_name(small):
    for number, alias in enumerate(ALIASES):
        source = f"{alias}\nn = len(Digits('data', train=True, download=True))\n"
        (small / "snippets" / "chapter" / f"alias{number}.py").write_text(source)
    results = runner.run(Book(small))
    assert all(results[f"chapter/alias{number}"].values["n"] > 1000 for number in range(len(ALIASES)))


def test_a_program_that_only_speaks_of_mnist_does_not_read_it():
    assert not cache.reads_mnist('"""On MNIST."""\nx = "MNIST("  # MNIST(\n')


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\x1b[1;31mred\x1b[0m \x1b[38;5;9mblue\x1b[m\n", "red blue\n"),
        ("\x1b]0;title\x07a\x1b]8;;http://a\x1b\\b\x1b]8;;\x1b\\\n", "ab\n"),
        ("10 %\r 50 %\r100 %\n", "100 %\n"),
        ("100 %\r5\n", "500 %\n"),
        ("100 %\r\x1b[K5 %\n", "5 %\n"),
        ("working\r\x1b[2Kdone\n", "done\n"),
        ("ab\b\bc\n", "cb\n"),
        ("bar\r", "bar"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\x00\x07b\tc\n\n", "ab\tc\n\n"),
        ("\x1b[?25lx\x1b[?25h\x1b", "x"),
        ("谷 ü 📉\n", "谷 ü 📉\n"),
    ],
)
def test_printed_text_is_what_a_terminal_leaves(raw, text):
    assert settled(raw.encode()) == text


@pytest.mark.parametrize("order", ["\x1b[2A", "\x1b[H", "\x1b[2J", "\x1b[5;1H", "\x1b[3D"])
def test_orders_that_move_over_lines_are_refused(order):
    with pytest.raises(ValueError, match="prints ESC.*, an order to a terminal that a page cannot carry out"):
        settled(f"a\n{order}b\n".encode())


def test_what_changes_from_run_to_run_or_is_the_books_is_refused(small):
    (small / "helper.py").write_text("x = 1")
    (small / "snippets" / "chapter" / "helper.py").write_text("x = 1")
    lies = "where an object lies, which is elsewhere each time; print what it holds"
    told = {
        "print(__file__)": "prints “/.*”, a place of the machine, which is another one elsewhere; leave it out",
        "import os; print('in', os.getcwd())": "prints “/.*”, a place of the machine",
        "import sys; print(f'{sys.executable}!')": "prints “/.*python.*”, a place of the machine",
        "import json; print(json)": "prints “/.*”, a place of the machine",
        "import tempfile; print(tempfile.mkdtemp())": "prints “/.*/”, a place of the machine",
        "print(1, print, lambda x: x)": f"prints “<function <lambda> at 0x[0-9a-f]+>”, {lies}",
        "print(f'{iter([1])} is one')": f"prints “<list_iterator object at 0x[0-9a-f]+>”, {lies}",
        "print([object()])": "prints “<object object at 0x",
        "import sys; sys.stdout.write(str(map(abs, [1])))": "prints “<map object at 0x",
        "import torch; print(torch.utils.data.DataLoader([1]))": "prints “<torch.utils.data.dataloader.DataLoader object at 0x",
        "import os; os.write(1, str(lambda: 1).encode())": "prints “<function <lambda> at 0x",
        "try:\n    print(chr(0x202e), 1)\nexcept Exception:\n    pass": r"prints the invisible character U\+202E; leave it out",
        r"print('1\u20662\u2069')": r"prints the invisible character U\+2066; leave it out",
        r"print('\u061c1')": r"prints the invisible character U\+061C",
        r"print('1\ufe0f')": r"prints the invisible character U\+FE0F",
        r"print('\ue000')": r"prints U\+E000, where a character was lost; print another one",
        r"import os; os.write(1, b'1\xff2')": r"prints U\+FFFD, where a character was lost",
        "import helper": "ModuleNotFoundError",
    }
    with pytest.raises(BookError) as error:
        for number, program in enumerate(told):
            (small / "snippets" / "chapter" / f"way{number}.py").write_text(program)
        runner.run(Book(small))
    for number, said in enumerate(told.values()):
        assert re.search(rf"snippets/chapter/way{number}\.py(:[12])?: {said}", str(error.value))

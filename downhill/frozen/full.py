"""`make full`: the MNIST snippets, unchanged, on all 60,000 training digits; what they compute is frozen in data/full/.

The pages quote these numbers beside those of the reduced set. Each file says from which program, digits and versions its
numbers come; a test compares the program with the snippet as it stands.
"""

import datetime
import hashlib
import json
import math
import statistics
from pathlib import Path

from downhill import BookError
from downhill.execution import cache, runner
from downhill.manuscript import files, localize
from downhill.manuscript.book import Book
from downhill.manuscript.packing import quotable, unpack

MD5 = {  # of the original files, unpacked
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
LONGEST = 64  # numbers of a list that are kept


def fingerprint(source: str) -> str:
    """Return what identifies what a snippet computes, whatever its comments, docstrings and doctests say."""
    return hashlib.sha256(localize.computation(source).encode()).hexdigest()


def originals(folder: Path) -> Path:
    """Return the folder if the four original files stand in it, whole."""
    for name, md5 in MD5.items():
        path = folder / name
        if not path.exists():
            raise BookError(f"{path}: missing. --data names a folder with the four unpacked files {', '.join(MD5)}.")
        if hashlib.md5(path.read_bytes()).hexdigest() != md5:
            raise BookError(f"{path}: not the original file (MD5 differs). Unpack it anew, or leave out --data to download it.")
    return folder


def download(cache: Path) -> Path:
    """Download the original files through torchvision, and return their folder."""
    from downhill.execution import torchvision_ops

    torchvision_ops.ready()
    from torchvision.datasets import MNIST

    try:
        MNIST(cache / "original", download=True)
    except Exception as error:  # torchvision raises whatever its mirrors answer
        raise BookError(
            f"MNIST could not be downloaded ({error}). Give a folder with the four original files: make full DATA=folder"
        ) from error
    return cache / "original" / "MNIST" / "raw"


def kept(packed: dict) -> dict:
    """Return the values small enough to freeze: numbers, texts, short lists."""
    return {name: value for name, value in packed.items() if quotable(value) and len(json.dumps(value)) <= 24 * LONGEST}


def run(book: Book, folder: Path | None, *, parallel: int | None, timeout: float, compare: bool) -> None:
    """Run every snippet that reads MNIST on the original files, and freeze its numbers or compare them."""
    raw = originals(folder.resolve()) if folder else originals(download(book.cache))
    names = [name for name, source in book.snippets.items() if cache.reads_mnist(source)]
    results = runner.run(book, names, raw=raw, parallel=parallel, timeout=timeout)
    target = book.root / "data" / "full"
    differences = []
    for name, result in results.items():
        path = target / f"{name.split('/')[-1]}.json"
        if compare and not path.exists():
            differences.append(f"{path.relative_to(book.root)} does not exist; `make full` writes it")
        elif compare:
            differences += differing(name, json.loads(path.read_text(encoding="utf-8"))["values"], kept(result.values))
        if compare:
            continue
        frozen = {
            "snippet": book.place(name),
            "program_sha256": fingerprint(book.snippets[name]),
            "data": "the original MNIST files, 60,000 training and 10,000 test digits",
            "data_md5": MD5,
            "date": datetime.date.today().isoformat(),
            "versions": cache.versions(),
            "values": kept(result.values),
        }
        target.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(frozen, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {path.relative_to(book.root)}")
    if differences:
        raise BookError("\n".join(differences))


def differing(name: str, committed: dict, measured: dict) -> list[str]:
    """Return a sentence for each number that is not the committed one: means of seeds within 4 sd, others within 2 %."""
    found = []
    for key, value in committed.items():
        old, new = unpack(value), unpack(measured.get(key))
        if isinstance(old, list) and len(old) > 1 and all(isinstance(x, float) for x in old) and isinstance(new, list):
            same = abs(statistics.fmean(new) - statistics.fmean(old)) <= 4 * statistics.stdev(old)
        elif isinstance(old, float) and isinstance(new, float):
            same = math.isclose(old, new, rel_tol=0.02)
        else:
            continue
        if not same:
            found.append(f"{name}: {key} is {new}, committed is {old}")
    return found


def missing(book: Book) -> list[str]:
    """Return a sentence for each program whose numbers are missing or another program's, and for each leftover."""
    found, folder = [], book.root / "data" / "full"
    there = {path.stem: path for path in files.below(folder, "*.json")}
    for name, source in ((name, source) for name, source in book.snippets.items() if cache.reads_mnist(source)):
        path, remedy = there.pop(name.split("/")[-1], None), f"run `make full`, and commit data/full/{name.split('/')[-1]}.json"
        try:
            program = json.loads(files.text(path))["program_sha256"] if path else ""
            if program != fingerprint(source):
                what = "the numbers of its full run are another program's" if path else "has no numbers of a full run"
                found.append(f"{book.place(name)}:1: {what}; {remedy}")
        except (ValueError, KeyError, TypeError, SyntaxError) as error:
            found.append(f"data/full/{name.split('/')[-1]}.json:1: cannot be read ({error}); {remedy}, or restore it from git")
    return found + [f"data/full/{stem}.json:1: no snippet {stem} reads MNIST; delete it" for stem in there]

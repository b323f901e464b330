"""`make full`: the MNIST snippets, unchanged, on all 60,000 training digits; what they compute is frozen in data/full/.

The pages quote these numbers beside those of the reduced set. Each file says from which program, digits and versions its
numbers come; `problems` holds them against the snippet as it stands.
"""

import datetime
import hashlib
import json
from pathlib import Path

from downhill import BookError
from downhill.execution import cache, runner
from downhill.frozen import store
from downhill.manuscript import files, localize
from downhill.manuscript.book import Book
from downhill.manuscript.names import select
from downhill.manuscript.packing import ROOM, quotable

MD5 = {  # of the original files, unpacked
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
LONGEST = 64  # numbers of a list that are kept
TOO_LARGE = f"more than {ROOM:,} numbers"  # what packing says of what it left out


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
    """Return the values small enough to freeze: numbers, texts, short lists; of a data set, how many examples it has."""
    told = {name: json.dumps(value) for name, value in packed.items() if quotable(value)}
    return {name: packed[name] for name, text in told.items() if len(text) <= 24 * LONGEST and TOO_LARGE not in text}


def programs(book: Book) -> list[str]:
    """Return the snippets that read MNIST."""
    return [name for name, source in book.snippets.items() if cache.reads_mnist(source)]


def place(name: str) -> str:
    """Return the file that holds the frozen numbers of a snippet."""
    return f"data/full/{name.split('/')[-1]}.json"


def run(book: Book, wanted: list[str], folder: Path | None, *, parallel: int | None, timeout: float, compare: bool) -> None:
    """Run the snippets that read MNIST (those wanted, or all) on the original files; freeze their numbers, or compare them."""
    names = select(wanted, programs(book), "snippets", "snippet that reads MNIST")
    raw = originals(folder.resolve()) if folder else originals(download(book.cache))
    results = runner.run(book, names, raw=raw, parallel=parallel, timeout=timeout)
    cache.Cache(book, original=True).prune()
    beyond, within = [], []
    for name, result in results.items():
        path, values = book.root / place(name), kept(result.values)
        if not compare:
            print(store.write(path, place(name), *_frozen(book, name, values)))
        elif not path.exists():
            beyond.append(f"{place(name)} does not exist; run `make full NAMES={name}`")
        else:
            found = store.differences(place(name), store.read(path, place(name))["values"], values)
            beyond, within = beyond + found[0], within + found[1]
    if compare:
        print(*within, f"{len(results)} programs compared with data/full", sep="\n")
    if beyond:
        raise BookError("\n".join(beyond))


def _frozen(book: Book, name: str, values: dict) -> tuple[dict, str]:
    """Return what stands in the frozen file of a snippet, and its text."""
    frozen = {
        "snippet": book.place(name),
        "program_sha256": fingerprint(book.snippets[name]),
        "data": "the original MNIST files, 60,000 training and 10,000 test digits",
        "data_md5": MD5,
        "date": datetime.date.today().isoformat(),
        "versions": cache.versions(),
        "values": values,
    }
    return frozen, json.dumps(frozen, indent=1) + "\n"


def problems(book: Book) -> list[str]:
    """Return a sentence for each program whose frozen numbers are missing or not its own, and each leftover."""
    found = []
    there = {path.stem: path for path in files.below(book.root / "data" / "full", "*.json")}
    for name in programs(book):
        path, remedy = there.pop(name.split("/")[-1], None), f"run `make full NAMES={name}`, and commit {place(name)}"
        if path is None:
            found.append(f"{book.place(name)}:1: has no numbers of a full run; {remedy}")
            continue
        try:
            found += [f"{said}; {remedy}" for said in _wrong(book, name, store.read(path, place(name)))]
        except (BookError, SyntaxError) as error:
            found.append(f"{error}, or {remedy}")
    return found + [f"data/full/{stem}.json:1: no snippet {stem} reads MNIST; delete it" for stem in there]


def _wrong(book: Book, name: str, frozen: dict):
    """Yield what in a frozen file does not belong to its program as it stands."""
    if frozen["program_sha256"] != fingerprint(book.snippets[name]):
        yield f"{book.place(name)}:1: the numbers of its full run are another program's"
    if frozen.get("data_md5") != MD5:
        yield f"{place(name)}:1: its numbers are not those of the original digits"
    for library in store.other_versions(book.root, frozen):
        yield f"{place(name)}:1: measured with {library}, which pyproject.toml does not pin"

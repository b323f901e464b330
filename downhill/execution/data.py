"""The reduced MNIST of the repository, unpacked where a snippet looks for it, so that torchvision downloads nothing."""

import gzip
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from downhill import BookError

ALL = 60_000  # training images of MNIST; the repository has some of them
DOWNLOAD = 9_912_422 + 28_881 + 1_648_877 + 4_542  # bytes of its four files as they are sent, the images first
LABELS = "train-labels-idx1-ubyte.gz"
RESTORE = "Restore it with `git checkout -- data/mnist`."


def checksums(root: Path) -> dict[str, str]:
    """Return `{file name: sha256}` of the packed files, as data/mnist/SHA256SUMS states them."""
    path = root / "data" / "mnist" / "SHA256SUMS"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BookError(f"{path}: cannot be read ({error.strerror}). {RESTORE}") from error
    return {name.lstrip("*"): checksum for checksum, name in (line.split() for line in lines if line.strip())}


def images(root: Path) -> int:
    """Return how many training images the repository has: bytes 4 to 7 of their labels say it."""
    try:
        with gzip.open(root / "data" / "mnist" / LABELS) as file:
            return int.from_bytes(file.read(8)[4:])
    except OSError as error:
        raise BookError(f"{root / 'data' / 'mnist' / LABELS}: cannot be read ({error}). {RESTORE}") from error


def unpacked(root: Path, cache: Path) -> Path:
    """Return a folder with the four raw files, unpacked from data/mnist into the cache after their checksums were compared."""
    wanted = checksums(root)
    mark = hashlib.sha256("".join(sorted(wanted.values())).encode()).hexdigest()[:16]
    folder = cache / "mnist" / mark
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent))
    for name, checksum in wanted.items():
        path = root / "data" / "mnist" / name
        try:
            packed = path.read_bytes()
        except OSError as error:
            raise BookError(f"{path}: cannot be read ({error.strerror}). {RESTORE}") from error
        if hashlib.sha256(packed).hexdigest() != checksum:
            raise BookError(f"{path}: damaged, its SHA-256 is not the one in SHA256SUMS. {RESTORE}")
        (part / name.removesuffix(".gz")).write_bytes(gzip.decompress(packed))
    try:
        part.rename(folder)
    except OSError:  # another build was faster
        shutil.rmtree(part)
    return folder


def furnish(workplace: Path, raw: Path) -> None:
    """Put the raw files of a folder where `MNIST("data", ...)` looks for them in a workplace."""
    target = workplace / "data" / "MNIST" / "raw"
    target.mkdir(parents=True)
    for path in raw.iterdir():
        try:
            os.symlink(path.resolve(), target / path.name)
        except OSError:  # Windows without the right to make links
            shutil.copyfile(path, target / path.name)

"""A virtual environment for each peer, in which it sees the torch, numpy and matplotlib of the one that runs the bench."""

import hashlib
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from bench import BenchError

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CONSTRAINTS = HERE / "constraints.txt"
FIX = {HERE / "sitecustomize.py": "sitecustomize.py", ROOT / "downhill" / "torchvision_ops.py": "torchvision_ops.py"}


def python(folder: Path, packages: tuple[str, ...]) -> Path:
    """Return the interpreter of a peer's environment; BenchError if it cannot be made."""
    _furnish(executable := environment(folder, packages, CONSTRAINTS))
    return executable


def environment(folder: Path, packages: tuple[str, ...], constraints: Path) -> Path:
    """Return the interpreter of an environment with the packages, made in folder if it is not there; BenchError without."""
    parts = [sys.version, " ".join(packages), constraints.read_text(encoding="utf-8")]
    mark, key = folder / "made", hashlib.sha256("\n".join(parts).encode()).hexdigest()
    executable = folder / "bin" / "python"
    if not (mark.exists() and mark.read_text(encoding="utf-8") == key):
        shutil.rmtree(folder, ignore_errors=True)
        do([sys.executable, "-m", "venv", folder])
        pip = [executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        do([*pip, "--constraint", constraints, *packages])
        mark.write_text(key, encoding="utf-8")
    return executable


def _furnish(executable: Path) -> None:
    """Put the bench's own packages last on the path, and mend torchvision as the book does; see that both work."""
    site = Path(do([executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    (site / "zz_bench.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    for source, name in FIX.items():
        shutil.copyfile(source, site / name)
    do([executable, "-c", "import torch, torchvision, matplotlib.pyplot"])


def do(command: list, **options) -> str:
    """Run a command to its end; return what it printed. BenchError, with its complaint, if it fails or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    except FileNotFoundError as error:
        raise BenchError(f"{error.filename} is not on this machine: install it") from error
    if done.returncode:
        raise BenchError(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stderr.strip()}")
    return done.stdout

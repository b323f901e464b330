"""Python for the pages: gathers the files of Pyodide that data/pyodide.json pins, drops what no program needs, compiles, packs.

`python -m downhill python-files` does it once; python.py puts into the site what is packed. The files come from any place that
has them: a folder, the book's own packages' index (pip), npm's, or Pyodide's release; their checksums decide.
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from downhill import BookError

LIST = "data/pyodide.json"
MANIFEST = "files.json"  # of a packed folder: of what it is made, and the checksums of its files
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
PACKAGES = "packages.zip"
FONT, MODULE = "hanzi_box.ttf", "hanzi_box.py"  # which join the book's own modules
STAND_IN = """import pathlib
import shutil

NAME = {name!r}


def make(path):
    shutil.copy(pathlib.Path(__file__).with_name({font!r}), path)
"""
HERE = Path(__file__).parent
OWN = ("python_files.py", "python_files.mjs", "compiling.py", "../execution/figures/hanzi_box.py")  # that decide what is packed
DROPPED = re.compile(  # of the packages: tests, headers, types, pictures, other fonts, and what draws on other things than SVG
    r"(^|/)tests?/|^numpy/(f2py|distutils|typing)/|_examples/|/include/|pkg-config|/pkgconfig/"
    r"|matplotlib/(testing/|fontlist\.json|backends/(?!__init__|registry|_?backend_(agg|mixed|svg|template)\b))"
    r"|mpl-data/(sample_data|images|plot_directive|stylelib/(?!classic)|fonts/(?!ttf/DejaVuSans(-|Display|Mono\.|\.)))"
    r"|^PIL/_(webp|imagingft|imagingcms)|bokeh|zoneinfo/.*\.gz|\.dist-info/(?!licen[cs]e)|\.(pyi|pyx|pxd|a|h|c|typed|orig|in|lua)$",
    re.IGNORECASE,
)
STATEMENTS = """
import ast, doctest, io, pickle, tempfile, xml.etree.ElementTree, zipfile
import matplotlib, numpy.random
matplotlib.use("svg")
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.contour([[0, 1], [2, 3]])
axes.set(xscale="log", xlabel="$x$")
figure.savefig(io.StringIO(), format="svg")
"""  # what most programs need
Files = Iterator[tuple[str, bytes]]


def pack(root: Path, target: Path, given: Path | None = None, say: Callable[[str], None] = print) -> None:
    """Gather Pyodide's files, from a given folder or wherever they are, and write to target what the pages load of them.

    What target holds already, made of the same files in the same way, is left. Raises BookError.
    """
    if complete(root, target):
        say(f"{target} is complete")
        return
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        listed = json.loads((root / LIST).read_text(encoding="utf-8"))
        found = gathered(listed, work, given, say)
        for name in CORE:
            (work / name).write_bytes(found[name])
        nothing_else = {"info": {"version": listed["version"]}, "packages": {}}  # that could be installed
        (work / "pyodide-lock.json").write_text(json.dumps(nothing_else), encoding="utf-8")
        join([content for name, content in found.items() if name.endswith(".whl")], work / PACKAGES)
        compile_in(work, say)
        wasm = gzip.compress((work / CORE[2]).read_bytes(), mtime=0)
        files = {name: (work / name).read_bytes() for name in (CORE[1], CORE[3], PACKAGES)} | {f"{CORE[2]}.gz": wasm}
        files |= {"pyodide.js": found[CORE[0]]} | font(work)  # as .mjs, some servers do not say that it is JavaScript
        target.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (target / name).write_bytes(content)
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
        (target / MANIFEST).write_text(json.dumps({"of": recipe(root), "files": sums}, indent=1) + "\n", encoding="utf-8")
    say(f"packed {sum(map(len, files.values())) / 1e6:.1f} MB into {target}")


def font(work: Path) -> dict[str, bytes]:
    """Return the font for Chinese, made, and what stands for the module that makes it: what that needs is large."""
    from downhill.execution.figures import hanzi_box

    hanzi_box.make(path := work / FONT)
    return {FONT: path.read_bytes(), MODULE: STAND_IN.format(name=hanzi_box.NAME, font=FONT).encode()}


def folder(root: Path) -> Path:
    """Return where a build looks for what is packed, if PYTHON_FILES names no other place."""
    return root / ".cache" / "python"


def recipe(root: Path) -> str:
    """Return a fingerprint of all that decides what is packed: the list of files, and what packs them."""
    parts = [(root / LIST).read_bytes(), *((HERE / name).read_bytes() for name in OWN)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def manifest(folder: Path) -> dict:
    """Return what a packed folder says of itself; nothing where it is none."""
    path = folder / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def complete(root: Path, folder: Path) -> bool:
    """Return whether a folder holds what would be packed now, undamaged."""
    found = manifest(folder)
    paths = [folder / name for name in found.get("files", ())]
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.exists()}
    return bool(found) and found["of"] == recipe(root) and found["files"] == sums


def gathered(listed: dict, work: Path, given: Path | None, say: Callable[[str], None]) -> dict[str, bytes]:
    """Return the listed files, as `{name: content}`. Raises BookError with those that no place has."""
    sums = {name: file["sha256"] for name, file in listed["files"].items()}
    found: dict[str, bytes] = {}
    for place, files in places(listed, work, given).items():
        if missing := sums.keys() - found.keys():
            say(f"looking for {len(missing)} of {len(sums)} files: {place}")
            for name, content in files(missing):
                if hashlib.sha256(content).hexdigest() == sums[name]:
                    found[name] = content
    if missing := sorted(sums.keys() - found.keys()):
        raise BookError(
            f"{LIST}: {', '.join(missing)} cannot be had here; name a folder that holds such files with --from, or run this "
            "where pip, npm, or Pyodide's release can be reached"
        )
    return found


def places(listed: dict, work: Path, given: Path | None) -> dict[str, Callable[[set[str]], Files]]:
    """Return where the files may be, as `{what it is called: what yields (name, content) of those that are wanted there}`."""
    if given:
        return {str(given): lambda wanted: ((path.name, path.read_bytes()) for path in given.rglob("*") if path.name in wanted)}
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work), listed["pypi"]]
    npm = [shutil.which("npm") or "npm", "pack", "--silent", "--pack-destination", str(work), listed["npm"]]
    return {
        f"pip, {listed['pypi']}": lambda wanted: from_archive(pip, work, "*.whl", wanted),
        f"npm, {listed['npm']}": lambda wanted: from_archive(npm, work, "*.tgz", wanted),
        listed["release"]: lambda wanted: from_release(listed["release"], wanted),
    }


def from_archive(command: list[str], work: Path, pattern: str, wanted: set[str]) -> Files:
    """Yield what is wanted of the archive that a command fetches into a folder; nothing where it cannot."""
    try:
        subprocess.run(command, cwd=work, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return
    for path in work.glob(pattern):
        if path.suffix == ".tgz":
            with tarfile.open(path) as archive:
                yield from ((name, archive.extractfile(m).read()) for m in archive if (name := Path(m.name).name) in wanted)
        else:
            with zipfile.ZipFile(path) as archive:
                yield from ((name, archive.read(n)) for n in archive.namelist() if (name := Path(n).name) in wanted)


def from_release(address: str, wanted: set[str]) -> Files:
    """Yield what is wanted of Pyodide's release, as far as it can be reached."""
    for name in sorted(wanted):
        try:
            with urllib.request.urlopen(address + name, timeout=60) as answer:
                yield name, answer.read()
        except OSError:
            return


def join(wheels: list[bytes], target: Path) -> None:
    """Write one zip of what the pages need of wheels, with their licences."""
    with zipfile.ZipFile(target, "w") as new:
        for wheel in wheels:
            with zipfile.ZipFile(io.BytesIO(wheel)) as old:
                for name in (name for name in old.namelist() if not name.endswith("/") and not DROPPED.search(name)):
                    new.writestr(name, old.read(name))


def compile_in(work: Path, say: Callable[[str], None]) -> None:
    """Compile the programs in the zips of a folder with the Python that will run them. Raises BookError."""
    say("compiling, with Pyodide itself (half a minute)")
    command = [node(), str(HERE / "python_files.mjs"), str(work), STATEMENTS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BookError(f"Pyodide cannot compile here, with {command[0]}: {done.stderr.strip()[-300:]}")


def node() -> str:
    """Return the Node.js that is installed, or the one that playwright brings. Raises BookError."""
    if found := shutil.which("node"):
        return found
    try:
        from playwright._impl._driver import compute_driver_executable
    except ImportError:
        raise BookError("no Node.js is here to run Pyodide with; install it, or playwright: pip install -e '.[test]'") from None
    return compute_driver_executable()[0]

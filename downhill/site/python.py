"""Python in the site: what a page loads when a reader presses the button to run a program.

It all lies in one folder of the site, named by its content, with a policy of its own (docs/landing/_headers), and is not in the
zip. What Pyodide is made of has been packed before (python_files.py); here the book's own part joins it.
"""

import gzip
import hashlib
import importlib.util
import io
import json
import os
import zipfile
from pathlib import Path

from downhill import BookError
from downhill.execution import cache
from downhill.site import archive, python_files

FOLDER = "assets/python"
HERE = Path(__file__).parents[1]
DRAWING = (
    *cache.DRAWING,
    *("__init__.py", "execution/__init__.py", "execution/in_page.py", "execution/printed.py"),
    *("manuscript/__init__.py", "manuscript/localize.py"),
)
PLACE = "downhill/execution/figures"
ABSENT = "no button runs a program in its page: `python -m downhill python-files` gathers Python for the pages"


def packed(root: Path) -> Path | None:
    """Return the folder of what python-files has packed: the one that PYTHON_FILES names, or .cache/python if it is there.

    Raises BookError where it holds something else.
    """
    named = os.environ.get("PYTHON_FILES", "")
    folder = Path(named) if named else python_files.folder(root)
    if not named and not folder.exists():
        return None
    if not python_files.complete(root, folder):
        again = f"python -m downhill python-files {named}".rstrip()
        raise BookError(f"{folder} is not what Python for the pages of this book is made of; run `{again}`")
    return folder


def contents(root: Path) -> dict[str, bytes]:
    """Return what the folder in the site holds, as `{name: content}`; nothing where no Python is packed. Raises BookError."""
    if not (folder := packed(root)):
        return {}
    files = {name: (folder / name).read_bytes() for name in python_files.manifest(folder)["files"]}
    files["book.zip"] = of_the_book(root, {name: files.pop(name) for name in (python_files.FONT, python_files.MODULE)})
    theme = root / "docs" / "theme" / FOLDER
    files |= {path.name: path.read_bytes() for path in sorted(theme.iterdir()) if path.suffix in (".js", ".css")}
    listed = json.loads((root / python_files.LIST).read_text(encoding="utf-8"))
    lines = [f"{name}: {file['licence']}" for name, file in listed["files"].items()]
    files["LICENCES.txt"] = "\n".join([f"Pyodide {listed['version']}, {listed['source']}, is made of:", *lines, ""]).encode()
    size = sum(len(gzip.compress(content, mtime=0)) if name.endswith("js") else len(content) for name, content in files.items())
    files["editor.js"] = f"const SIZE = {size};\n".encode() + files["editor.js"]
    return files


def address(root: Path) -> str:
    """Return where the folder is, from the site's root: a name that holds a fingerprint of its content; "" if there is none."""
    return _named(contents(root))


def _named(files: dict[str, bytes]) -> str:
    if not files:
        return ""
    sums = [hashlib.sha256(content).hexdigest() for _, content in sorted(files.items())]
    return f"{FOLDER}/{hashlib.sha256(''.join(sums).encode()).hexdigest()[:8]}/"


def write(root: Path, site: Path) -> str:
    """Write the folder into a site; return its address."""
    files = contents(root)
    if named := _named(files):
        (site / named).mkdir(parents=True)
        for name, content in files.items():
            (site / named / name).write_bytes(content)
    return named


def of_the_book(root: Path, own: dict[str, bytes]) -> bytes:
    """Return a zip of what draws a figure in the book's style, with its font in place of what makes it."""
    files = {f"downhill/{name}": (HERE / name).read_bytes() for name in DRAWING}
    files |= {f"{PLACE}/{name}": content for name, content in own.items()}
    files["matplotlibrc"] = (root / "matplotlibrc").read_bytes()
    (pickler,) = importlib.util.find_spec("cloudpickle").submodule_search_locations
    files |= {f"cloudpickle/{path.name}": path.read_bytes() for path in Path(pickler).glob("*.py")}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in sorted(files.items()):
            made.writestr(zipfile.ZipInfo(name, archive.TIME), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()

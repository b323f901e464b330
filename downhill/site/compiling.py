"""Compiles programs with the Python that runs this: for the pages, Pyodide's own, into which python_files.mjs reads it."""

import importlib.util
import marshal
import sys
import zipfile

TIME = (2000, 1, 1, 0, 0, 0)  # the same programs give the same bytes
UNCHECKED = (1).to_bytes(4, "little")  # with a hash of the source that nobody compares: there is no source
FOLDER = ".zip/", "site-packages/"  # where modules stand, in Pyodide


def used(statements: str) -> set[str]:
    """Return the files, below their folder or zip, of all modules that are imported once some statements have run."""
    exec(statements, {})
    files = [module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)]
    return {file.rpartition(folder)[2] for file in files for folder in FOLDER if folder in file}


def compiled(source: str, target: str, wanted: set[str]) -> None:
    """Write the zip at source to target, with a .pyc in the place of each wanted .py; the others are smaller as they are."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(name for name in old.namelist() if not name.endswith("/")):
            content = old.read(name)
            if name.endswith(".py") and name in wanted:
                content, name = pyc(content, name), f"{name}c"
            new.writestr(zipfile.ZipInfo(name, TIME), content, zipfile.ZIP_DEFLATED, 9)


def pyc(source: bytes, name: str) -> bytes:
    """Return a program compiled, as Python keeps it; name is what a traceback calls it."""
    code = compile(source, name, "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)

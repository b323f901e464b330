"""Whether what pyproject.toml pins is installed already; make runs this file before it installs anything."""

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def missing(pins: list[str]) -> list[str]:
    """Return those of the pins, each `name==version` or `name[extra]==version`, that this environment lacks.

    >>> missing(["nothing-of-this-name==1.0", "filelock==0.0.1"])
    ['nothing-of-this-name==1.0', 'filelock==0.0.1']
    """
    return [pin for pin in pins if _version(pin.partition("=")[0].partition("[")[0]) != pin.partition("==")[2]]


def _version(name: str) -> str:
    """Return the version of a package without what its build adds, as +cpu; nothing if it is not installed."""
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    book = f"{project['name']}=={project['version']}"
    sys.exit(bool(missing([book, *project["dependencies"], *project["optional-dependencies"]["test"]])))

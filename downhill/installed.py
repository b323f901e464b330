"""Whether what pyproject.toml pins is installed already; make runs this file before it installs anything."""

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

try:
    from packaging.requirements import Requirement
except ImportError:
    sys.exit(1)  # matplotlib brings it


def missing(pins: list[str]) -> list[str]:
    """Return those of the pins, such as `name[extra]==version; sys_platform == "win32"`, that this environment needs and lacks.

    >>> missing(["nothing-of-this-name==1.0", "filelock==0.0.1", "nothing==1.0; sys_platform == 'no'"])
    ['nothing-of-this-name==1.0', 'filelock==0.0.1']
    """
    read = {pin: Requirement(pin) for pin in pins}
    needed = {pin: each for pin, each in read.items() if not each.marker or each.marker.evaluate()}
    return [pin for pin, each in needed.items() if f"=={_version(each.name)}" != str(each.specifier)]


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

"""The files of frozen numbers: read, written only when something decisive is another, compared value by value."""

import json
import tomllib
from pathlib import Path

from downhill import BookError
from downhill.execution import agreement
from downhill.manuscript import files
from downhill.manuscript.packing import unpack

MEASURING = ("numpy", "torch", "torchvision")  # the libraries whose versions decide every frozen number
IDLE = ("python", "matplotlib", "joblib")  # and those whose versions decide none


def read(path: Path, place: str) -> dict:
    """Return what a frozen file holds. Raises BookError that names it."""
    try:
        found = json.loads(files.text(path))
        if not isinstance(found["values"], dict) or not isinstance(found["program_sha256"], str):
            raise TypeError("values and program_sha256 are a dictionary and a text")
    except (ValueError, KeyError, TypeError) as error:
        said = f"{type(error).__name__}: {error}"
        raise BookError(f"{place}:{getattr(error, 'lineno', 1)}: cannot be read ({said}); restore it from git") from error
    return found


def write(path: Path, place: str, frozen: dict, text: str) -> str:
    """Write a frozen file, unless all that decides and all that it measured is the same; return what to say of it."""
    try:
        if path.exists() and _decisive(read(path, place)) == _decisive(frozen):
            return f"{place} holds these numbers already"
    except BookError:  # it is written anew
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"wrote {place}"


def measuring(frozen: dict) -> list[str]:
    """Return the libraries that decide the numbers of a frozen file, with their versions."""
    versions = dict.fromkeys(MEASURING) | frozen.get("versions", {})
    return [f"{library} {versions[library]}" for library in sorted(versions) if library not in IDLE]


def unlike(frozen: dict, versions: dict[str, str]) -> list[str]:
    """Return the libraries that decided the numbers of a frozen file, and have other versions now."""
    return [said for said in measuring(frozen) if said not in measuring({"versions": versions})]


def _decisive(frozen: dict) -> dict:
    """Return a frozen file without what may differ: date, order, seconds, the versions that decide no number."""
    values = {name: _shown(value) for name, value in frozen["values"].items() if name != "date"}
    rest = {key: value for key, value in frozen.items() if key not in ("date", "versions", "values", "seconds")}
    return json.loads(json.dumps(rest)) | {"versions": measuring(frozen), "values": values}


def _shown(packed) -> str:
    """Return a packed value in words, the same however it was packed."""
    return repr(agreement.plain(unpack(packed)))


def differences(place: str, committed: dict, measured: dict) -> tuple[list[str], list[str]]:
    """Return a sentence for each measured value beyond the tolerance, and for each within it, that is not the committed one."""
    beyond, within = [], []
    for key in [*committed, *(key for key in measured if key not in committed)]:
        if key == "date":
            continue
        if key not in measured or key not in committed:
            there = "measured" if key not in measured else "committed"
            beyond.append(f"{place}: {key} is not {there}")
            continue
        old, new = unpack(committed[key]), unpack(measured[key])
        told = agreement.differences(old, new, key)
        beyond += [f"{place}: {what} is {b}, committed is {a}" for what, a, b in told]
        if not told and _shown(committed[key]) != _shown(measured[key]):
            within.append(f"{place}: {key} is not exactly the committed one, and within the tolerance")
    return beyond, within


def other_versions(root: Path, frozen: dict) -> list[str]:
    """Return the libraries whose versions in a frozen file are not those that pyproject.toml pins."""
    project = root / "pyproject.toml"
    if not project.exists():
        return []
    declared = tomllib.loads(files.text(project))["project"]
    pins = sum(declared.get("optional-dependencies", {}).values(), declared["dependencies"])
    return [said for said in measuring(frozen) if said.partition("+")[0].replace(" ", "==") not in pins]

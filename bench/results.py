"""The command line that the benches share, and their results: bench/<name>/<name>.json, unless --out says otherwise."""

import argparse
import json
from pathlib import Path

from bench import BenchError
from downhill import LANGUAGES


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return the parser of a bench's command line, with the options that all have."""
    top = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=description)
    top.add_argument("--out", type=Path, help=f"where the result goes (default, if all is measured: bench/{name})")
    top.add_argument("--markdown", choices=LANGUAGES, help=f"measure nothing: print the table from {name}.json")
    top.add_argument("--install", action="store_true", help="get what is compared, and stop")
    return top


def folder(name: str, options: argparse.Namespace, whole: bool = True) -> Path:
    """Return where the result goes; BenchError if it is not that of a whole bench, and would replace one that is."""
    if not (whole or options.out):
        raise BenchError("with these options the bench is not whole: say with --out where its result goes")
    return options.out or Path(__file__).parent / name


def read(name: str, options: argparse.Namespace) -> dict:
    """Return what an earlier run wrote; BenchError if there was none."""
    path = folder(name, options) / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BenchError(f"{path} does not exist; `python -m bench.{name}` measures, and writes it") from error


def earlier(name: str, out: Path) -> dict:
    """Return what an earlier run wrote there; nothing if there was none."""
    path = out / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(name: str, out: Path, result: dict) -> None:
    """Write the result of a bench."""
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

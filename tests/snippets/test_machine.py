"""Nothing of the machine that builds gets onto a page."""

import ast

import pytest

ASKING = {"platform", "socket", "getpass", "tempfile", "datetime", "time", "os", "sys", "pathlib", "font_manager", "locale"}
WRITES = "docs/labs/parallel.py"  # a program for two processes, and runs it; how long these wait for each other is a timedelta
ALLOWED = {
    "pathlib": {"snippets/choosing/training_program.py", WRITES},
    "sys": {WRITES},
    "datetime": {WRITES},
    "tempfile": {"snippets/batch_size/two_processes.py"},  # where two processes meet; test_same_bytes.py has its values
}


def imported(source: str) -> set[str]:
    """Return the last parts of all names that a program imports, and the modules that it imports them from."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {part for alias in node.names for part in alias.name.split(".")}
            found |= set((getattr(node, "module", "") or "").split("."))
    return found


@pytest.mark.parametrize("name", sorted(ASKING))
def test_no_program_asks_the_machine(name, book):
    """A time, a name, a path, or a font would be another one on another machine, or with the next run."""
    asking = [place for place, source in book.paths.items() if name in imported(source)]  # a checkpoint has a path
    assert set(asking) == ALLOWED.get(name, set())


@pytest.mark.parametrize("line", ["import time", "from os import path", "from matplotlib import font_manager"])
def test_asking_is_seen(line):
    assert imported(line) & ASKING

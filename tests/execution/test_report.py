"""What is told of a run."""

import io
import json
import re
import subprocess
import sys

from rich.console import Console

from downhill.execution import report


def test_what_was_run_is_told_as_json(small):
    command = [sys.executable, "-m", "downhill", "--root", str(small), "run", "chapter/line", "--json"]
    for state in ("run", "cached"):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        (row,) = json.loads(done.stdout)
        assert row["name"] == "chapter/line"
        assert row["state"] == state
    assert row.keys() == {"name", "state"}
    done = subprocess.run([*command, "--force"], check=True, capture_output=True, text=True)
    (row,) = json.loads(done.stdout)
    assert row["state"] == "run"
    assert row["seconds"] > 0
    assert row["peak_mb"] > 20
    assert "running 1 of 1 snippets" in done.stderr


def test_a_terminal_shows_what_runs(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    console = Console(file=io.StringIO(), force_terminal=True, width=80, no_color=True)
    live = report.LiveReport(console)
    live.begin([f"chapter/{i}" for i in range(8)], ["chapter/0"])
    for i in range(1, 8):
        live.start(f"chapter/{i}")
    live.live.refresh()
    for i in range(1, 8):
        live.end(f"chapter/{i}", "run", {"seconds": float(i), "peak_mb": 100 + i})
    live.close()
    shown = console.file.getvalue()
    assert re.search(r"chapter/3 +runs +0 s", shown)
    assert "1 of 8 snippets" in shown
    assert "28.0 s in 7 snippets; the slowest:" in shown
    assert shown.index("   7.0 s") < shown.index("   6.0 s")
    assert "   2.0 s" not in shown

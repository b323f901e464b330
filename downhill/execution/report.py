"""Tells how the running of snippets goes: a live table on a terminal, plain lines elsewhere, JSON for programs."""

import json
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.live import Live
from rich.table import Table

SLOWEST = 5  # rows of the summary


class Report:
    """Plain lines: one when snippets begin to run, one for each that has ended."""

    def __init__(self, say: Callable[[str], None] = print):
        self.say, self.rows = say, []

    def begin(self, names: list[str], cached: list[str]) -> None:
        self.rows = [{"name": name, "state": "cached"} for name in cached]
        if len(names) > len(cached):
            self.say(f"running {len(names) - len(cached)} of {len(names)} snippets")

    def start(self, name: str) -> None:
        """A snippet starts."""

    def end(self, name: str, state: str, end: dict) -> None:
        """A snippet has ended: run, drawn again, or failed."""
        row = {"name": name, "state": state} | {key: end[key] for key in ("seconds", "peak_mb", "error") if key in end}
        self.rows.append(row)
        self.line(row)

    def line(self, row: dict) -> None:
        self.say(f"  {row['name']}  {row['state']}  {row['seconds']:.1f} s" + memory(row))

    def close(self) -> None:
        """All have ended; the slowest are told when there were many."""
        ran = sorted((row for row in self.rows if "seconds" in row), key=lambda row: -row["seconds"])
        if len(ran) > SLOWEST:
            self.say(f"{sum(row['seconds'] for row in ran):.1f} s in {len(ran)} snippets; the slowest:")
            for row in ran[:SLOWEST]:
                self.say(f"{row['seconds']:6.1f} s {memory(row):>10}  {row['name']}")

    def json(self) -> str:
        return json.dumps(self.rows, indent=1)


def memory(row: dict) -> str:
    return f"  {row['peak_mb']} MB" if "peak_mb" in row else ""


class LiveReport(Report):
    """A table of the snippets that run now, below the lines of those that have ended."""

    def __init__(self, console: Console):
        super().__init__(lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True))
        self.running: dict[str, float] = {}
        self.total = 0
        self.live = Live(console=console, get_renderable=self.table, transient=True)

    def begin(self, names: list[str], cached: list[str]) -> None:
        super().begin(names, cached)
        self.total = len(names)
        if len(names) > len(cached):
            self.live.start()

    def start(self, name: str) -> None:
        self.running[name] = time.monotonic()

    def end(self, name: str, state: str, end: dict) -> None:
        self.running.pop(name, None)
        super().end(name, state, end)

    def table(self) -> Table:
        """Return what is shown while snippets run."""
        table = Table.grid(padding=(0, 2))
        for name, start in self.running.items():
            table.add_row(f"  {name}", "runs", f"{time.monotonic() - start:.0f} s")
        table.add_row(f"{len(self.rows)} of {self.total} snippets")
        return table

    def close(self) -> None:
        self.live.stop()
        super().close()


def choose(errors: bool = False) -> Report:
    """Return the report that suits where it goes: the standard output, or the standard error."""
    console = Console(stderr=errors)
    stream = sys.stderr if errors else sys.stdout
    return LiveReport(console) if console.is_terminal else Report(lambda text: print(text, file=stream, flush=True))

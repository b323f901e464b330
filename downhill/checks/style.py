"""Lines of matplotlibrc that matplotlib does not understand: it would say so, and draw on."""

import logging
import re

from downhill.checks.memory import remembered
from downhill.manuscript import files
from downhill.manuscript.book import Book

PLACE = "matplotlibrc"


class Ear(logging.Handler):
    """Keeps what matplotlib says of a file."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def problems(book: Book) -> list[str]:
    """Return a sentence for each line of the figures' style that has no effect, or not the one that it says."""
    path = book.root / PLACE
    if not path.exists() or files.faults(path, PLACE):
        return []  # said elsewhere
    return _faults(book.style, str(path))


@remembered
def _faults(_: str, path: str) -> list[str]:
    import matplotlib

    ear, log = Ear(), logging.getLogger("matplotlib")
    propagate, log.propagate = log.propagate, False
    log.addHandler(ear)
    try:
        matplotlib.rc_params_from_file(path, use_default_template=False)
    finally:
        log.removeHandler(ear)
        log.propagate = propagate
    return [_said(message) for message in ear.heard]


def _said(message: str) -> str:
    """Return what matplotlib says of a line, with its place first.

    >>> _said("\\nBad key a.b in file /x/matplotlibrc, line 3 ('a.b: 3')\\nYou probably need")
    "matplotlibrc:3: Bad key a.b ('a.b: 3')"
    """
    match = re.match(r"\s*(.*?) in file .*?,? line #?(\d+) (\(.*)", message)
    return f"{PLACE}:{match[2]}: {match[1]} {match[3]}" if match else f"{PLACE}:1: {message.strip()}"

"""One program in a reader's page: runs it as the program `__main__`, and says what it printed, drew, or stumbled over.

Python in the page (docs/theme/assets/python/worker.js) imports this; nothing here knows of a browser.
"""

import contextlib
import inspect
import json
import linecache
import os
import re
import sys
import tempfile
import time
import traceback
import types
import warnings
from pathlib import Path

import cloudpickle
import matplotlib
import matplotlib.pyplot as plt
from matplotlib.backend_bases import RendererBase

from downhill.execution import figures
from downhill.execution.figures import renderer, svg, words
from downhill.execution.figures.fault import FigureError
from downhill.execution.printed import settled

FILE = "program.py"  # what a traceback calls the program
LONGEST_OUTPUT, MOST_FIGURES = 100_000, 20
FONT = re.compile(r"\bfont: ((?:[\w-]+ )*)([\d.]+px) [^;\"]+")
OFTEN = 0.1  # seconds between two reports of what a running program has printed


class Anything(dict):
    """A translation in which every text stands for itself: what a reader writes is in the reader's language."""

    def __contains__(self, text) -> bool:
        return True


def prepare(matplotlibrc: str) -> None:
    """Draw in the book's style what readers write."""
    figures.use_style(Path(matplotlibrc), workplace := Path(tempfile.mkdtemp()))
    os.chdir(workplace)
    be_lenient()
    be_older()


def be_lenient() -> None:
    """Draw a figure as it is: what the book asks of its own figures, as colours and sizes, is not asked of a reader's."""
    of_the_book = svg.on_page

    def on_page(colour: str) -> str:
        with contextlib.suppress(FigureError):
            return of_the_book(colour)
        return colour

    svg.on_page = on_page
    words._refuse = renderer.check_places = renderer.check_seen = figures.check_firm = lambda *_: None


def be_older() -> None:
    """Let the drawing, which is written for matplotlib 3.11, work with Pyodide's 3.8 too."""
    inline, as_path = figures.inline, RendererBase._draw_text_as_path
    figures.inline = lambda drawing, name: inline(FONT.sub(font, drawing), name)
    if "mtext" not in inspect.signature(as_path).parameters:
        RendererBase._draw_text_as_path = lambda self, *given: as_path(self, *given[:7])


def font(match: re.Match) -> str:
    """Return a font as matplotlib 3.11 writes it: a declaration for each part of it, which can be an attribute of SVG.

    >>> FONT.sub(font, "font: italic 700 12px 'DejaVu Sans', sans-serif; text-anchor: end")
    'font-style: italic; font-weight: 700; font-size: 12px; text-anchor: end'
    """
    words = ("font-weight" if word.isdecimal() else "font-style" for word in match[1].split())
    parts = [*zip(words, match[1].split(), strict=True), ("font-size", match[2])]
    return "; ".join(": ".join(part) for part in parts)


class Printed:
    """What takes the text that a program prints, up to a limit, and reports it now and then."""

    encoding = "utf-8"

    def __init__(self, report):
        self.report, self.text, self.last = report, "", time.monotonic()

    def write(self, text: str) -> int:
        self.text += text
        if len(self.text) > LONGEST_OUTPUT:
            raise RuntimeError(f"the program prints more than {LONGEST_OUTPUT:,} characters")
        if time.monotonic() - self.last > OFTEN:
            self.flush()
        return len(text)

    def flush(self) -> None:
        self.last = time.monotonic()
        self.report(self.settled())

    def settled(self) -> str:
        """Return the text as a terminal leaves it, or as it is where a terminal would move over lines."""
        try:
            return settled(self.text.encode(errors="replace"))
        except ValueError:
            return self.text


def run(source: str, name: str, report=lambda _: None) -> str:
    """Run a program; return as JSON what it printed, the SVG of its figures, its seconds, and its error with the line, if any.

    The name prefixes the ids of the drawings; `report` is called with what a program that still runs has printed.
    """
    printed, drawn, start = Printed(report), [], time.monotonic()
    result = {"figures": drawn, "error": "", "line": None}
    linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    module.__file__ = FILE
    plt.show = lambda *_, **__: show(drawn, name, source)
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        stack.enter_context(matplotlib.rc_context())
        stack.enter_context(warnings.catch_warnings())
        try:
            exec(compile(source, FILE, "exec"), module.__dict__)
        except SystemExit:
            pass
        except BaseException as error:
            result |= {"error": described(error), "line": line_of(error)}
        plt.close("all")
    seconds = round(time.monotonic() - start, 2)
    return json.dumps(result | {"printed": printed.settled(), "seconds": seconds})


def show(drawn: list[str], name: str, source: str) -> None:
    """Do what `plt.show` is for a program in a page: draw each open figure, and close it."""
    for number in plt.get_fignums():
        if len(drawn) == MOST_FIGURES:
            raise RuntimeError(f"the program shows more than {MOST_FIGURES} figures")
        kept = cloudpickle.dumps(plt.figure(number))
        drawn += figures.draw(kept, f"{name}-{len(drawn) + 1}", {"page": Anything()}, source).values()
    plt.close("all")


def described(error: BaseException) -> str:
    """Return an error as Python tells it, without what runs the program; one of a figure in its sentence."""
    if isinstance(error, FigureError):
        return str(error)
    at = error.__traceback__
    while at and at.tb_frame.f_code.co_filename != FILE:
        at = at.tb_next
    return "".join(traceback.format_exception(type(error), error, at)).rstrip()


def line_of(error: BaseException) -> int | None:
    """Return the line of the program at which it failed; None where it is not known."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno
    if isinstance(error, FigureError):
        return error.line
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    return lines[-1] if lines else None

"""What is wrong with the figures of a snippet, as far as its source tells: words that cannot be translated, and what moves."""

import ast

from downhill.checks.memory import remembered
from downhill.manuscript import figure_text, localize
from downhill.manuscript.book import Book

STILL = "moves, and a page shows one drawing; draw some moments beside each other"
WAITING = "waits for a reader, and a page shows one drawing; draw some settings beside each other, or write a figure to touch"
MOVING = dict.fromkeys(("FuncAnimation", "ArtistAnimation", "pause", "ion"), STILL)
MOVING |= dict.fromkeys(("Slider", "RangeSlider", "Button", "RadioButtons", "CheckButtons", "TextBox", "Cursor"), WAITING)
MOVING |= dict.fromkeys(("SpanSelector", "RectangleSelector", "LassoSelector", "mpl_connect", "ginput"), WAITING)


def problems(book: Book) -> list[str]:
    """Return a sentence for each text that can stand on one language's page only, and for each drawing that moves."""
    found = []
    for place, source in book.paths.items():
        if not localize.fault(source):  # else it is said elsewhere
            found += [f"{place}:{line}: {said}" for line, said in _faults(source)]
    return found


@remembered
def _faults(source: str) -> list[tuple[int, str]]:
    """Return (line, sentence) of everything that is wrong with the figures of a program."""
    tree = ast.parse(source)
    return [*_texts(tree), *_names(tree), *_moving(tree)]


def _calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _texts(tree: ast.Module):
    """Yield what is wrong with an expression that is drawn."""
    for node in (node for call in _calls(tree) for node in figure_text.marking(call)):
        if figure_text.has_words(node.value):
            yield node.lineno, f"the marker “{node.value}” is a word, and the same in both languages; take a symbol"
    for node in (node for call in _calls(tree) for node in figure_text.drawn(call)):
        if figure_text.is_text(node):
            if sentence := figure_text.fault(node.value):
                yield node.lineno, sentence
        elif (parts := figure_text.pieces(node)) and figure_text.has_words("0".join(parts)):
            yield node.lineno, figure_text.put_together("…".join(parts))


def _names(tree: ast.Module):
    """Yield words that stand at the ticks and are names elsewhere: translated in one place, they would miss each other."""
    shown = {node for call in _calls(tree) for node in figure_text.literals(call)}
    ticks = {node.value for call in _calls(tree) for node in figure_text.categories(call) if figure_text.is_text(node)}
    for node in ast.walk(tree):
        if figure_text.is_text(node) and node.value in ticks and node not in shown:
            yield (
                node.lineno,
                f"“{node.value}” is a word at an axis too, and would be translated there alone; use numbers and labels=",
            )


def _moving(tree: ast.Module):
    """Yield the calls after which a figure moves by itself, or when somebody touches it."""
    for call in _calls(tree):
        if (name := figure_text.name_of(call)) in MOVING:
            yield call.lineno, f"{name} {MOVING[name]}"

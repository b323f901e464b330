"""A program as HTML: its words in few colours, its tests quieter, and all but its idea folded.

Folded lines are hidden until they are found: a browser that knows this finds them, and one that does not shows them. The fold
opens without a script: reading.css looks at its `open`.
"""

import functools
import html
import itertools
import re

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from downhill.manuscript.idea import in_sight, length

WORDS = {
    "en": {"program": ("Program: {}", "whole program, {} lines"), "cell": ("Cell: {}", "whole cell, {} lines")},
    "zh": {"program": ("程序：{}", "完整程序，{} 行"), "cell": ("单元格：{}", "整个单元格，{} 行")},
}
SAID = re.compile(r'\s*(?:"""(?P<program>.*?)[.。]?(?:"""|\n)|# (?P<cell>.*))')  # a program has a docstring, a cell a comment
LONG = 25  # lines; a longer program may go on upon the next sheet of paper
TEST = "c"  # the tests of a docstring are as quiet as comments
CLASSES = {  # of the theme's classes those that are seen; the first that fits a token counts
    Comment: "c",
    String.Escape: "se",
    String: "s",
    Number: "m",
    Keyword.Constant: "",
    Keyword: "k",
    Operator.Word: "k",
    Name.Builtin: "nb",
    Name.Function: "nf",
    Name.Class: "nf",
    Name.Exception: "nf",
    Name.Namespace: "nf",
    Name.Decorator: "k",
}


def program(source: str, wanted: tuple[str, ...], language: str) -> str:
    """Return the HTML of a program in which the functions and classes that are wanted are in sight."""
    lines, seen = coloured(source), in_sight(source, wanted)
    parts = []
    for shown, group in itertools.groupby(zip(lines, seen, strict=True), key=lambda pair: pair[1]):
        text = "".join(f"{line}\n" for line, _ in group)
        parts.append(text if shown else f'<span class="rest" hidden="until-found">{text}</span>')
    name = html.escape(title(source, language))
    block = f'<pre tabindex="0" role="group" aria-label="{name}"><code>{"".join(parts)}</code></pre>'
    code = f'<div class="language-python highlight{" long" if length(source) > LONG else ""}">{block}</div>'
    if all(seen):
        return code
    whole = WORDS[language][_said(source)[0]][1].format(length(source))
    fold = f'<details class="whole"><summary>{whole}</summary></details>'
    return f'{code}<div class="fold" hidden="until-found" data-search-exclude>{fold}</div>'


def title(source: str, language: str) -> str:
    """Return what a program or a cell is called: what it says first, without the full stop.

    >>> title('\"""A line, drawn.\"""', "en"), title("# Two lines\\n", "en")
    ('Program: A line, drawn', 'Cell: Two lines')
    """
    kind, said = _said(source)
    return WORDS[language][kind][0].format(said)


def _said(source: str) -> tuple[str, str]:
    """Return whether a source is a program or the cell of a notebook, and what it says first."""
    match = SAID.match(source)
    return (match.lastgroup, match[match.lastgroup]) if match else ("program", "Python")


def coloured(source: str) -> list[str]:
    """Return the lines of a program as HTML, with a span around words of one colour that follow each other.

    >>> coloured("import numpy  # fast\\nf(x)")
    ['<span class="k">import</span> <span class="nf">numpy</span>  <span class="c"># fast</span>', 'f(x)']
    """
    lines: list[list[tuple[str, str]]] = [[]]
    testing = False
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        name = _class(token)
        testing = testing and token in String.Doc
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if token in String.Doc:
                testing = bool(piece.strip()) and (testing or piece.lstrip().startswith(">>> "))
            if piece:
                lines[-1].append((TEST if testing and piece.strip() != '"""' else name, piece))
    return ["".join(_spans(line)) for line in lines[: len(source.splitlines())]]


@functools.cache
def _class(token) -> str:
    """Return the class of a kind of token: that of the nearest kind that has one."""
    return next((CLASSES[kind] for kind in reversed(token.split()) if kind in CLASSES), "")


def _spans(line: list[tuple[str, str]]):
    """Yield the pieces of a line; space between two words of one colour belongs to them."""
    joined: list[list[str]] = []
    for name, text in line:
        if joined and (joined[-1][0] == name or not text.strip()):
            joined[-1][1] += text
        else:
            joined.append([name, text])
    for name, text in joined:
        words = text.rstrip()
        said = html.escape(words, quote=False)
        yield (f'<span class="{name}">{said}</span>' if name and words else said) + text[len(words) :]

"""Scripts in fewer bytes: without comments and indentation, and nothing else changed; they are read in the repository."""

import functools
from itertools import groupby

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace


@functools.cache
def small(source: str) -> str:
    r"""Return a script that does the same: each run of blanks and comments is a line's end if it has one, or else a space.

    >>> small("// one\nconst a = /^\\/* b/; /* two */ f(`// ${a} \n  c`, \"/* d */\"); // three\n  g();\n")
    'const a = /^\\/* b/; f(`// ${a} \n  c`, "/* d */");\ng();'
    """
    pieces = ((kind, text) for _, kind, text in JavascriptLexer().get_tokens_unprocessed(source) if text)
    return "".join(_short("".join(text for _, text in run), left_out) for left_out, run in groupby(pieces, _left_out)).strip()


def _left_out(piece: tuple) -> bool:
    kind, _ = piece
    return kind in Comment or kind in Whitespace


def _short(text: str, left_out: bool) -> str:
    return text if not left_out else "\n" if "\n" in text else " "

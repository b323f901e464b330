"""A snippet in the page's language: finds its words, and puts the catalogue's in their place.

Words are comments, the prose of docstrings, and the string literals that a figure shows. Nothing else of a program
changes, which `program` makes checkable: it is the same for a snippet and its localized copy.
"""

import ast
import doctest
import functools
import io
import json
import re
import tokenize
from dataclasses import dataclass

from downhill import BookError
from downhill.manuscript.figure_text import literals


@dataclass(frozen=True)
class Word:
    """A piece of a snippet that is written in a language: its text, its kind, and where it stands in the source."""

    text: str
    kind: str  # "comment", "prose" or "figure"
    line: int
    start: int  # offsets into the source
    end: int


class _Source:
    """A snippet's text, with the offset of each (line, column) that Python's tools report."""

    def __init__(self, text: str):
        self.text = text
        self.lines = io.StringIO(text).readlines()  # Python's lines; str.splitlines knows other ends, too
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        """Return the offset of a character column (tokenize)."""
        return self.starts[line - 1] + column

    def at_byte(self, line: int, column: int) -> int:
        """Return the offset of a UTF-8 byte column (ast)."""
        return self.at(line, len(self.lines[line - 1].encode()[:column].decode()))

    def span(self, node: ast.expr) -> tuple[int, int]:
        return self.at_byte(node.lineno, node.col_offset), self.at_byte(node.end_lineno, node.end_col_offset)


@functools.lru_cache(maxsize=1024)
def fault(source: str) -> tuple[int, str] | None:
    """Return (line, what is wrong) of a snippet that is no Python, or that Python would read as another text; or None."""
    try:
        encoding, head = tokenize.detect_encoding(io.BytesIO(source.encode()).readline)
        if encoding != "utf-8":
            return len(head), f"Python takes this comment for the file's encoding, {encoding}; leave it out: a file is UTF-8"
        compile(source, "snippet", "exec")
        list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, MemoryError, RecursionError, tokenize.TokenError) as error:
        said = getattr(error, "msg", None) or str(error) or "nested too deeply"
        return getattr(error, "lineno", None) or 1, f"{type(error).__name__}: {said}"
    return None


def require(snippets: dict[str, str]) -> None:
    """Raise BookError if one of `{path: source}` is no Python."""
    faults = {path: fault(source) for path, source in snippets.items()}
    if wrong := [f"{path}:{found[0]}: {found[1]}" for path, found in faults.items() if found]:
        raise BookError("\n".join(wrong))


@functools.lru_cache(maxsize=1024)
def words(source: str) -> list[Word]:
    """Return every translatable piece of a snippet, in the order of the source."""
    text, tree = _Source(source), ast.parse(source)
    found = [*_comments(text), *_prose(text, tree), *_figure_texts(text, tree)]
    return sorted(found, key=lambda word: word.start)


def _comments(source: _Source):
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        text = token.string.lstrip("# ") if token.type == tokenize.COMMENT else ""
        if text and not text.startswith("%%"):  # the mark of a cell
            end = source.at(*token.end)
            yield Word(text, "comment", token.start[0], end - len(text), end)


def _documented(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            yield node


def _docstrings(tree: ast.Module):
    for node in _documented(tree):
        yield node.body[0].value


def _prose(source: _Source, tree: ast.Module):
    for node in _docstrings(tree):
        start, end = source.span(node)
        quotes = re.match(r'[rR]?("""|\'\'\'|"|\')', source.text[start:end])
        start, end = start + quotes.end(), end - len(quotes[1])
        for paragraph in re.finditer(r"\S[^\n]*(?:\n[ \t]*(?!>>>)\S[^\n]*)*", source.text[start:end]):
            if not paragraph[0].startswith(">>>"):
                text = " ".join(paragraph[0].split())
                last = start + paragraph.start() + len(paragraph[0].rstrip())
                line = source.text.count("\n", 0, start + paragraph.start()) + 1
                yield Word(text, "prose", line, start + paragraph.start(), last)


def _figure_texts(source: _Source, tree: ast.Module):
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for node in literals(call):
            yield Word(node.value, "figure", node.lineno, *source.span(node))


def localize(source: str, translation: dict[str, str]) -> str:
    """Return the snippet with each of its words replaced by its translation, where there is one."""
    for word in reversed(words(source)):
        if new := translation.get(word.text):
            new = json.dumps(new, ensure_ascii=False) if word.kind == "figure" else new
            source = source[: word.start] + new + source[word.end :]
    return source


def program(source: str) -> str:
    """Return what of a snippet must be the same in every language: its syntax tree without words, and its doctests."""
    tree = ast.parse(source)
    examples = []
    for node in _docstrings(tree):
        examples += [(e.source, e.want) for e in doctest.DocTestParser().get_examples(node.value)]
        node.value = ""
    return f"{ast.dump(_wordless(tree))}\n{examples}"


@functools.lru_cache(maxsize=1024)
def computation(source: str) -> str:
    """Return what of a snippet decides the numbers that it computes: its syntax tree without words, docstrings, doctests."""
    tree = ast.parse(source)
    for node in _documented(tree):
        node.body = node.body[1:]
    return _shape(_wordless(tree))


def _wordless(tree: ast.Module) -> ast.Module:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for node in literals(call):
            node.value = ""
    return tree


def _shape(node) -> str:
    """Return a syntax tree as text, without empty fields, of which each version of Python has others."""
    if isinstance(node, list):
        return f"[{', '.join(map(_shape, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [f"{name}={_shape(value)}" for name, value in ast.iter_fields(node) if value not in (None, [])]
    return f"{type(node).__name__}({', '.join(fields)})"

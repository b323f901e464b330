"""Fences that Python-Markdown would not take for fences, or that do not show the snippet that they mean."""

import re

from downhill.manuscript import prose
from downhill.manuscript.book import INCLUDE, OPTION, Book, Page
from downhill.manuscript.idea import definitions
from downhill.manuscript.names import suggestion

OPTIONS = ("exec", "idea")
LANGUAGES = ("python", "pycon", "console", "sh", "bat", "text", "ini", "toml", "yaml", "json", "diff", "markdown")
SHOWN = 'write ```python exec="on" idea="name", with the functions that carry the idea'


def problems(book: Book, page: Page) -> list[str]:
    """Return a sentence for each fence of a page that is not right."""
    found, fence, inner = [], None, []
    for line in prose.lines(page.text):
        if line.kind == "fence" and line.opens:
            fence, inner = line, []
        elif line.kind == "fence":
            said = _fault(book, prose.FENCE.match(fence.text), [each.text for each in inner])
            found += [f"{page.place}:{fence.number}: {said}"] if said else []
        elif line.kind == "code":
            inner.append(line)
    return found


def _fault(book: Book, opening: re.Match, inner: list[str]) -> str:
    """Return what is wrong with a fence, or nothing."""
    mark, info = opening["mark"], opening["info"].strip()
    language, _, options = info.partition(" ")
    if any(re.match(rf" *{mark}[\w{{]", line) for line in inner):
        return f"a fence opens inside this one: close this one with {mark}, or open it with {mark}{mark[0]}"
    if options.strip() or any(re.match(r" *-+8<-+", line) for line in inner) or "exec" in info:
        return _executed(book, mark, language, options.strip(), inner)
    if not re.fullmatch(r"[\w+-]*", language):
        return f"the first line of a fence is {mark} and a language, not “{info}”"
    if language not in LANGUAGES:
        return f"{language or mark} names no language{suggestion(language, LANGUAGES)}; known are {', '.join(LANGUAGES)}"
    if language == "python" and any(line.lstrip().startswith(">>> ") for line in inner):
        return f"what is copied would have the prompt >>> in it; write {mark}pycon"
    return ""


def _executed(book: Book, mark: str, language: str, options: str, inner: list[str]) -> str:
    """Return what is wrong with a fence that shows a snippet, or is meant to, or nothing."""
    if language != "python" or mark != "```":
        return f"a fence that shows a snippet begins with ```python; {SHOWN}"
    given = OPTION.findall(options)
    for key, value in given:
        if key not in OPTIONS:
            return f"unknown fence option {key}{suggestion(key, OPTIONS)}; known are {', '.join(OPTIONS)}"
        if key == "exec" and value != "on":
            return f'the fence option exec is "on", not "{value}"'
    if rest := OPTION.sub("", options).strip():
        return f'“{rest}” is no fence option; write key="value"'
    if dict(given).get("exec") != "on" or len(dict(given)) != len(given):
        return f"a fence that shows a snippet has exec once; {SHOWN}"
    if len(inner) != 1 or not inner[0].lstrip().startswith("--8<-- "):
        return 'an executed fence holds one line, --8<-- "chapter/name.py"'
    path = inner[0].strip().removeprefix("--8<-- ").strip("\"'")
    name = path.replace("\\", "/").removesuffix(".py").removeprefix("snippets/")
    if not INCLUDE.match(inner[0]) or path != f"{name}.py":
        return f'shows {path}; write --8<-- "{name}.py", below snippets/, with / between'
    if name not in book.shown:
        known = suggestion(name, book.shown)
        if book.place(name) in book.paths:
            return f"shows {name}.py, but {book.place(name)} has no such cell{known}"
        return f"shows {book.place(name)}, which does not exist{known}"
    return _idea(book, name, dict(given)["idea"]) if "idea" in dict(given) else ""


def _idea(book: Book, name: str, wanted: str) -> str:
    """Return what is wrong with the names of the functions that carry a program's idea, or nothing."""
    defined = definitions(book.shown[name])
    known = f"{book.place(name)} defines {', '.join(defined) or 'none'}"
    if not wanted.split():
        return f'the fence option idea names functions or classes, as in idea="a b"; {known}'
    for each in wanted.split():
        if each not in defined:
            return f"the idea {each} is no function or class of the program{suggestion(each, defined)}; {known}"
    return ""

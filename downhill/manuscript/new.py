"""Begins a chapter, a snippet, or an exercise: the program, its place on both pages, the line in nav, the Chinese words.

What an author has to say stands in «…», so that it builds at once; checks/unfilled.py names what is left of it.
"""

import re
import sys
from collections.abc import Iterable
from itertools import zip_longest

from downhill import BookError
from downhill.manuscript import catalogue, files, labs, prose, terms, ways
from downhill.manuscript.book import Book
from downhill.manuscript.counts import FIRST
from downhill.manuscript.values import BOOK, COUNTED, FROZEN, RESERVED

WORD = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
NAME = re.compile(rf"(?P<chapter>{WORD})(?:/(?P<solutions>solutions/)?(?P<stem>{WORD}))?")
MODULES = {*sys.stdlib_module_names, "numpy", "matplotlib", "torch", "torchvision"}
NAV = re.compile(r"( *- )(\S+\.md) *(?:#.*)?")
LISTED = re.compile(r"(\d+)\. \[.*?\]\((\S+\.md)(?:#(\S+))?\)")  # a card on the first page

SNIPPET = '''"""«What {stem} shows, in one sentence.»"""

import matplotlib.pyplot as plt


def step(x, lr):
    """«What comes back, in one sentence.»

    >>> step(2.0, lr=0.25)
    1.0
    """
    return x - lr * 2 * x


xs = [2.0]
for _ in range(20):
    xs.append(step(xs[-1], lr=0.1))

fig, ax = plt.subplots()
ax.plot(xs, ".-")
ax.set(xlabel="step", ylabel="$x$")
plt.show()
'''
SOLUTION = '''"""«What {stem} answers, in one sentence.»"""


def step(x, lr):
    """«What comes back, in one sentence.»

    >>> step(2.0, lr=0.25)
    1.0
    """
    return x - lr * 2 * x


x = step(2.0, lr=0.1)
print(f"{{x:.2f}}")
'''
WORDS = {
    "«What {stem} shows, in one sentence.»": "«用一句话说明 {stem} 展示什么。»",
    "«What {stem} answers, in one sentence.»": "«用一句话说明 {stem} 回答什么。»",
    "«What comes back, in one sentence.»": "«用一句话说明返回什么。»",
    "step": "步",
}
CHAPTER = {
    "en": """# «Title» {{#{id}}}

«The problem, and the idea in one sentence.»

## Common mistakes {{#common-mistakes}}

- **«A mistake.»** «What it does, and how to notice it.»
""",
    "zh": """# «标题» {{#{id}}}

«问题是什么，一句话说出想法。»

## 常见错误 {{#common-mistakes}}

- **«一个错误。»**«它有什么后果，怎样发现。»
""",
}
FENCE = """```python exec="on" idea="step"
--8<-- "{name}.py"
```"""
SECTION = {
    "en": """## «A finding» {{#{id}}}

«What leads to the figure.»

!!! guess "Guess first"

    «A question that the figure answers.»

{fence}

/// figure | fig-{id}
    alt: «What the figure shows, with the essential observation, in one or two sentences.»

«The caption.» After {{{{ {stem}: len(xs) - 1 }}}} steps $x$ is {{{{ {stem}: xs[-1]:.4f }}}}.
///

«What to see in [](#fig-{id}), and why.»""",
    "zh": """## «一个发现» {{#{id}}}

«怎样引出这张图。»

!!! guess "先猜后看"

    «一个由图来回答的问题。»

{fence}

/// figure | fig-{id}
    alt: «用一两句话说明图上有什么，要看出什么。»

«图的说明。»走 {{{{ {stem}: len(xs) - 1 }}}} 步之后，$x$ 是 {{{{ {stem}: xs[-1]:.4f }}}}。
///

«从[](#fig-{id})里看出什么，为什么。»""",
}
EXERCISES = {"en": "## Exercises {#exercises}", "zh": "## 练习 {#exercises}"}
EXERCISE = {
    "en": """### Exercise {number}: «title» {{#exercise-{id}}}

[[difficulty: 1]]

«The task.»

??? hint "Hint"

    «One step of the way, not the answer.»

??? success "Solution"

    «The answer», {{{{ {stem}: x:.2f }}}}.

{fence}""",
    "zh": """### 练习 {number}：«标题» {{#exercise-{id}}}

[[difficulty: 1]]

«题目。»

??? hint "提示"

    «只走一步，不给答案。»

??? success "解答"

    «答案»，{{{{ {stem}: x:.2f }}}}。

{fence}""",
}
CARD = {
    "en": "{number}. [«Title»]({page}): «A surprising question»? «What is there.»",
    "zh": "{number}. [«标题»]({page})：«一个出人意料的问题»？«讲什么。»",
}
ROWS = {
    ways.USES: {
        "en": f"| [«Title»]({{page}}) | [«a section that it uses»]({FIRST}) |",
        "zh": f"| [«标题»]({{page}}) | [«它用到的一节»]({FIRST}) |",
    },
    ways.QUESTIONS: {
        "en": "| «A question»? | [«the section that answers it»]({page}) |",
        "zh": "| «一个问题»？ | [«回答它的那一节»]({page}) |",
    },
}


def begin(book: Book, name: str) -> list[str]:
    """Begin `chapter`, `chapter/name`, or `chapter/solutions/name`; return the places where files are new.

    A chapter that is new gets its pages. Nothing is written if anything is wrong. Raises BookError.
    """
    chapter, solutions, stem = _parts(book, name)
    page = _page(book, chapter)
    texts = {f"docs/{language}/{page}": pages[page].text for language, pages in book.pages.items() if page in pages}
    if not texts:
        texts = _chapter(book, page)
    elif len(texts) == 1:
        raise BookError(f"{next(iter(texts))}:1: has no twin; write it, or delete this one")
    elif not stem:
        raise BookError(f"{next(iter(texts))}:1: exists; name a snippet: new {chapter}/name")
    if stem:
        for language in book.pages:
            place = f"docs/{language}/{page}"
            texts[place] = _section(texts[place], place, language, f"{chapter}/{solutions}{stem}")
            first = f"docs/{language}/{FIRST}"
            if not solutions and (
                text := texts.get(first) or FIRST in book.pages[language] and book.pages[language][FIRST].text
            ):
                texts |= {first: _drawn(text, page, stem)} if f"]({page})" in text else {}
        texts[book.place(f"{chapter}/{solutions}{stem}")] = (SOLUTION if solutions else SNIPPET).format(stem=stem)
    words = {english.format(stem=stem): chinese.format(stem=stem) for english, chinese in WORDS.items()}
    return _write(book, texts, words)


def _write(book: Book, texts: dict[str, str], words: dict[str, str]) -> list[str]:
    """Write files, and the words of the new snippets; return where each file is new. Raises BookError, before it writes."""
    catalogue.read(book.catalogue)
    there = {place for place in texts if (book.root / place).exists()}
    if found := [fault for place in sorted(there) for fault in files.faults(book.root / place, place)]:
        raise BookError("\n".join(found))
    places = []
    for place, text in texts.items():
        path = book.root / place
        pairs = zip_longest(files.text(path).split("\n") if place in there else (), text.split("\n"))
        places.append(f"{place}:{next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 1)}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    catalogue.update(book.catalogue, Book(book.root).paths, words)
    return places


def _parts(book: Book, name: str) -> tuple[str, str, str]:
    """Return the chapter, `solutions/` or nothing, and the stem or nothing. Raises BookError if the name cannot be."""
    match = NAME.fullmatch(name)
    if not match or match["stem"] == "solutions":
        meant = re.sub(r"[\s-]+", "_", name.strip().removeprefix("snippets/").removesuffix(".py").lower()).strip("/")
        hint = f"; did you mean {meant}?" if NAME.fullmatch(meant) and not meant.endswith("solutions") else ""
        raise BookError(
            f"{name}: write chapter, chapter/name, or chapter/solutions/name, in words a-z and 0-9 joined by _{hint}"
        )
    if match["chapter"] in FROZEN:
        raise BookError(f"{name}: {RESERVED.format(match['chapter'])}")
    if match["chapter"] == labs.FOLDER:
        raise BookError(f"{name}: {labs.TAKEN}")
    if BOOK in (match["chapter"], match["stem"]):
        raise BookError(f"{name}: {COUNTED}")
    stem = match["stem"] or ""
    for other in book.snippets:
        if stem and other.rpartition("/")[2] == stem:
            raise BookError(f"{book.place(other)}:1: has this name already; names are unique in the book: choose another")
    if stem in MODULES:
        raise BookError(f"{name}: a file {stem}.py would hide Python's {stem} from who saves it; choose another name")
    return match["chapter"], match["solutions"] or "", stem


def _page(book: Book, chapter: str) -> str:
    """Return the page of a chapter: the one that shows its snippets, or that of its name. Raises BookError if it is another."""
    shown = [
        fence.page
        for pages in book.pages.values()
        for page in pages.values()
        for fence in page.fences
        if fence.snippet.startswith(f"{chapter}/")
    ]
    if shown:
        return max(shown, key=shown.count).split("/", 2)[2]
    page = f"{chapter.replace('_', '-')}.md"
    there = book.pages["en"].get(page)
    if page in (FIRST, terms.NAME) or there and prose.LISTS[1] in there.text:
        raise BookError(f"docs/en/{page}:1: is no chapter; name one: {', '.join(_chapters(book)) or 'a new one'}")
    return page


def _chapters(book: Book) -> list[str]:
    return sorted({name.split("/")[0] for name in book.snippets})


def _chapter(book: Book, page: str) -> dict[str, str]:
    """Return the pages of a new chapter, mkdocs.yml with its entry in nav, and the first pages with a card and rows for it."""
    id = page.removesuffix(".md")
    texts = {f"docs/{language}/{page}": CHAPTER[language].format(id=id) for language in book.pages}
    texts["mkdocs.yml"] = _nav(book, page)
    for language, first in [(language, pages[FIRST]) for language, pages in book.pages.items() if FIRST in pages]:
        lines = first.text.split("\n")
        tables = ((ways.rows(first, table), row[language]) for table, row in ROWS.items())
        more = {found[-1][0]: row.format(page=page) for found, row in tables if found}
        if cards := [(at, int(match[1])) for at, line in enumerate(lines, 1) if (match := LISTED.match(line))]:
            at, number = cards[-1]
            more[at] = CARD[language].format(number=number + 1, page=page)
        for at in sorted(more, reverse=True):
            lines.insert(at, more[at])
        texts |= {f"docs/{language}/{FIRST}": "\n".join(lines)} if more else {}
    return texts


def _drawn(text: str, page: str, stem: str) -> str:
    """Return the first page with a figure for the card of a chapter that had none."""
    card = f"]({page})"
    lines = [
        line.replace(card, f"]({page}#fig-{stem.replace('_', '-')})") if LISTED.match(line) else line
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def _nav(book: Book, page: str) -> str:
    """Return mkdocs.yml with a page in nav, after the last chapter. Raises BookError."""
    text = files.text(book.root / "mkdocs.yml")
    if re.search(r"^nav: *\[.*\]$", text, re.MULTILINE):
        return re.sub(r"^(nav: *\[.*)\]$", rf"\1, {page}]", text, flags=re.MULTILINE)
    lines, shown = text.split("\n"), {fence.page.split("/", 2)[2] for name in book.snippets for fence in book.fences(name)}
    begin = next((at for at, line in enumerate(lines) if line.startswith("nav:")), len(lines))
    end = next((at for at, line in enumerate(lines[begin + 1 :], begin + 1) if line[:1] not in (" ", "-", "#")), len(lines))
    entries = [(at, match) for at in range(begin, end) if (match := NAV.fullmatch(lines[at]))]
    if not entries:
        raise BookError(
            f"mkdocs.yml:{min(begin, len(lines) - 1) + 1}: nav is no list with a page a line, to which {page} could be added"
        )
    at, match = next((entry for entry in reversed(entries) if entry[1][2] in shown), entries[-1])
    lines.insert(at + 1, f"{match[1]}{page}")
    return "\n".join(lines)


def _section(text: str, place: str, language: str, name: str) -> str:
    """Return a page with a section for a snippet, or an exercise for a solution. Raises BookError where an id is taken."""
    stem = name.rpartition("/")[2]
    id, exercise = stem.replace("_", "-"), "/solutions/" in name
    for taken in [f"exercise-{id}"] if exercise else [id, f"fig-{id}"]:
        if match := re.search(rf"\{{#{taken}\}}|^ */// \w+ \| {taken}$", text, re.MULTILINE):
            line = text.count("\n", 0, match.start()) + 1
            raise BookError(f"{place}:{line}: has the id {taken} already; choose another name")
    fence = FENCE.format(name=name)
    if not exercise:
        return _put(text, SECTION[language].format(id=id, stem=stem, fence=fence), ("exercises", "common-mistakes", "sources"))
    fence = "\n".join(f"    {line}" for line in fence.split("\n"))
    number = len(re.findall(r"^### .*\{#exercise-[\w-]+\}$", text, re.MULTILINE)) + 1
    block = EXERCISE[language].format(number=number, id=id, stem=stem, fence=fence)
    if "{#exercises}" not in text:
        block = f"{EXERCISES[language]}\n\n{block}"
    return _put(text, block, ("common-mistakes", "sources"))


def _put(text: str, block: str, before: Iterable[str]) -> str:
    """Return a page with a block before the first section with one of these ids, or at its end.

    >>> _put("# A {#a}\\n\\n## S {#sources}\\n", "new", ["sources"])
    '# A {#a}\\n\\nnew\\n\\n## S {#sources}\\n'
    """
    match = re.search(rf"^## .*\{{#(?:{'|'.join(before)})\}}$", text, re.MULTILINE)
    head, rest = (text[: match.start()], text[match.start() :]) if match else (text, "")
    return f"{head.rstrip()}\n\n{block}\n" + (f"\n{rest}" if rest else "")

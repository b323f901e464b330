"""Pages and catalogues with mistakes in any place: each is refused with file and line, or shown whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downhill import checks
from downhill.checks import blocks, shown
from downhill.manuscript.book import Book
from tests.small import PAGE, snippet, write_bare

REST = """
## A **section** with $x$ {#section}

Text with `code {{ x }}`, $a_1 + b$, **bold $y$**, [a *link*](#section), \\[0, 1\\], and ${{ line: y[0] }}$. See [](#tab-one).

| one | `a|b` |
|---|:---:|
| $\\lvert x\\rvert$ | {{ line: y[1]:.2f }} |
| \\| | four |

/// table | tab-one
What it shows: $z$.
///

1. First.
2. Second.
    - inner

    More.

???+ success "Title"

    Folded.

    ```text
    {{ code }} $x$
    ```

    - item

term · 词 {#term}
:   What it means.

$$
\\frac{{a}}{{b}}
$$
"""
WHOLE = PAGE.format(title="Line", text="It ends at", alt="A rising line.", caption="A line.") + REST
TOKENS = [
    *("`", "``", "$", "$$", "*", "**", "_", "__", "{", "}", "{{", "}}", "{{ line: y }}", "{#id}", "{: .a }", "[", "]", "](", "[](#fig-line)"),
    *("[^1]", "[@key]", "|", "\\", "\\|", "\\\\", "<", "<b>", "&amp;", "&", "#", "## ", "- ", "1. ", "> ", ":   ", ": ", "!!! ", "??? ", "/// "),
    *("///", "===", "---", "```", "~~~", "    ", "  ", " ", "~~", "==", "++", ":a:", "--8<-- ", "$$ x $$", "!", "\u3000", "中", "word", "　"),
]
PLACES = st.floats(0, 1, exclude_max=True)
EDITS = st.one_of(
    st.tuples(st.just("delete"), PLACES),
    st.tuples(st.just("double"), PLACES),
    st.tuples(st.just("swap"), PLACES, PLACES),
    st.tuples(st.just("line"), PLACES, st.lists(st.sampled_from(TOKENS), min_size=0, max_size=3).map("".join)),
    st.tuples(st.just("insert"), PLACES, PLACES, st.sampled_from(TOKENS)),
    st.tuples(st.just("cut"), PLACES, PLACES, st.integers(1, 4)),
    st.tuples(st.just("join"), PLACES),
    st.tuples(st.just("indent"), PLACES, st.sampled_from([-4, -2, 2, 4])),
)


def edited(text: str, edit: tuple) -> str:
    """Return a text with one mistake made in it."""
    what, where, *more = edit
    lines = text.split("\n")
    at = int(where * len(lines))
    line = lines[at]
    if what == "delete":
        del lines[at]
    elif what == "double":
        lines.insert(at, line)
    elif what == "swap":
        other = int(more[0] * len(lines))
        lines[at], lines[other] = lines[other], line
    elif what == "line":
        lines.insert(at, more[0])
    elif what == "insert":
        place = int(more[0] * (len(line) + 1))
        lines[at] = line[:place] + more[1] + line[place:]
    elif what == "cut":
        place = int(more[0] * (len(line) + 1))
        lines[at] = line[:place] + line[place + more[1] :]
    elif what == "join":
        lines[at : at + 2] = [" ".join(lines[at : at + 2])]
    else:
        lines[at] = " " * more[0] + line if more[0] > 0 else line.removeprefix(" " * -more[0])
    return "\n".join(lines)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_bare(tmp_path_factory.mktemp("mutated") / "book")


def said(root) -> list[str]:
    """Return what is said of a book, having seen that each sentence begins with file and line."""
    found = checks.problems(Book(root)) + checks.rules(Book(root))
    assert not [sentence for sentence in found if not re.match(r"[\w./-]+:\d+[:,] ", sentence)], found
    return found


def write(root, text: str) -> None:
    for language in ("zh", "en"):
        (root / "docs" / language / "index.md").write_text(text, encoding="utf-8", newline="")


def test_the_page_is_right_before_it_is_changed(root):
    write(root, WHOLE)
    assert checks.problems(Book(root)) == []


@given(st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_a_page_with_mistakes_is_refused_or_shown_whole(root, edits):
    text = WHOLE
    for edit in edits:
        text = edited(text, edit)
    write(root, text)
    found = said(root)
    own = blocks.problems("docs/en/index.md", text)
    assert all(sentence.split(":")[0] in ("docs/en/index.md", "docs/zh/index.md") for sentence in own + found if "typo" in sentence)
    if not [sentence for sentence in found if sentence.startswith("docs/en/") and "is shown otherwise" not in sentence]:
        assert shown.problems("docs/en/index.md", text) == []

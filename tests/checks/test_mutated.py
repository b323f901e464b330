"""Pages and catalogues with mistakes in any place: each is refused with file and line, or shown whole."""

import logging
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown
from mkdocs.config import load_config

from downhill import checks
from downhill.checks import blocks, shown, values
from downhill.manuscript import forms, localize
from downhill.manuscript.book import Book
from downhill.site import build, render
from downhill.site.settings import variables
from tests.small import PAGE, snippet, write_bare, write_small

pytestmark = pytest.mark.usefixtures("kept_worker")

REST = """
## A **section** with $x$ {#section}

Text with `code {{ x }}`, $a_1 + b$, **bold $y$**, [a *link*](#section), \\[0, 1\\], and ${{ line: y[0] }}$.

See [](#tab-one) and [](#thm-one).

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

!!! theorem thm-one "Theorem"

    If $x$, then $y$.

!!! proof "Proof"

    Hence.

term · 词 {#term}
:   What it means.

$$
\\frac{{a}}{{b}}
$$
"""
WHOLE = PAGE.format(title="Line", text="It ends at", alt="A rising line.", caption="A line.") + REST
TOKENS = [
    *(
        "`",
        "``",
        "$",
        "$$",
        "*",
        "**",
        "_",
        "__",
        "{",
        "}",
        "{{",
        "}}",
        "{{ line: y }}",
        "{#id}",
        "{: .a }",
        "[",
        "]",
        "](",
        "[](#fig-line)",
    ),
    *(
        "[^1]",
        "[@key]",
        "|",
        "\\",
        "\\|",
        "\\\\",
        "<",
        "<b>",
        "&amp;",
        "&",
        "#",
        "## ",
        "- ",
        "1. ",
        "> ",
        ":   ",
        ": ",
        "!!! ",
        "??? ",
        "/// ",
    ),
    *(
        "///",
        "===",
        "---",
        "```",
        "~~~",
        "    ",
        "  ",
        " ",
        "~~",
        "==",
        "++",
        ":a:",
        "--8<-- ",
        "$$ x $$",
        "!",
        "\u3000",
        "中",
        "word",
        "　",
    ),
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
    """Write both pages; in Chinese the words of forms differ."""
    chinese = text
    for word in forms.WORDS.values():
        chinese = chinese.replace(f'"{word["en"]}"', f'"{word["zh"]}"')
    for language, words in {"zh": chinese, "en": text}.items():
        (root / "docs" / language / "index.md").write_text(words, encoding="utf-8", newline="")


def test_the_page_is_right_before_it_is_changed(root):
    write(root, WHOLE)
    assert checks.problems(Book(root)) == []


@given(st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_a_page_with_mistakes_is_refused_or_shown_whole(root, edits):
    text = WHOLE
    for edit in edits:
        text = edited(text, edit)
    write(root, text)
    if not [sentence for sentence in said(root) if sentence.startswith("docs/en/") and "is shown otherwise" not in sentence]:
        assert shown.problems("docs/en/index.md", text) == []


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    """What renders a page of a small book as `make build` does, and collects its complaints; its snippet has run."""
    root = write_small(tmp_path_factory.mktemp("rendered") / "book")
    build.build(root)
    said = render.Complaints()
    logging.getLogger("mkdocs").addHandler(said)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name, value in variables(root, "en", root / "site" / "en").items():
            patch.setenv(name, value)
        config = load_config("mkdocs.yml")

        def rendered(text: str) -> html.HtmlElement:
            said.messages.clear()
            md = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
            page = html.fromstring(f"<article>{md.convert(text)}</article>")
            assert said.messages == []
            return page

        yield root, rendered
    logging.getLogger("mkdocs").removeHandler(said)


@given(st.lists(EDITS, min_size=1, max_size=2))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_a_page_of_which_nothing_is_said_loses_nothing(renderer, edits):
    root, rendered = renderer
    text = WHOLE
    for edit in edits:
        text = edited(text, edit)
    write(root, text)
    if said(root) or values.problems(Book(root)):
        return
    page = rendered(text)
    for code in page.xpath("//pre | //code | //*[name()='math'] | //*[name()='svg'] | //a[@class='headerlink']"):
        code.drop_tree()
    shows = re.sub(r"\s", "", page.text_content())
    assert not [residue for residue in ("{{", "}}", "///", "???", "```", "$$", "](", "**", "{#", "--8<--") if residue in shows]
    for block in blocks.blocks(text):
        for word in shown.written(block).replace("0", " ").split():
            assert word in shows
            shows = shows[shows.index(word) + len(word) :]


CATALOGUES = st.lists(
    st.tuples(
        st.just("insert"),
        PLACES,
        PLACES,
        st.sampled_from(['"', "\\", "\\n", "msgid", "#, fuzzy\n", "\n", "#~ ", "%s", "{", '"""']),
    ),
    max_size=3,
)


@given(st.lists(EDITS, max_size=2), CATALOGUES)
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_a_catalogue_with_mistakes_is_refused_or_keeps_the_program(tmp_path_factory, edits, inserts):
    root = write_bare(tmp_path_factory.mktemp("catalogue") / "book")
    path = root / "docs" / "locale" / "zh.po"
    text = path.read_text(encoding="utf-8")
    for edit in (*edits, *inserts):
        text = edited(text, edit)
    path.write_text(text, encoding="utf-8")
    if not said(root):
        book = Book(root)
        assert localize.program(book.source("chapter/line", "zh")) == localize.program(
            snippet(root).read_text(encoding="utf-8")
        )

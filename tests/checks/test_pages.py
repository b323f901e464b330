"""What a page holds is part of the book's Markdown, or refused with its line; both pages are changed alike here."""

import pytest

from tests.small import PAGE, change

END = PAGE.count("\n") + 2  # the line in which what is added stands

UNKNOWN = {  # what a page may not hold: a word of what is said of it
    "Footnote[^1].": "footnotes",
    "[^1]: The note.": "footnotes",
    '=== "Tab"\n\n    Text.': "tabs",
    '===+ "Tab"': "tabs",
    "- [ ] open": "task lists",
    "- [x] done": "task lists",
    "~~gone~~ text": "~~…~~",
    "==marked== text": "==…==",
    "Press ++ctrl+c++ now": "++…++",
    "H~2~O": "^…^",
    "x^2^": "^…^",
    "A :smile: here": ":name:",
    ":material-home: home": "a definition begins",
    '!!! unknown "T"\n\n    x': "a kind (note",
    "!!! note\n\n    x": "a kind (note",
    '??? success "T"\n\ntext': "has nothing in it",
    '!!! theorem thm-x "Convex"\n\n    x [@key]': "a theorem is titled",
    '!!! lemma lem-x "Lemma"\n\n    x': "a lemma has its proof in the same section",
    '!!! lemma "Lemma"\n\n    x [@key]': 'has a number, and so an id; write !!! lemma thm-a-name "Lemma"',
    '!!! theorem Thm-X "Theorem"\n\n    x [@key]': "before the title of a theorem, proposition, or lemma stands its id",
    '!!! theorem fig-line "Theorem"\n\n    x [@key]': "the id fig-line of this figure stands in line",
    '!!! theorem code-x "Theorem"\n\n    x [@key]': "ids that begin with code-",
    '!!! note thm-x "T"\n\n    x': 'a note has no number, and so no id; write !!! note "T"',
    '??? proof thm-x "Proof"\n\n    x': 'a proof has no number, and so no id; write ??? proof "Proof"',
    '??? guess "Guess first"\n\n    x': "is in sight; write !!!",
    '!!! guess "Guess first"\n\n    x': "nothing answers the guess",
    '!!! guess "Guess first"\n\n    x\n\n!!! note "T"\n\n    y': "nothing answers the guess",
    '!!! measured "Measured"\n\n    It is 5.': "holds a value that a program computed",
    '!!! warning "Warning"\n\n    ```text\n    x\n    ```': "put the fence (line",
    '- one\n\n    !!! proof "Proof"\n\n        x': "stands for itself",
    '!!! hint "Hint"\n\n    x': "a hint is folded",
    '??? hint "Hint"\n\n    x': "before its solution",
    "[[difficulty: 1]]": "alone on the line below the heading of an exercise",
    "### A task {#exercise-a}\n\n[[difficulty: 4]]": "is 1, 2, or 3",
    "*[HTML]: Hyper": "abbreviations",
    'see --8<-- "chapter/line.py"': "stands alone in an executed fence",
    '--8<-- "chapter/line.py"': "stands alone in an executed fence",
    '```text\n--8<-- "chapter/line.py"\n```': "begins with ```python",
    "&hellip;": "the name of a sign alone",
    "- a\n\n    &#8230;": "the name of a sign alone",
    "<div>x</div>": "HTML",
    "<script>alert(1)</script>": "HTML",
    "a <!-- comment --> b": "HTML",
    "a<br>b": "HTML",
    "<https://a.b>": "addresses in <…>",
    "<me@a.b>": "addresses in <…>",
    "see https://a.b": "an address that is no link",
    "[a][b]": "links by reference",
    "[a]: https://a.b": "addresses apart from their links",
    "[lone]": "a lone bracket",
    "[0, 1) is": "a lone bracket",
    '[t](https://a.b "title")': "no spaces, brackets, or title",
    "![a](b.png)": "images",
    "[TOC]": "[TOC]",
    "[[wiki]]": "[[…]]",
    "---": "rules and front matter",
    "* * *": "rules and front matter",
    "Title\n=====": "not underlined",
    "Title\n-----": "rules and front matter",
    "/// admonition | x\ny\n///": "what begins with ///",
    "/// figure | Fig X\n    alt: x\n\ny\n///": "what begins with ///",
    "{++new++} text": "editing marks",
    "{~~a~>b~~} text": "editing marks",
    "term\n: definition": "a colon and three spaces",
    "term\n:     definition": "a colon and three spaces",
    "words {: .big }": "attributes",
    "words {#id}": "attributes",
    "word · 词 {#id}": "attributes",
    "a {brace}": "a lone brace",
    "a --> b": "made of several",
    "a +/- b": "made of several",
    "it is (c) 2020": "write ©",
    "one -- two": "write – or —",
    "> quoted": "quotations",
    "1) one": "not with a bracket",
    "#tag": "a space after its #",
    "&nosuch; sign": "no name of a sign",
    "a&#8238;b": "&#8238; is the invisible character U+202E; leave it out",
    "a&#x2066;b": "&#x2066; is the invisible character U+2066",
    "**a&rlm;** b": "&rlm; is the invisible character U+200F",
    "[a&shy;b](#index)": "&shy; is the invisible character U+00AD",
    "- a&ZeroWidthSpace;b": "&ZeroWidthSpace; is the invisible character U+200B",
    "a &#61442; b": "&#61442; is no sign at all; write the sign itself",
    "**bold* text": "makes nothing bold",
    "2 * 3 = 6": "makes nothing bold",
    "_word_ and __init__": "_words_",
    "a ` b": "belongs to no code",
    "cost $x": "belongs to no formula",
    "a $ x $ b": "belongs to no formula",
    "text $$x$$ text": "a line of its own",
    "$$\nx\n\ny\n$$": "not closed",
    "$$\nx": "not closed",
    "\\begin{align}x\\end{align}": "a formula outside",
    "the \\alpha": "a command of LaTeX",
    "\\(x\\) is": "in \\(…\\)",
    "\\[ x = 1 \\]": "in \\(…\\)",
    "a\\~b": "a lone backslash",
    "    indented code": "is indented by 4",
    "- one\n  - two": "is indented by 2",
    "- one\n\n      two": "is indented by 6",
    "＃ 标题": "a full-width sign",
    "＊＊粗＊＊": "a full-width sign",
    "写｀x｀": "a full-width sign",
    "［这里］（#fig-line）": "a full-width sign",
    "【这里】(#fig-line)": "a full-width sign",
    "＄x＄": "a full-width sign",
    "￥x￥": "begins no formula",
    "1．一": "with a point and a space",
    "1、一": "with a point and a space",
    "• one": "begins with - and a space",
    "– one": "begins with - and a space",
    "[x](#fig-{{ line: y[1]:.0f }})": "value, code, or formula: #fig-{{ line: y[1]:.0f }}",
    "[x](#fig-$x$)": "value, code, or formula: #fig-$x$",
    "two\nlines": "a blank line is missing",
    "Text\n- one": "a blank line is missing",
    "- one\ntext": "a blank line is missing",
    "Text\n```text\na\n```": "a blank line is missing",
    "```text\na\n```\nText": "a blank line is missing",
    "- one\n\n1. two": "an item 1. in a list of -",
    "1. one\n3. two": "the item 3. is shown as 2.",
    "2026. A year": "the item 2026. is shown as 1.",
    "-": "without words",
    "## No id": "ends with its id",
    "## Closed ##": "no # behind its words",
    "## Closed ## {#closed}": "no # behind its words",
    "## Closed {#closed} ##": "no # behind its words",
    "## In C# {#in-c}": "no # behind its words; leave it out, or write \\#",
    "####### Seven {#seven}": "six # at most",
    "## Id {#Not-English}": "ends with its id",
    "## 标识 {#标识}": "ends with its id",
    "### Deep {#deep}": "write ##",
    "# Title {#two}": "has one title",
    "## {#empty}": "without words",
    "- one\n\n    ## In a list {#in}": "inside another block",
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |": "3 cells",
    "| a | b |\n|---|---|\n| 1 |": "1 cells",
    "| a | b |\n|---|---|\n| $|x|$ | 2 |": "\\lvert x \\rvert",
    "| a | b |\n|---|---|\n| $\\lvert x|$ | `a|b` |": "\\lvert x \\rvert",
    "| a | b |\n| 1 | 2 |": "a table is",
    "| a | b |": "a table is",
    "| a | b |\n|---|---|\n| 1 | 2": "begins and ends with |",
    "/// table | tab-x\nwords\n///": "stands under no table",
    "/// figure | fig-x\n    alt: what it shows\n\nwords\n///": "stands under no fence",
    "///": "ends nothing",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n/// table | tab-x\nwords": "does not end in a line ///",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n/// table | tab-x\n///": "has no words",
    "```python\n>>> 1\n```": "write ```pycon",
    "```text\na": "not closed",
    "- one\n\n    ```text\n  a\n    ```": "not closed",
    "```text\na\n\n```python\nb\n```": "a fence opens inside",
    '```python hl_lines="1"\na\n```': "unknown fence option hl_lines",
    "```{.python}\na\n```": "a language",
    "```pyhton\na\n```": "pyhton names no language; did you mean python or pycon?",
    "```Python\na\n```": "Python names no language; did you mean python or pycon?",
    "```py\na\n```": "py names no language; known are python",
    "```mermaid\na\n```": "mermaid names no language",
    "```\na\n```": "``` names no language",
    '```python exce="on"\n--8<-- "chapter/line.py"\n```': "unknown fence option exce; did you mean exec?",
    '```python exec="1"\n--8<-- "chapter/line.py"\n```': 'exec is "on", not "1"',
    '```python idea="f"\n--8<-- "chapter/line.py"\n```': "has exec once",
    '```python exec="on"\n--8<-- "chapter\\line.py"\n```': 'write --8<-- "chapter/line.py"',
    '```python exec="on"\n--8<-- "snippets/chapter/line.py"\n```': 'write --8<-- "chapter/line.py"',
    '```python exec="on"\n--8<-- "chapter/lime.py"\n```': "does not exist; did you mean chapter/line?",
    '```python exec="on"\n--8<-- "chapter/line.py"\nmore\n```': "holds one line",
    '```python exec="on"\n\n--8<-- "chapter/line.py"\n```': "holds one line",
    '~~~python exec="on"\n--8<-- "chapter/line.py"\n~~~': "begins with ```python",
    '```bash exec="on"\nls\n```': "begins with ```python",
    '```python exec="on"\n--8<-- "chapter/line.py"\n```': "no caption",
    "{{ Line: y }}": "{{ that is no",
    "{{ line.y }}": "{{ that is no",
    "{{ li-ne: y }}": "{{ that is no",
    "{{ line: y": "{{ that is no",
    "{{ line:\n\ny }}": "}} that ends no",
    "{{}} {{ }}": "{{ that is no",
    "{ line: y }": "a lone brace",
    "## At {{ Line: y }} {#at}": "{{ that is no",
    "- {{ Line: y }}": "{{ that is no",
    "| a | b |\n|---|---|\n| {{ line.y }} | 2 |": "{{ that is no",
    '??? success "At {{ line.y }}"\n\n    x': "{{ that is no",
    "Is ${{ Line: y }}$": "{{ that is no",
    "Is ${{ line.y }}$": "{{ that is no",
    "$$\nx = {{ line.y }}\n$$": "{{ that is no",
    "{{ lime: y }}": "“lime” is no snippet; did you mean chapter/line?",
    "{{ line: z }}": "“z” is no module-level variable there",
    "{{ line: open }}": "“open” is not at hand",
    "{{ line: y[ }}": "cannot be had",
    "{{ line: y[0]:.2q }}": "“.2q” is no format",
    "{{ line: y[0]} {y[1] }}": "cannot be had",
    "{{ line: y, and {{ line: y }}": "not closed by }}",
    "{{ full/line: y }}": "there is no data/full/line.json",
    "{{ experiments/line: y }}": "there is no data/experiments/line.json",
    "[x](lime.md)": "there is no page lime.md",
    "[x](../zh/index.md)": "there is no page ../zh/index.md",
    "[x](#fig-lime)": "did you mean fig-line?",
    "[](#fig-lime)": "did you mean fig-line?",
    "[](#index)": "is no figure, table, equation, or theorem",
    '!!! theorem thm-line "Theorem"\n\n    x [@key]\n\n[](#thm-lime)': "; did you mean thm-line?",
    "[](index.md#fig-line)": "leads to another page",
    "[x]()": "a link without an address",
    "## Again {#index}": "stands in line 1 too",
    "## Again {#fig-line}": "too",
    "$$\nx \\label{fig-line}\n$$": "too",
    "## Code {#code-line}": "ids that begin with code-",
    "## One {#formula-1}": "ids that begin with formula-",
}


def add(root, language: str, text: str) -> None:
    """Add a text to the end of a page."""
    path = root / "docs" / language / "index.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize("text", UNKNOWN)
def test_is_refused(text, bare, said):
    for language in ("zh", "en"):
        add(bare, language, text)
    found = said()
    lines = [line for line in found.split("\n") if line.startswith("docs/en/") and UNKNOWN[text] in line]
    assert lines, found
    assert int(lines[0].split(":")[1]) in range(1, END + text.count("\n") + 2)


def test_an_id_of_the_frame_is_refused(bare, said):
    (bare / "docs" / "theme").mkdir(exist_ok=True)
    (bare / "docs" / "theme" / "main.html").write_text('<dialog id="find"></dialog>', encoding="utf-8")
    for language in ("zh", "en"):
        add(bare, language, "## Find {#find}")
    assert "docs/en/index.md" in said() and "the id find stands in the frame of every page" in said()


KNOWN = [
    "**Bold**, *emphasis*, `code {{ x }}`, $x_{{k}}$, and ${{ line: y[0] }}$.",
    "Interval \\[0, 1\\], a star \\*, a brace \\{, $5 today and $10 tomorrow, or \\$20.",
    "One is 5 < 6 & 7 > 2; C++ and D; 12:30:45; snake_case; a/b; AT&amp;T; 3 ~ 4.",
    "1. one\n2. two\n    - nested\n\n    more\n\n3. three",
    "## In C\\# {#in-c}\n\nThe language C#, and #1.",
    "term · 词 {#term}\n:   The definition.\n:   Another.",
    '??? note "Title"\n\n    ```text\n    {{ Line: y }} ^[1]\n    ```\n\n    - one\n\n        $$\n        x\n        $$',
    "~~~text\n```\n{{ Line: y }}\n~~~",
    "````markdown\n```python\nx\n```\n````",
    "| a | `b|c` |\n|---|:---:|\n| $\\|x\\|$ | \\| |\n\n/// table | tab-x\nThe words.\n///",
    "$$ x = {{ line: y[1]:.1f }} \\label{eq-two} $$\n\nSee [](#eq-two), [there](index.md#index), and [code](#code-line).",
    "```pycon\n>>> 1\n1\n```",
    "[Words](https://a.b/c_(d)), [mail](mailto:a@b.c).",
    "{{ line: sum(v for v in y):.2f }} and {{ line: max(y) }}",
]


@pytest.mark.parametrize("text", KNOWN)
def test_is_part_of_the_books_markdown(text, bare, said):
    for language in ("zh", "en"):
        add(bare, language, text)
    assert said() == ""


ALTERNATIVES = {
    "": "no alternative text",
    "''": "no alternative text",
    "a&nbsp;b": "read aloud as it is typed: words, without “&nbsp;”",
    '"a\\u202eb"': "read aloud as it is typed: words, without",
    "A line: it rises": "is YAML",
    "[a, b]": "is YAML",
    "# rising": "no alternative text",
    "$x$ rises": "without “$”",
    "a `line`": "without “`”",
    "{{ Line: y }} rises": "{{ that is no",
}


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_an_alternative_text_that_cannot_be_read(alternative, bare, said):
    for language, words in (("zh", "一条上升的直线。"), ("en", "A rising line.")):
        change(bare / "docs" / language / "index.md", f"alt: {words}", f"alt: {alternative}")
    assert ALTERNATIVES[alternative] in said()
    assert "docs/en/index.md:13: " in said() or "docs/en/index.md:14: " in said()


def test_an_alternative_text_with_a_colon_stands_in_quotes(bare, said):
    for language, words in (("zh", "一条上升的直线。"), ("en", "A rising line.")):
        change(bare / "docs" / language / "index.md", f"alt: {words}", f"alt: 'A line: {words}'")
    assert said() == ""


def test_a_figure_without_alternative_text_or_caption(bare, said):
    page = bare / "docs" / "en" / "index.md"
    change(page, "    alt: A rising line.\n", "")
    assert "docs/en/index.md:13: the figure fig-line has no alternative text" in said()
    page.write_text(page.read_text(encoding="utf-8").partition("/// figure")[0])
    assert "docs/en/index.md:9: the figure has no caption" in said()


@pytest.mark.parametrize("indent", [1, 2, 3, 5, 8])
def test_an_alternative_text_that_is_indented_otherwise(indent, bare, said):
    for language in ("zh", "en"):
        change(bare / "docs" / language / "index.md", "    alt:", " " * indent + "alt:")
    assert "docs/en/index.md:14: an alternative text is indented by four spaces" in said()


EMPTY = {"A rising line.": "A plot of it.", "一条上升的直线。": "一张图。"}


@pytest.mark.parametrize("words", EMPTY)
def test_an_alternative_text_that_says_nothing(words, bare, said):
    language = "en" if words.isascii() else "zh"
    change(bare / "docs" / language / "index.md", words, EMPTY[words])
    assert f"docs/{language}/index.md:14: the alternative text of fig-line does not say what it shows" in said(rules=True)


@pytest.mark.parametrize("word", ["just", "Simply", "obviously", "easy", "of course"])
def test_a_word_that_belittles(word, bare, said):
    change(bare / "docs" / "en" / "index.md", "It ends", f"It {word} ends")
    assert f"docs/en/index.md:3: “{word}” belittles" in said(rules=True)


@pytest.mark.parametrize("number", ["-3", "-.5", "(-1, 2)"])
def test_a_hyphen_that_should_be_a_minus(number, bare, said):
    change(bare / "docs" / "en" / "index.md", "It ends", f"It is {number}, which `-3` and [this](#fig-line) is not. It ends")
    assert "docs/en/index.md:3: write −" in said(rules=True)

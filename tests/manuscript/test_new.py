"""`downhill new`: what it writes is right but for what it says is to be filled in, and builds at once."""

import re

import pytest

from downhill import BookError, __main__, checks
from downhill.manuscript import new
from downhill.manuscript.book import Book
from downhill.site import build
from tests.small import change, content

pytestmark = pytest.mark.usefixtures("kept_worker")


def begin(root, name):
    return new.begin(Book(root), name)


def found(root) -> list[str]:
    """Return what `make check` says that is not about what the small book lacks anyway."""
    book = Book(root)
    return [said for said in checks.problems(book) + checks.rules(book) if "chapter/line.py" not in said]


def fill_in(root) -> None:
    """Write something wherever `check` says that something is to be written."""
    for said in checks.rules(Book(root)):
        if match := re.match(r"([^:]+):(\d+): fill in («.*»)$", said):
            path = root / match[1]
            words = (
                f"What we found out here about {path.stem}" if match[1].startswith(("docs/en", "snippets")) else "新发现" * 4
            )
            path.write_text(path.read_text(encoding="utf-8").replace(match[3], words), encoding="utf-8")


NAMES = {
    "a snippet": ["chapter/constant"],
    "two of a chapter": ["chapter/one_more", "chapter/and_another_2"],
    "an exercise": ["chapter/solutions/halving"],
    "two exercises": ["chapter/solutions/halving", "chapter/solutions/doubling"],
    "a chapter": ["schedules"],
    "a chapter with a snippet": ["learning_rates/constant"],
    "a chapter with an exercise": ["schedules/solutions/halving"],
    "one after the other": ["schedules", "schedules/constant", "schedules/solutions/halving", "schedules/cosine"],
}


@pytest.mark.parametrize("what", NAMES)
def test_all_that_is_left_is_to_be_filled_in(what, bare):
    before = found(bare)
    for name in NAMES[what]:
        places = begin(bare, name)
        assert {"docs/en", "docs/zh"} <= {place[:7] for place in places}
        for place in places:
            file, line = place.split(":")
            assert (bare / file).read_text(encoding="utf-8").split("\n")[int(line) - 1] or file.endswith(".py")
    left = [said for said in found(bare) if said not in before]
    assert left
    assert all(re.match(r"(docs/(en|zh)/[\w-]+\.md|snippets/[\w/]+\.py):\d+: fill in «", said) for said in left), left
    fill_in(bare)
    __main__.main(["--root", str(bare), "translate"])
    said = [said for said in found(bare) if said not in before]
    assert all("docs/locale/zh.po" in place or "zh.po" in place for place in said), said


def test_what_is_begun_builds_and_is_shown(small):
    for name in ("schedules/constant", "schedules/solutions/halving", "chapter/solutions/doubling"):
        begin(small, name)
    build.build(small)
    for language, words in (("en", "After 20 steps"), ("zh", "走 20 步之后")):
        page = (small / "site" / language / "schedules" / "index.html").read_text(encoding="utf-8")
        assert words in (said := re.sub("<[^>]+>", "", page))
        assert "0.0231" in said
        assert page.count('class="drawing"') == 1
    assert "«标题»" in (small / "site" / "zh" / "index.html").read_text(encoding="utf-8")


def test_a_snippet_comes_before_the_exercises_and_an_exercise_after_the_last(bare):
    begin(bare, "schedules/solutions/halving")
    begin(bare, "schedules/constant")
    begin(bare, "schedules/solutions/doubling")
    headings = re.findall(r"^#+ .*\{#(.*)\}$", (bare / "docs" / "zh" / "schedules.md").read_text(), re.MULTILINE)
    assert headings == ["schedules", "constant", "exercises", "exercise-halving", "exercise-doubling", "common-mistakes"]
    assert "### 练习 2：" in (bare / "docs" / "zh" / "schedules.md").read_text(encoding="utf-8")


def test_a_chapter_stands_in_nav_and_on_the_first_page(bare):
    change(bare / "mkdocs.yml", "nav: [index.md]", "nav: # titles\n  - index.md\n  - glossary.md # words")
    for language in ("en", "zh"):
        (bare / "docs" / language / "glossary.md").write_text("# Words {#words}\n")
        with (bare / "docs" / language / "index.md").open("a") as page:
            page.write("\n/// cards\n1. [Words](glossary.md): Which words? All.\n///\n")
            for name, row in (("uses", "| [Words](glossary.md) | [them](#index) |"), ("questions", "| Why? | [why](#index) |")):
                page.write(f"\n| a | b |\n| --- | --- |\n{row}\n\n/// table | tab-{name}\nWords.\n///\n")
    begin(bare, "schedules")
    assert "  - index.md\n  - schedules.md\n  - glossary.md # words\n" in (bare / "mkdocs.yml").read_text(encoding="utf-8")
    first = (bare / "docs" / "zh" / "index.md").read_text(encoding="utf-8")
    assert "\n2. [«标题»](schedules.md)：«一个出人意料的问题»？«讲什么。»\n///\n" in first
    assert "\n| [Words](glossary.md) | [them](#index) |\n| [«标题»](schedules.md) | [«它用到的一节»](index.md) |\n\n" in first
    assert "\n| «一个问题»？ | [«回答它的那一节»](schedules.md) |\n\n/// table | tab-questions\n" in first
    assert not [said for said in found(bare) if "index.md:2" in said and "fill in" not in said]
    begin(bare, "schedules/cosine_decay")
    begin(bare, "schedules/warm_up")
    for language in ("en", "zh"):
        page = (bare / "docs" / language / "index.md").read_text(encoding="utf-8")
        assert page.count("](schedules.md#fig-cosine-decay)") == 1, "the card shows the first figure of its chapter"


REFUSED = {
    "Chapter/Half-Decay": "did you mean chapter/half_decay?",
    "chapter/a b": "did you mean chapter/a_b?",
    "snippets/chapter/half.py": "did you mean chapter/half?",
    "chapter/": "did you mean chapter?",
    "chapter/solutions": "write chapter, chapter/name, or chapter/solutions/name",
    "chapter/more/half": "write chapter, chapter/name, or chapter/solutions/name",
    "../half": "write chapter, chapter/name, or chapter/solutions/name",
    "": "write chapter, chapter/name, or chapter/solutions/name",
    "章/线": "write chapter, chapter/name, or chapter/solutions/name",
    "full/half": "{{ full/… }} quotes numbers that are measured once; name the chapter otherwise",
    "book/half": "{{ book: … }} quotes what is counted in the book; choose another name",
    "chapter/book": "{{ book: … }} quotes what is counted in the book; choose another name",
    "experiments": "{{ experiments/… }} quotes numbers that are measured once",
    "chapter/2nd": "write chapter, chapter/name, or chapter/solutions/name",
    "chapter/line": "snippets/chapter/line.py:1: has this name already",
    "other/solutions/line": "snippets/chapter/line.py:1: has this name already",
    "chapter/random": "random.py would hide Python's random",
    "chapter/torch": "torch.py would hide Python's torch",
    "chapter/index": "index.md:1: has the id index already",
    "index/half": "docs/en/index.md:1: is no chapter; name one: chapter",
    "glossary/half": "docs/en/glossary.md:1: is no chapter",
    "lonely/half": "docs/en/lonely.md:1: has no twin",
    "there": ":1: exists; name a snippet: new there/name",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_cannot_be(name, bare):
    (bare / "docs" / "en" / "lonely.md").write_text("# Lonely {#lonely}\n")
    for language in ("en", "zh"):
        (bare / "docs" / language / "there.md").write_text("# There {#there}\n")
    before = content(bare)
    with pytest.raises(BookError, match=re.escape(REFUSED[name])) as error:
        begin(bare, name)
    assert "\n" not in str(error.value)
    assert content(bare) == before


BROKEN = {
    "a page in Latin-1": (
        "docs/zh/index.md",
        lambda raw: raw + "é\n".encode("latin-1"),
        "docs/zh/index.md:18: is not written in UTF-8",
    ),
    "a catalogue that cannot be read": ("docs/locale/zh.po", lambda raw: raw + b'msgid "x\n', "docs/locale/zh.po:"),
    "no nav": ("mkdocs.yml", lambda raw: raw.replace(b"nav: [index.md]", b"nav: {}"), ": nav is no list with a page a line"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_nothing_is_written_into_a_book_that_is_broken(what, bare):
    file, broken, said = BROKEN[what]
    (bare / file).write_bytes(broken((bare / file).read_bytes()))
    before = content(bare)
    with pytest.raises(BookError, match=re.escape(said)):
        begin(bare, "schedules/constant" if what == "no nav" else "chapter/constant")
    assert content(bare) == before

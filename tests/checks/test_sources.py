"""The bibliography is printed as it was meant, or refused with line, key, and what to write."""

import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downhill.checks import sources
from downhill.manuscript.bibliography import Bibliography

ARTICLE = {"author": "Doe, Ann", "title": "A title", "journal": "J", "year": "2020"}


def entry(kind: str = "article", key: str = "k", drop: str = "", **fields: str) -> str:
    lines = (f"  {name} = {{{value}}},\n" for name, value in (ARTICLE | fields).items() if name != drop)
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


@pytest.fixture
def problems(monkeypatch):
    """A function that returns what is wrong with a bibliography, without its place."""

    def check(text: str) -> list[str]:
        monkeypatch.setattr(sources, "load", lambda root: Bibliography(text))
        found = sources.problems(SimpleNamespace(root=None))
        assert all(re.match(r"docs/references\.bib:\d+: \S", said) and "\n" not in said for said in found), found
        return [said.removeprefix("docs/references.bib:") for said in found]

    return check


def printed(text: str) -> str:
    return " ".join("".join(Bibliography(text).html("k", "en").itertext()).split()).replace("\u00a0", " ")


RIGHT = {  # fields: what the list and the label say
    r"author={Ha{\v s}ek, Jan}, title={A 5\% gain}": ("Jan Hašek. A 5% gain.", "Hašek 2020"),
    r"author={{\"O}zg{\"u}r, A. and {\'E}mile Lef{\`e}vre}": ("A. Özgür and Émile Lefèvre.", "Özgür and Lefèvre 2020"),
    r"author={Johannes van der Waals}": ("Johannes van der Waals.", "van der Waals 2020"),
    r"author={de la Vall{\'e}e Poussin, Charles}": ("Charles de la Vallée Poussin.", "de la Vallée Poussin 2020"),
    r"author={{Google DeepMind} and {AT\&T}}": ("Google DeepMind and AT&T.", "Google DeepMind and AT&T 2020"),
    r"author={Doe, Ann and others}": ("Ann Doe et al.", "Doe et al. 2020"),
    r"author={Doe, A. and Roe, B. and Poe, C. and others}": ("A. Doe, B. Roe, C. Poe et al.", "Doe et al. 2020"),
    r"author={King, Jr, Martin Luther}": ("Martin Luther King, Jr.", "King 2020"),
    r"title={{GANs} for {{MNIST} digits} \& more}": ("GANs for MNIST digits & more.", "Doe 2020"),
    r"title={Pages -- and ``quotes'' --- in a~title?}": ("Pages – and “quotes” — in a title?", "Doe 2020"),
    r"title={The <b> of 1 < 2}": ("The <b> of 1 < 2.", "Doe 2020"),
    r"author={{张三} and {Smith \& Sons}}": ("张三 and Smith & Sons.", "张三 and Smith & Sons 2020"),
    r"title={谷与梯度}": ("谷与梯度.", "Doe 2020"),
    r"volume={3}, number={4}, pages={1-10}": ("J, 3(4):1–10, 2020.", "Doe 2020"),
    r"pages={1--10}, month=jan": ("J, pages 1–10, January 2020.", "Doe 2020"),
    r"url={https://e.org/?a=1&b=2#c%20d}": ("e.org/?a=1&b=2#c%20d", "Doe 2020"),
    r"doi={10.1/a<b>(c)_d}": ("doi:10.1/a<b>(c)_d", "Doe 2020"),
    r"year={{2020}}": ("2020.", "Doe 2020"),
    r"abstract={5% of $x$}, keywords={a, b}": ("A title.", "Doe 2020"),
}


@pytest.mark.parametrize("fields", RIGHT)
def test_what_is_printed(fields, problems):
    names = re.findall(r"(\w+)=", fields)
    rest = ", ".join(f"{name}={{{value}}}" for name, value in ARTICLE.items() if name not in names)
    text = f"@article{{k, {fields}, {rest}}}"
    assert problems(text) == []
    said, label = RIGHT[fields]
    assert said in printed(text)
    assert Bibliography(text).label("k", "en") == label


def test_an_address_is_kept(problems):
    text = entry(url="https://e.org/?a=1&b=%22x%22'")
    assert problems(text) == []
    assert Bibliography(text).html("k", "en").find("a").get("href") == "https://e.org/?a=1&b=%22x%22'"


def test_a_language_can_have_fields_of_its_own(problems):
    own = {"author-zh": "{张三} and {李四}", "title-zh": "书名", "url": "https://e.org", "url-zh": "https://zh.e.org"}
    text = entry(**own)
    assert problems(text) == []
    sources = Bibliography(text)
    assert [sources.label("k", language) for language in ("en", "zh")] == ["Doe 2020", "张三 和 李四 2020"]
    english, chinese = (sources.html("k", language) for language in ("en", "zh"))
    assert "".join(english.itertext()).startswith("Ann Doe.\nA title.")
    assert "".join(chinese.itertext()).startswith("张三、李四.\n书名.")
    assert [item.find("a").get("href") for item in (english, chinese)] == ["https://e.org", "https://zh.e.org"]
    assert [item.get("lang") for item in (english, chinese)] == [None, "zh"]


REFUSED = {  # an entry: the line and what is said
    entry(title="A 5% gain"): r"3: k: title: a % begins a comment in LaTeX; write \%",
    entry(author="Doe, 5% of"): r"2: k: author: a % begins",
    entry(title="$O(1/k)$ rates"): "3: k: title: formulas are not set here",
    entry(title=r"\emph{nice} \textbf{x}"): r"3: k: title: “\emph” is LaTeX that pybtex does not know",
    entry(journal=r"\frobnicate J"): r"4: k: journal: “\frobnicate” is LaTeX",
    entry(author=r"Caf\'{\i}, A"): r"2: k: author: “\'” is LaTeX",
    entry(title="A `quoted' word"): "3: k: title: “`” is no quotation mark",
    entry(title="A \x07 bell"): "3: k: title: U+0007 is an invisible character",
    entry(title="A\u200b title"): "3: k: title: U+200B is an invisible character",
    entry(title="On <i>SGD</i>"): "3: k: title: “</i>” is HTML",
    entry(title="SGD &amp; more"): "3: k: title: “&amp;” is HTML",
    entry(title="A &#8211; B"): "3: k: title: “&#8211;” is HTML",
    entry(note=r"see \url{https://e.org}"): r"6: k: note: “\url” is LaTeX",
    entry(url=r"https://e.org/a\_b"): "6: k: url is an address as a browser has it",
    entry(url="e.org"): "6: k: url is an address",
    entry(doi="https://doi.org/10.1/2"): "6: k: doi is a DOI alone",
    entry(eprint="https://arxiv.org/abs/1412.6980"): "6: k: eprint is the number of an arXiv paper",
    entry(year="in press"): "5: k: the year is four digits, not in press",
    entry(year="20"): "5: k: the year is four digits",
    entry(drop="year"): "1: k: has no year",
    entry(drop="title"): "1: k: has no title",
    entry(drop="author"): "1: k: has no author",
    entry(drop="journal"): "1: k: has no journal, which an @article needs",
    entry(journal=""): "4: k: journal is empty; leave it out",
    entry("book", drop="journal"): "1: k: has no publisher, which an @book needs",
    entry("arxiv"): "1: k: @arxiv is no type of entry; write @misc",
    entry("misc"): "4: k: journal is not printed in this @misc",
    entry(publisher="P"): "6: k: publisher is not printed in this @article",
    entry(volume="3"): "6: k: volume is not printed in this @article",
    entry(editor="Roe, B"): "6: k: editor is not printed in this @article",
    entry(crossref="other"): "6: k: crossref is not printed",
    entry(author="Doe, A and "): "2: k: author: “Doe, A and” is no name",
    entry(author=r"Doe \& Roe"): "names are parted by “and”",
    entry(author="Ann Doe; Bob Roe"): "names are parted by “and”",
    entry(author="Doe, Ann, Roe"): "2: k: author: “Doe, Ann, Roe” is no name; names are parted by “and”",
    entry(author="Doe, A et al."): "write “and others”",
    entry(author="张, 三"): "2: k: author: “张, 三” is no name; write it in braces",
    entry(eprint="1234", eprinttype="pubmed"): "7: k: eprint is shown as a paper of arXiv, not of pubmed",
    entry(number="20"): "6: k: number is not printed in this @article",
    entry(author="others and Doe, A"): "2: k: author: “others” stands after the last name",
    entry(author="Doe, A, B, C, D"): "2: Too many commas in 'Doe, A, B, C, D'; names are parted by “and”",
    entry(key="doe:2020/a"): "1: doe:2020/a: a key is letters",
    entry() + entry(key="K"): "7: K: a second entry with this key",
    entry(title="A}, title={B"): "3: k: has title twice",
    entry().replace("{Doe, Ann},", "{Doe, Ann}"): "3: k: '}' expected; look at its braces, commas, and equals signs",
    entry().replace("{J}", "{J"): "k: premature end of file",
    entry().replace("{J}", "jmlr"): "4: k: jmlr is no @string",
    entry() + entry(key="l").replace("@", ""): "7: “article{l,” is part of no entry",
    "% a comment\n\n@misc": "3: premature end of file",
    entry(**{"title-zh": "增益 5%"}): r"6: k: title-zh: a % begins a comment in LaTeX; write \%",
    entry(**{"url-zh": "zh.e.org"}): "6: k: url-zh is an address",
    entry(**{"title-zh": ""}): "6: k: title-zh is empty; leave it out",
    entry(**{"author-zh": "张, 三"}): "6: k: author-zh: “张, 三” is no name; write it in braces",
    entry(**{"publisher-zh": "出版社"}): "6: k: publisher-zh stands for publisher, which is not there",
    entry(**{"abstract-zh": "摘要"}): "6: k: abstract-zh stands for abstract, which is not there or not printed",
    entry(**{"year-zh": "明年"}): "6: k: the year is four digits",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text, problems):
    assert any(REFUSED[text] in said for said in problems(text)), problems(text)


def test_nothing_is_wrong_with_comments_and_strings(problems):
    assert problems("% a comment\n@string{jmlr = {JMLR}}\n" + entry().replace("{J}", "jmlr # { extra}") + "\n% the end") == []


def test_labels_have_letters_enough(problems):
    text = "".join(entry(key=f"k{number}", title=f"T{number:02}") for number in range(30))
    assert problems(text) == []
    labels = [Bibliography(text).label(f"k{number}", "zh") for number in range(30)]
    assert labels[:2] + labels[25:28] == ["Doe 2020a", "Doe 2020b", "Doe 2020z", "Doe 2020aa", "Doe 2020ab"]


# --- whatever is typed ---

SIGNS = [*"aé谷 {}\\\"'`$%&_#^~,=@<>-", "{\\v s}", "\\'e", " and ", "others", "\\emph{a}", "\\\n"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)
NAMES = "author title journal year url doi eprint note volume pages editor publisher month key Title title-zh author-zh"
FIELDS = st.dictionaries(
    st.sampled_from(NAMES.split()),
    st.one_of(WORDS, st.sampled_from(["2020", "Doe, A", "T", "https://e.org/?a&b", "10.1/2", "1-2"])),
    max_size=6,
)
ENTRIES = st.tuples(st.sampled_from(["article", "misc", "book", "inproceedings", "string", "x"]), WORDS, FIELDS).map(
    lambda made: f"@{made[0]}{{{made[1]}, " + ", ".join(f"{name} = {{{value}}}" for name, value in made[2].items()) + "}\n"
)
MENDED = FIELDS.map(lambda fields: entry(**fields))


def mutated(text: str, place: int, sign: str) -> str:
    place %= len(text) + 1
    return text[:place] + sign + text[place + 1 :]


MUTATED = st.builds(mutated, MENDED, st.integers(0, 400), st.sampled_from(list('{}",=@#%\\ ') + ["", "\n"]))


@given(st.lists(st.one_of(ENTRIES, MENDED, MUTATED, WORDS), max_size=3).map("".join))
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_whatever_is_typed_is_printed_or_refused(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "load", lambda root: Bibliography(text))
        found = sources.problems(SimpleNamespace(root=None))
    assert all(re.match(r"docs/references\.bib:[1-9]\d*: \S", said) and "\n" not in said for said in found), found
    if found:
        return
    made = Bibliography(text)
    for key in made.entries:
        for language in ("en", "zh"):
            assert re.search(r"\w \d{4}[a-z]*$", made.label(key, language))
            again = ET.fromstring(ET.tostring(made.html(key, language)))
            assert not re.search(r"[\\{}`]", "".join(again.itertext()))

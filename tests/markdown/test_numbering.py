"""Numbers and references."""

import re

import pytest
from lxml import html
from markdown import Markdown

from downhill.site import build

STATEMENTS = """!!! lemma lem-a "{lemma}"

    If so.

!!! note "Title"

    More.

!!! theorem thm-b "{theorem} (its name)"

    Then [](#lem-a).

See [](#thm-b){after}.
"""


@pytest.mark.usefixtures("at_hand")
def test_numbers_and_references_are_filled_in(small):
    build.build(small)
    page = re.sub("<[^>]+>", "", (small / "site" / "zh" / "index.html").read_text())
    assert "终点是 1.5, 图 1, 式（1）." in page
    page = re.sub("<[^>]+>", "", (small / "site" / "en" / "index.html").read_text())
    assert "It ends at 1.5, Figure 1, (1)." in page


def test_statements_are_counted_together_and_referred_to_by_their_kind():
    extensions = ["admonition", "downhill.markdown.numbering", "downhill.markdown.forms"]

    def made(language: str, **words: str):
        options = {name: {"language": language} for name in extensions[1:]}
        return html.fromstring(Markdown(extensions=extensions, extension_configs=options).convert(STATEMENTS.format(**words)))

    lemma, note, theorem, after = made("en", lemma="Lemma", theorem="Theorem", after=" here")
    assert (lemma.get("id"), lemma.get("class"), lemma.get("aria-label")) == ("lem-a", "admonition lemma form", "Lemma 1")
    assert (note.get("id"), note.get("class"), note[0].text) == (None, "admonition note", "Title")
    assert (theorem.get("id"), theorem.get("aria-label")) == ("thm-b", "Theorem 2 (its name)")
    assert theorem.xpath("string(p[@class='admonition-title']/a[@href='#thm-b'])") == "Theorem 2"
    assert (theorem[1].text_content(), after.text_content()) == ("Then Lemma 1.", "See Theorem 2 here.")
    chinese = made("zh", lemma="引理", theorem="定理", after="里")
    assert chinese[-1].text_content() == "See 定理 2 里."

"""Forms for kinds of text: a title that does not say its kind, a form in the wrong place, a claim that nothing bears out.

What has a number has an id, and nothing else has one.
"""

import itertools
import re
from dataclasses import dataclass

from downhill.checks.blocks import Block, blocks
from downhill.manuscript import counts, forms, prose
from downhill.manuscript.book import Book, Page

IN_SIGHT = ("guess", "measured", "warning", *forms.STATEMENTS)
HELD = ("paragraph", "item", "row", "formula")  # what these may hold; a proof and a hint may hold more
LABEL_OR_END = re.compile(r"\\(label|end)\{[^}]*\}")  # what may stand behind the full stop of a formula
BELOW = "[[difficulty: …]] is 1, 2, or 3, alone on the line below the heading of an exercise: ### Title {#exercise-id}"


@dataclass
class Form:
    """A form of a page: the block that begins it, what it holds, and what follows it up to the next heading."""

    block: Block
    inner: list[Block]
    after: list[Block]

    @property
    def kind(self) -> str:
        return self.block.match["kind"]

    def lines(self, text: str) -> set[int]:
        """Return the numbers of the form's lines on its page."""
        first = self.block.line.number
        inner = itertools.takewhile(
            lambda line: not line.text.strip() or line.indent > self.block.line.indent, prose.lines(text)[first:]
        )
        return {first, *(line.number for line in inner)}


def read(text: str) -> list[Form]:
    """Return the forms of a page, in their order."""
    found, rest = [], blocks(text)
    for at, block in enumerate(rest, 1):
        if block.kind == "fold" and block.match["kind"] in forms.WORDS:
            inner = list(itertools.takewhile(lambda other, form=block: other.line.indent > form.line.indent, rest[at:]))
            after = itertools.takewhile(lambda other: other.kind != "heading", rest[at + len(inner) :])
            found.append(Form(block, inner, list(after)))
    return found


def problems(book: Book, page: Page) -> list[str]:
    """Return a sentence for each form of a page that is not right, and for each difficulty that stands elsewhere."""
    quoted = {number for number, _ in prose.quotes(page.text)}
    cited = {number for number, _, _ in prose.citations(page.text)}
    displayed = {number: latex for number, latex, display in prose.formulas(page.text) if display}
    found = []
    for form in read(page.text):
        lines = form.lines(page.text)
        said = _place(form, page.language) or _holds(form) or _ends(form, displayed)
        said = said or _borne_out(form, quoted & lines, cited & lines)
        found += [f"{page.place}:{form.block.line.number}: {said}"] if said else []
    for before, block in itertools.pairwise(blocks(page.text)):
        if block.kind == "fold" and (said := _numbered(block)):
            found.append(f"{page.place}:{block.line.number}: {said}")
        if block.words.startswith("[[difficulty") and not (
            forms.DIFFICULTY.match(block.line.text) and counts.EXERCISE.match(before.line.text)
        ):
            found.append(f"{page.place}:{block.line.number}: {BELOW}")
    return found


def _numbered(block: Block) -> str:
    """Return what is wrong with the id of a note or folded block: statements have one, as they have a number."""
    mark, kind, identity, words = block.match.groups()
    if kind in forms.STATEMENTS and not identity:
        return f'a {kind} has a number, and so an id; write {mark} {kind} thm-a-name "{words}"'
    if identity and kind not in forms.STATEMENTS:
        return f'a {kind} has no number, and so no id; write {mark} {kind} "{words}"'
    return ""


def _place(form: Form, language: str) -> str:
    """Return what is wrong with how a form begins, or with where it stands."""
    mark, word = form.block.match["mark"], forms.WORDS[form.kind][language]
    if not forms.titled(form.kind, form.block.words, language):
        return f"a {form.kind} is titled “{word}” or “{forms.NAMED[language].format(word)}”, not “{form.block.words}”"
    if form.block.line.indent:
        return f"a {form.kind} stands for itself, not inside another block"
    if form.kind in IN_SIGHT and mark != "!!!":
        return f"a {form.kind} is in sight; write !!! instead of {mark}"
    if form.kind == "hint" and mark != "???":
        return f"a hint is folded; write ??? instead of {mark}"
    return ""


def _holds(form: Form) -> str:
    """Return what a form that is in sight may not hold."""
    if form.kind in IN_SIGHT and (other := [block for block in form.inner if block.kind not in HELD]):
        what = f"{other[0].kind} (line {other[0].line.number})"
        return f"a {form.kind} holds paragraphs, lists, tables, and formulas; put the {what} after it"
    return ""


def _ends(form: Form, displayed: dict[int, str]) -> str:
    """Return what is wrong with the formula in which a statement or a proof ends."""
    last = form.inner[-1] if form.inner else form.block
    if form.kind not in (*forms.STATEMENTS, "proof") or last.kind != "formula":
        return ""
    ends = LABEL_OR_END.sub("", displayed[last.line.number]).rstrip().endswith(".")
    return "" if ends else f"a {form.kind} ends in a full stop; its last formula (line {last.line.number}) has none"


def _borne_out(form: Form, quoted: set[int], cited: set[int]) -> str:
    """Return what a form lacks that bears it out: a value, a proof or source, an answer, a solution."""
    after = [block.match["kind"] if block.kind == "fold" else block.kind for block in form.after]
    if form.kind == "measured" and not quoted:
        return "what is measured holds a value that a program computed: {{ stem: expression }}"
    if form.kind in forms.STATEMENTS and not cited and "proof" not in after:
        return f"a {form.kind} has its proof in the same section, !!! proof or ??? proof, or cites where it is proved"
    if form.kind == "guess" and not any(map(_answers, form.after)):
        return "nothing answers the guess: a program, a table, or a folded block follows it in the same section"
    if form.kind == "hint" and "success" not in after:
        return 'a hint stands in an exercise, before its solution: ??? success "…"'
    return ""


def _answers(block: Block) -> bool:
    """Return whether a block may answer a guess: a program or its output, a table, a folded block."""
    return block.kind in ("fence", "row") or block.kind == "fold" and block.match["mark"] != "!!!"

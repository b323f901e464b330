"""Which programs rounding decides: what is found of them, and how it is kept."""

from bench import rounding
from downhill import LANGUAGES
from downhill.execution import record, runner
from downhill.manuscript.book import Book
from downhill.markdown import needs
from tests.small import PAGE, SNIPPET, snippet, write_page

FIXED = "('OPENBLAS_CORETYPE' in os.environ)"  # whether the build's instructions are asked for
QUOTED = "{{{{ {name}: y[1]:.1f }}}}"
MORE = {  # by what the build's instructions raise a value of 1.5, and what differs without them
    "much": (0.3, ["{{ y[1]:.1f }}", "figure 1"]),
    "little": (0.01, []),
    "enough": (0.06, ["{{ y[1]:.1f }}", "figure 1"]),
    "nothing": (0.0, []),
}


def test_what_other_instructions_change_is_found_and_kept(small):
    for name, (more, _) in MORE.items():
        source = SNIPPET.replace("y = [0.0, 1.5]", f"import os\n\ny = [0.0, 1.5 + {more} * {FIXED}]")
        (snippet(small).parent / f"{name}.py").write_text(source)
    snippet(small).unlink()
    for language in LANGUAGES:
        text = ", ".join(QUOTED.format(name=name) for name in MORE)
        write_page(small, language, PAGE.format(title="", text=text, alt="", caption="").replace("{{ line: y[1]:.1f }}", ""))
    book = Book(small)
    record.write(book, record.all_taken(book, runner.run(book)))
    measured = rounding.differences(book, list(book.snippets))
    assert measured == {f"chapter/{name}": differ for name, (_, differ) in MORE.items()}
    (small / "data").mkdir(exist_ok=True)
    rounding.keep(book, measured)
    assert needs.rounded(small) == {name: [needs.known(book.programs[name]), *differ] for name, differ in measured.items()}
    assert needs.untried(book) == []

"""The two languages have the same structure."""

from downhill.checks import twins


def test_twins_notice_a_difference():
    english = "# Title {#title}\n\nWith $x^2$, [a link](#title), and {{ line: y }}.\n\n- one\n"
    assert twins.compare("p.md", english, english) == []
    for old, new in [
        ("#title}", "#other}"),
        ("x^2", "x^3"),
        ("(#title)", "(#x)"),
        ("line: y", "line: z"),
        ("- one", "one"),
    ]:
        assert twins.compare("p.md", english, english.replace(old, new)), (old, new)
    assert twins.compare("p.md", english, english + "\nmore\n")

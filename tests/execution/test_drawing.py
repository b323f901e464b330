"""A figure is in the language and the colours of its page."""

import re
import xml.etree.ElementTree as ET

from downhill.site import build


def test_a_figure_is_in_the_language_and_colours_of_its_page(small, at_hand):
    build.build(small)
    pages = {language: (small / "site" / language / "index.html").read_text() for language in ("zh", "en")}
    for language, word in (("zh", "损失"), ("en", "loss")):
        drawing = re.search(r"<svg.*?</svg>", pages[language][pages[language].index('class="drawing"') :], re.DOTALL)[0]
        root = ET.fromstring(drawing)
        texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
        assert word in texts
        assert "var(--fig-1)" in drawing
        assert not re.search(r"#[0-9a-f]{6}\b", drawing)
        assert "style=" not in drawing
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert all(identity.startswith("chapter-line-1-") for identity in ids)
    assert 'aria-label="一条上升的直线。"' in pages["zh"]
    assert 'aria-label="A rising line."' in pages["en"]

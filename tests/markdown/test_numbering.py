"""Numbers and references."""

import re

from downhill.site import build


def test_numbers_and_references_are_filled_in(small):
    build.build(small)
    page = re.sub("<[^>]+>", "", (small / "site" / "zh" / "index.html").read_text())
    assert "终点是 1.5, 图 1, 式（1）." in page
    page = re.sub("<[^>]+>", "", (small / "site" / "en" / "index.html").read_text())
    assert "It ends at 1.5, Figure 1, (1)." in page

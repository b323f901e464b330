"""Make labels-zh.ttf from Noto Sans SC: the characters of all Chinese words that snippets have, and no more of the font."""

import sys
from pathlib import Path

from babel.messages.pofile import read_po
from fontTools import subset
from fontTools.ttLib import TTFont

NAME = "Downhill Hanzi"
NOTICE = "A subset of Noto Sans SC; README.md beside this file says how it was made."
HERE = Path(__file__).parent
NEEDLESS = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx"]  # labels stand in one line, unhinted


def characters() -> set[str]:
    """Return what the words of the catalogue consist of, but for what DejaVu Sans has."""
    with (HERE.parents[2] / "locale" / "zh.po").open("rb") as file:
        words = [entry.string for entry in read_po(file) if entry.id]
    return {sign for word in words for sign in word if sign >= "\u2e80"}


def main(source: str) -> None:
    """Write labels-zh.ttf beside this file."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 4, 5, 6, 13, 14], notdef_outline=True)
    options.drop_tables += NEEDLESS
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters())))
    subsetter.subset(font)
    for number, text in {1: NAME, 4: NAME, 6: NAME.replace(" ", ""), 10: NOTICE}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = None
    font.save(HERE / "labels-zh.ttf")


if __name__ == "__main__":
    main(sys.argv[1])

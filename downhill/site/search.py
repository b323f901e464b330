"""The search index of a language: its pages in plain words, as a script that also loads from disk."""

import functools
import json
from pathlib import Path

from opencc import OpenCC

from downhill import LANGUAGES
from downhill.site.sections import sections

HAN = range(0x4E00, 0xA000)  # the CJK unified ideographs


def write(folder: Path) -> None:
    """Write the search index of a language: its sections, and how characters written the traditional way are simplified."""
    pages = sorted(folder.glob("**/index.html"))
    found = [made for path in pages for made in sections(path.read_text(encoding="utf-8"), address(path, folder), folder.name)]
    titles = {made["location"]: made["page"] for made in found if "asked" not in made}
    for made in found:  # a question is answered on another page than the one that it stands on
        if "asked" in made:
            made["page"] = titles[made["location"].partition("#")[0]]
    index = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    script = f'globalThis.downhillIndex={index};\nglobalThis.downhillSimplified="{simplified(index)}";\n'
    for language in LANGUAGES:  # assets are looked for in both
        (folder.parent / language / "assets" / f"search-{folder.name}.js").write_text(script, encoding="utf-8")


def address(page: Path, folder: Path) -> str:
    """Return the address of a page below its language's folder."""
    below = page.parent.relative_to(folder).as_posix()
    return "" if below == "." else f"{below}/"


def simplified(text: str) -> str:
    """Return the traditional characters of those in a text, each followed by the one that stands for it there.

    >>> simplified("学习率")
    '學学習习'
    """
    here = set(text)
    return "".join(old + new for old, new in traditional() if new in here)


@functools.cache
def traditional() -> list[tuple[str, str]]:
    """Return the characters that are written otherwise in simplified Chinese, each with the one that stands for it there."""
    convert = OpenCC("t2s").convert
    return [(sign, simple) for sign in map(chr, HAN) if (simple := convert(sign)) != sign]

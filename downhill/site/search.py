"""The search index of a language: the sections of its pages, in plain words, as a script that also loads from disk."""

import html
import json
import re
from pathlib import Path

from downhill import LANGUAGES

PROGRAM = re.compile(r"<pre.*?</pre>", re.DOTALL)
ENTRY = re.compile(r'<dt id="([\w-]+)">(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
GLOSSARY = "glossary/"


def write(folder: Path) -> None:
    """Write the search index of a language as a script, which also loads from disk: sections, in plain words."""
    index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    titles = {entry["location"]: clean(entry["title"]) for entry in index["docs"] if "#" not in entry["location"]}
    terms = entries(folder / GLOSSARY / "index.html", titles.get(GLOSSARY, ""))
    sections = [
        {
            "location": entry["location"],
            "page": titles[entry["location"].partition("#")[0]],
            "title": clean(entry["title"]),
            "text": clean(PROGRAM.sub("", entry["text"]) + " ".join(PROGRAM.findall(entry["text"]))),  # prose before programs
        }
        for entry in index["docs"]
        if not (terms and entry["location"].startswith(f"{GLOSSARY}#"))
    ]
    data = json.dumps(sections + terms, ensure_ascii=False, separators=(",", ":"))
    for language in LANGUAGES:  # assets are looked for in both
        path = folder.parent / language / "assets" / f"search-{folder.name}.js"
        path.write_text(f"globalThis.downhillIndex={data};\n", encoding="utf-8")


def entries(glossary: Path, title: str) -> list[dict[str, str]]:
    """Return the entries of the built glossary as sections, so that a term is found, and its other names with it."""
    page = glossary.read_text(encoding="utf-8") if glossary.exists() else ""
    return [
        {"location": f"{GLOSSARY}#{identity}", "page": title, "title": clean(term), "text": clean(said)}
        for identity, term, said in ENTRY.findall(page)
    ]


def clean(text: str) -> str:
    """Return the words of a piece of HTML, without the marks between Chinese words.

    >>> clean("<p>\\u52a8\\u200b\\u91cf &lt; 1</p>\\n<p>b</p>")
    '\\u52a8\\u91cf < 1 b'
    """
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u200b", "").replace("\u00b6", "").split())

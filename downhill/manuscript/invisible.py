"""Characters that nobody sees, and that turn round, join, or part what stands beside them: no text of the book holds one."""

import re

# what Unicode calls ignorable, a blank letter among it, and its marks for lines and for what stands in between them
SIGNS = r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
SIGNS += r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
ANY = re.compile(f"[{SIGNS}]")
NOBODYS = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")  # signs for nothing, and that for a lost one


def found(text: str) -> str:
    """Return what the first such character of a text is called, or nothing.

    >>> found("1\u202e2"), found("1\u00a02 谷")
    ('the invisible character U+202E', '')
    """
    match = ANY.search(text)
    return f"the invisible character U+{ord(match[0]):04X}" if match else ""

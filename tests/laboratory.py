"""A notebook of two cells for the small book, and the fences with which its page shows them."""

from pathlib import Path

from tests.small import CATALOGUE, write_catalogue

SOURCE = """# %% first
# two numbers
x = [1.0, 2.0]
print(x[0])


# %% second
# their sum
import matplotlib.pyplot as plt

total = sum(x)
plt.plot(x)
plt.show()
print(total)
"""
WORDS = CATALOGUE | {"two numbers": "两个数", "their sum": "它们的和"}
CELLS = """```python exec="on"
--8<-- "labs/sums/first.py"
```

```python exec="on"
--8<-- "labs/sums/second.py"
```

/// figure | fig-sums
    alt: {alt}

{caption}
///

{{{{ labs/sums/second: total:.1f }}}}
"""
FIRST, SECOND = 19, 23  # the lines of the pages on which the fences begin


def write_notebook(small: Path) -> Path:
    """Add the notebook to the small book, with its words and its place on both pages; return its path."""
    path = small / "docs" / "labs" / "sums.py"
    path.parent.mkdir()
    path.write_text(SOURCE, encoding="utf-8")
    write_catalogue(small, WORDS)
    said = {"en": ("A line that rises from 1 to 2.", "Two numbers."), "zh": ("一条从 1 升到 2 的直线。", "两个数。")}
    for language, (alt, caption) in said.items():
        page = small / "docs" / language / "index.md"
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{CELLS.format(alt=alt, caption=caption)}", encoding="utf-8")
    return path

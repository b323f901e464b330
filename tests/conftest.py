"""Fixtures: the book, the site built from it, and a small book that can be broken."""

import shutil
from pathlib import Path

import pytest

from downhill import site as sites
from manuscript.book import Book
from tests.browser import chromium, serve

ROOT = Path(__file__).parents[1]

SNIPPET = '''"""A line, drawn."""

import matplotlib.pyplot as plt

y = [0.0, 1.5]

# two points are enough
fig, ax = plt.subplots()
ax.plot(y, label="line")
ax.set(xlabel="step", ylabel="loss")
ax.legend()
plt.show()
'''
CATALOGUE = {
    "A line, drawn.": "画一条线。",
    "two points are enough": "两个点就够",
    "line": "直线",
    "step": "步",
    "loss": "损失",
}
PAGE = """# {title} {{#index}}

{text} {{{{ line: y[1]:.1f }}}}, [](#fig-line), [](#eq-line).

$$
y = 1.5 x \\label{{eq-line}}
$$

```python exec="on" source="above"
--8<-- "chapter/line.py"
```

/// figure | fig-line
    alt: {alt}

{caption}
///
"""


def write_page(root: Path, language: str, text: str) -> None:
    path = root / "docs" / language / "index.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_catalogue(root: Path, words: dict[str, str]) -> None:
    entries = "".join(f'\nmsgid "{english}"\nmsgstr "{chinese}"\n' for english, chinese in words.items())
    path = root / "docs" / "locale" / "zh.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{entries}', encoding="utf-8")


@pytest.fixture
def small(tmp_path) -> Path:
    """The root of a book of one page and one snippet, with the real theme and configuration."""
    root = tmp_path / "book"
    (root / "snippets" / "chapter").mkdir(parents=True)
    (root / "snippets" / "chapter" / "line.py").write_text(SNIPPET, encoding="utf-8")
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = configuration.partition("nav:")
    (root / "mkdocs.yml").write_text(f"{before}nav: [index.md]\n\ntheme:{rest.partition('theme:')[2]}", encoding="utf-8")
    for name in ("theme", "landing"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copytree(ROOT / "data" / "mnist", root / "data" / "mnist")
    shutil.copy(ROOT / "matplotlibrc", root)
    write_catalogue(root, CATALOGUE)
    write_page(root, "en", PAGE.format(title="Line", text="It ends at", alt="A rising line.", caption="A line."))
    write_page(root, "zh", PAGE.format(title="直线", text="终点是", alt="一条上升的直线。", caption="一条直线。"))
    return root


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(ROOT)


@pytest.fixture(scope="session")
def site() -> Path:
    """The site, built as `make build` builds it."""
    return sites.build(ROOT)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def served(site):
    """A server that shows the site below /downhill/, with the headers that it asks for."""
    with serve(site) as server:
        yield server

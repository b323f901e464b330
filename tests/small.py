"""A small book of one page and one snippet, and what tests do with it: change it, build it, see it refused."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from downhill import BookError
from downhill.execution import runner
from downhill.site import build
from tests import PATIENCE
from tests.book import ROOT

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

```python exec="on"
--8<-- "chapter/line.py"
```

/// figure | fig-line
    alt: {alt}

{caption}
///
"""


def write_bare(root: Path) -> Path:
    """Write what `check` needs of the small book: pages, snippet, catalogue, configuration; return its root."""
    (root / "snippets" / "chapter").mkdir(parents=True)
    (root / "snippets" / "chapter" / "line.py").write_text(SNIPPET, encoding="utf-8")
    before, _, rest = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")
    (root / "mkdocs.yml").write_text(f"{before}nav: [index.md]\n\ntheme:{rest.partition('theme:')[2]}", encoding="utf-8")
    shutil.copy(ROOT / "matplotlibrc", root)
    write_catalogue(root, CATALOGUE)
    write_page(root, "en", PAGE.format(title="Line", text="It ends at", alt="A rising line.", caption="A line."))
    write_page(root, "zh", PAGE.format(title="直线", text="终点是", alt="一条上升的直线。", caption="一条直线。"))
    return root


def write_small(root: Path) -> Path:
    """Write the small book with the real theme and the digits, so that it can be built; return its root."""
    write_bare(root)
    for name in ("theme", "landing", "serve", "volume"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copytree(ROOT / "data" / "mnist", root / "data" / "mnist")
    return root


def keep(built: Path, root: Path) -> None:
    """Give a book what builds of another one have kept."""
    shutil.copytree(built / ".cache", root / ".cache", ignore=shutil.ignore_patterns("lock", "tmp"), dirs_exist_ok=True)


def write_page(root: Path, language: str, text: str) -> None:
    path = root / "docs" / language / "index.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_catalogue(root: Path, words: dict[str, str]) -> None:
    entries = "".join(f'\nmsgid "{english}"\nmsgstr "{chinese}"\n' for english, chinese in words.items())
    path = root / "docs" / "locale" / "zh.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{entries}', encoding="utf-8")


def snippet(small):
    return small / "snippets" / "chapter" / "line.py"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def waiting(go: Path) -> str:
    """Return lines of a snippet that make the file `begun(go)`, and wait for another, which the test makes in its time."""
    wait = f"while not os.path.exists({str(go)!r}):\n    time.sleep(0.05)"
    return f"import os, time\nopen({str(begun(go))!r}, 'w').close()\n{wait}"


def begun(go: Path) -> Path:
    return go.with_name(f"{go.name}-begun")


def until(true) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never is"
        time.sleep(0.05)


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fails(small, timeout=runner.TIMEOUT) -> str:
    """Build; return the message with which it fails, having seen that no page was written."""
    with pytest.raises(BookError) as error:
        build.build(small, timeout=timeout)
    assert not (small / "site").exists()
    return str(error.value)


def command(small, *words, start=("-m", "downhill"), **options) -> subprocess.Popen:
    """Start the command line on a book, or another program (`start`); it heeds Ctrl+C also where these tests ignore it."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    return subprocess.Popen([sys.executable, "-u", *start, "--root", str(small), *words], **heeding | options)

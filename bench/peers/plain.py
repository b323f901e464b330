"""Renders the book with every snippet as plain highlighted code: what a build that runs nothing can be compared with.

The book's mkdocs.yml and extensions, without its fence; a figure's caption is a paragraph, as there is no figure. Both
languages one after the other, in one process.
`python -m bench.peers.plain FOLDER` renders into FOLDER/plain the pages that `prepare` has put there.
"""

import contextlib
import os
import re
import shutil
import sys
from pathlib import Path

from downhill import LANGUAGES
from downhill.site.render import Complaints, Site
from downhill.site.settings import variables

INSTEAD = {r'^( *)```python exec="on".*$': r"\1```python", r"^/// figure .*\n    alt: .*\n((?:.*\n)*?)///$": r"\1"}


def prepare(root: Path) -> None:
    """Write copies of the pages whose fences run nothing."""
    shutil.rmtree(root / "plain", ignore_errors=True)
    for language in LANGUAGES:
        for path in (root / "docs" / language).glob("*.md"):
            text = path.read_text(encoding="utf-8")
            for form, instead in INSTEAD.items():
                text = re.sub(form, instead, text, flags=re.M)
            target = root / "plain" / language / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def render(root: Path) -> None:
    """Render both languages."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    for language in LANGUAGES:
        os.environ |= variables(root, language, root / "plain" / "site" / language)
        os.environ["BOOK_DOCS"] = str(root / "plain" / language)
        with contextlib.chdir(root):
            config = load_config(str(root / "mkdocs.yml"), strict=False)  # captions stand without figures
            del config.mdx_configs["pymdownx.superfences"]["custom_fences"]
            config.plugins["downhill"] = Site(Complaints())
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()


if __name__ == "__main__":
    render(Path(sys.argv[1]))

"""What mkdocs.yml reads, for MkDocs and Zensical: a language, its folders and addresses, the day, the titles of its pages."""

import os
from importlib import metadata
from pathlib import Path

from downhill.manuscript import navigation
from downhill.site import dates, python


def variables(root: Path, language: str, target: Path, local: str = "") -> dict[str, str]:
    """Return the environment variables that mkdocs.yml reads for a language."""
    url = local or os.environ.get("SITE_URL", "")
    return {
        "BOOK_LANGUAGE": language,
        "BOOK_DOCS": str(root / "docs" / language),
        "BOOK_SITE": str(target),
        "BOOK_SNIPPETS": str(root / ".cache" / "snippets" / language),
        "SOURCE_DATE_EPOCH": (seconds := dates.commit_time(root)),
        "BOOK_DAY": dates.day(seconds),
        "BOOK_EDITION": metadata.version("downhill"),
        "BOOK_PUBLISHED": "" if local else "1",
        "BOOK_URL": f"{url.rstrip('/')}/{language}/" if url else "",
        "BOOK_PYTHON": python.address(root),
        **navigation.titles(root, language),
    }

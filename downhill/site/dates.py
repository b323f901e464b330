"""The date of a site: that of the commit it is built from, and nothing else, so that two builds are the same."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def commit_time(root: Path) -> str:
    """Return the time of the last commit, in seconds; what the environment says comes first. Without git, 0."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return said
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "0"
    return done.stdout.strip() or "0"


def day(seconds: str) -> str:
    """Return the day of a time, or nothing where none is known.

    >>> day("1795651200"), day("0")
    ('2026-11-26', '')
    """
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if int(seconds) else ""

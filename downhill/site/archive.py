"""The book as a zip that opens from disk: links name index.html, which no server adds there, and need no server."""

import re
import zipfile
from pathlib import Path

LINK = re.compile(r'(<a [^>]*?href="|<link rel="(?:prev|next)" href=")([^"#?:]*)(#[^"]*)?"')
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')
PRELOAD = re.compile(r'<link rel="preload"[^>]*>\s*')  # from disk a browser asks for the same file again
DOWNLOAD = re.compile(r'<a href="[^"]*downhill[\w-]*\.(?:zip|epub|pdf)"[^>]*>[^<]*</a>')  # what lies beside the pages
ONLINE = re.compile(r' data-(?:python="[^"]*"|offline)')  # from disk no worker starts
NAME = "downhill.zip"
OTHERS = (".gz", ".epub")  # what readers of the zip do not need
TIME = (2000, 1, 1, 0, 0, 0)  # the same site gives the same bytes


def for_disk(text: str) -> str:
    """Return a page as it works from disk.

    >>> for_disk('<a class="x" href="../momentum/#matrix"><a href=".."><a href="#here"><a href="a.md">')
    '<a class="x" href="../momentum/index.html#matrix"><a href="../index.html"><a href="#here"><a href="a.md">'
    """

    def named(match: re.Match) -> str:
        start, path, anchor = match.groups()
        if path.endswith(("/", ".")):
            path = (path.rstrip("/") + "/index.html").removeprefix("./")
        return f'{start}{path}{anchor or ""}"'

    text = DOWNLOAD.sub("", LINK.sub(named, text))
    return ONLINE.sub("", POLICY.sub("", PRELOAD.sub("", text)))


def write(site: Path) -> None:
    """Write the zip into the site."""
    left_out = {"404.html", "_headers", "sw.js", "llms.txt", "sitemap.xml", NAME}
    files = [
        path for path in sorted(site.rglob("*")) if path.is_file() and path.name not in left_out and path.suffix not in OTHERS
    ]
    with zipfile.ZipFile(site / NAME, "w", zipfile.ZIP_DEFLATED) as target:
        for path in files:
            data = path.read_bytes()
            if path.suffix == ".html":
                data = for_disk(data.decode()).encode()
            info = zipfile.ZipInfo(f"downhill/{path.relative_to(site).as_posix()}", TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, data)

"""What pages load: once for both languages, under names that hold a fingerprint of the content, and nothing unasked for."""

import hashlib
import posixpath
import re
import shutil
from pathlib import Path

from downhill import LANGUAGES
from downhill.site import scripts, style

MODULE = re.compile(r'(?<= data-module=")[^"]+')
NEEDED = re.compile(  # what a module asks for, beside itself
    r'((?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*")(\.{1,2}/[^"]+)(?="(?:;|\)|,\s*import\.meta\.url\)))'
)
ADDRESS = re.compile(r'(?<=[\s"])(href|src|data-engine|data-search|data-index|data-preview|data-figures)="([^"]*)"')
STYLESHEETS = re.compile(r'(?:<link rel="stylesheet" href="([^"]+)">\s*)+')
SCRIPTS = re.compile(r'(?:<script defer src="[^"]+"></script>\s*)*<script defer src="([^"]+)"')


class Assets:
    """What pages load, once for both languages, named by its content."""

    def __init__(self, site: Path, base: str):
        self.site, self.base = site, base
        self.source = site / "en" / "assets"
        self.target = site / "assets"
        self.target.mkdir()
        self.names: dict[str, str] = {}  # {path below the theme's assets: path below the site}

    def name(self, path: str, content: bytes) -> str:
        """Store an asset under a name that holds its fingerprint; return its path below the site."""
        stem, dot, ending = posixpath.basename(path).rpartition(".")
        content = scripts.small(content.decode()).encode() if ending == "js" else content
        self.names[path] = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending}"
        (self.site / self.names[path]).write_bytes(content)
        return self.names[path]

    def add_style(self, pages: dict[Path, str]) -> None:
        """Make one stylesheet of the theme's and the book's, without what no page uses."""
        own = re.findall(r'rel="stylesheet" href="[^"]*assets/([^"]+)"', next(iter(pages.values())))
        scripts = [path.read_text(encoding="utf-8") for path in sorted(self.source.glob("*.js"))]
        words = style.used_words([*pages.values(), *scripts]) - style.unused_notes(pages.values())
        css = style.theme_style(self.site / "en")
        rules = style.prune(style.parsed(css), words)
        for name in own:
            css = style.tight((self.source / name).read_text(encoding="utf-8"))
            rules.append(re.sub(r'url\("?((?!data:)[^)"]+)"?\)', lambda match: f'url("{self.font(match[1])}")', css))
        styles = sorted({said for text in pages.values() for _, said, _ in style.STYLE.findall(text)})
        rules += [f".{style.style_class(text)}{{{style.important(text)}}}" for text in styles]
        self.name("style.css", "\n".join(rules).encode())

    def font(self, path: str) -> str:
        return posixpath.basename(self.name(path, (self.source / path).read_bytes()))

    def link(self, page: Path, text: str) -> str:
        """Return a page whose links to assets lead to where they are."""
        folder = page.parent.relative_to(self.site).as_posix()
        language = folder.split("/")[0]

        def moved(match: re.Match) -> str:
            attribute, target = match.groups()
            absolute = page.name == "404.html"
            inside = target.removeprefix(self.base) if absolute else posixpath.normpath(posixpath.join(folder, target))
            if re.match(r"\w+:", target) or not inside.startswith(f"{language}/assets/"):
                return match[0]
            path = inside.removeprefix(f"{language}/assets/")
            name = self.names.get(path) or self.name(path, self.read(path))
            return f'{attribute}="{self.base + name if absolute else posixpath.relpath(name, folder)}"'

        text = STYLESHEETS.sub(lambda match: f'<link rel="stylesheet" href="{self._beside(match[1], "style.css")}">\n', text)
        text = MODULE.sub(lambda match: self.module(match[0]), text)  # from the site's root: see reading.js
        return ADDRESS.sub(moved, SCRIPTS.sub(self.one_script, text))

    def module(self, path: str) -> str:
        """Store a module, or other data, under its fingerprint, after what it asks for; return its path below the site."""
        if path not in self.names:
            content, folder = self.read(path, ""), posixpath.dirname(path)
            if path.endswith(".js"):

                def beside(match: re.Match) -> str:
                    target = posixpath.normpath(posixpath.join(folder, match[2]))
                    return f"{match[1]}./{posixpath.basename(self.module(target))}"

                content = NEEDED.sub(beside, content.decode()).encode()
            self.name(path, content)
        return self.names[path]

    def one_script(self, match: re.Match) -> str:
        """Return the tag, as far as its address, of one script made of those that follow each other."""
        paths = re.findall(r'assets/([^"]+)"', match[0])
        path = "-".join(path.removesuffix(".js") for path in paths) + ".js"
        if path not in self.names:
            self.name(path, b"\n".join(self.read(path) for path in paths))
        return f'<script defer src="{self._beside(match[1], path)}"'

    @staticmethod
    def _beside(address: str, name: str) -> str:
        return re.sub(r"assets/.*", f"assets/{name}", address)

    def read(self, path: str, folder: str = "assets") -> bytes:
        for language in LANGUAGES:
            if (file := self.site / language / folder / path).exists():
                return file.read_bytes()
        where = posixpath.join(folder, path)
        raise FileNotFoundError(f"a page loads {where}, which is not in docs/theme/{posixpath.dirname(where)}")

    def keep(self) -> None:
        """Keep the fonts' licences, and delete what is left."""
        for licence in self.source.rglob("*LICENSE*"):
            shutil.copy(licence, self.target)
        for language in LANGUAGES:
            for folder in ("assets", "explorables"):
                shutil.rmtree(self.site / language / folder, ignore_errors=True)

"""Renders the pages of one language with MkDocs, and some of them again; in a process of its own (renderer.py).

The only module that knows MkDocs' Python interface.
"""

import functools
import logging
import os
from importlib import metadata
from pathlib import Path

from downhill.manuscript import counts
from downhill.site import cards
from downhill.site.sections import plain
from downhill.site.settings import variables

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import mkdocs.commands.build as mkdocs_build
import mkdocs.config
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, MkDocsException
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File
from mkdocs.theme import Theme
from mkdocs_jupyter.plugin import NotebookFile

OURS = "mkdocs.downhill"  # what the Markdown extensions log to


def answer(connection, root: Path, language: str, target: Path, local: str) -> None:
    """Render all pages, then each list of pages that comes; answer with what is wrong with them."""
    os.environ.update(variables(root, language, target, local))
    os.chdir(root)
    complaints = Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    logger.propagate = False
    site, pages = Site(complaints), []
    try:
        while True:
            try:
                site.render(pages)
                found = complaints.messages
            except (Abort, BuildError, ConfigurationError, MkDocsException) as error:
                found = complaints.messages or [str(error)]
            except Exception as error:  # an extension can fail in any way
                found = [*complaints.messages, f"{type(error).__name__}: {error}"]
            connection.send(list(found))
            complaints.messages.clear()
            pages = connection.recv()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return  # nobody asks any more


class Complaints(logging.Handler):
    """Collects the warnings that fail a strict build; ours with the page that is being rendered, and the line they speak of."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.page, self.lines = "", []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name == OURS and self.page:
            named = [str(arg) for arg in record.args or ()]
            line = next((n for n, text in enumerate(self.lines, 1) if any(name in text for name in named)), 1)
            message = f"{self.page}:{line}: {message}"
        if message not in self.messages:
            self.messages.append(message)


class Templates(FileSystemLoader):
    """The files of a theme, but for those in folders that begin with a dot: 14,000 icons, of which a site takes none."""

    def list_templates(self) -> list[str]:
        found = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {Path(folder, name).relative_to(top).as_posix() for name in names}
        return sorted(found)


class Compiled(FileSystemBytecodeCache):
    """Templates as Jinja has compiled them, by their names and texts, wherever the book lies."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name)


def environment(theme: Theme) -> Environment:
    """Return what MkDocs renders the templates of a theme with; it lists and compiles all of them each time that it builds."""
    made = Theme.get_env(theme)
    made.loader = Templates(theme.dirs)
    (folder := Path(".cache", "templates")).mkdir(parents=True, exist_ok=True)
    made.bytecode_cache = Compiled(str(folder.resolve()), f"%s-{metadata.version('jinja2')}")
    return made


class Site(BasePlugin):
    """One language, as MkDocs sees it; keeps what rendering a page again needs."""

    def __init__(self, complaints: Complaints):
        self.config, self.complaints = None, complaints

    @event_priority(100)
    def _give_notebooks(self, files, *, config):
        """Give mkdocs-jupyter the executed notebooks, each as the page of its name, to which nav and links lead."""
        for path in sorted(Path(".cache", "notebooks", config.theme["language"]).resolve().glob("*.ipynb")):
            files.remove(files.get_file_from_path(name := f"{path.stem}.md"))
            files.append(File.generated(config, name, abs_src_path=str(path)))
        return files

    @event_priority(-100)
    def _keep_paths(self, files, *, config):
        """Let the files that mkdocs-jupyter has made of them know where they lie."""
        for file in files:
            if isinstance(file, NotebookFile):
                file.abs_src_path = file.file.abs_src_path
        return files

    on_files = CombinedEvent(_give_notebooks, _keep_paths)

    def on_page_read_source(self, *, page, config):
        """Return the text of a notebook as our Markdown has it; its cells are fences there."""
        if isinstance(page.file, NotebookFile):
            return Path(config.docs_dir, page.file.src_uri).read_text(encoding="utf-8-sig")
        return None

    @event_priority(-100)  # after mkdocs-jupyter, whose HTML has no numbers, references, MathML, or checked links
    def on_pre_page(self, page, *, config, files):
        vars(page).pop("render", None)
        return page

    def on_nav(self, nav, *, config, files):
        self.nav, self.files = nav, files
        return nav

    def on_page_markdown(self, markdown, *, page, config, files):
        self.complaints.page, self.complaints.lines = page.file.src_uri, markdown.split("\n")
        return markdown

    def on_env(self, env, *, config, files):
        env.filters["words"] = plain
        env.tests["chapter"] = lambda page: counts.is_chapter(page.markdown)
        env.globals["card"] = functools.partial(cards.alternative, Path(), config.theme["language"])
        self.env = env
        return env

    def render(self, names: list[str]) -> None:
        """Render the named pages, or all where none is named."""
        if not names:
            config = mkdocs.config.load_config("mkdocs.yml")
            config.plugins["downhill"] = self
            config.theme.get_env = functools.partial(environment, config.theme)
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build.build(config)
            self.configuration = config
            return
        config, files = self.configuration, self.files
        pages = [files.get_file_from_path(name).page for name in names]
        for page in pages:
            mkdocs_build._populate_page(page, config, files)
            mkdocs_build._build_page(page, config, files.documentation_pages(), self.nav, self.env)
        for page in pages:
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)

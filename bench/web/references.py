"""What the book's pages are compared with: the same articles on a bare page, and the same text as a Jupyter Book.

The bare page, the *floor*, has the article as the book built it, formulas and figures included, in a template and a style
sheet written by hand (floor.html, floor.css). The Jupyter Book gets the pages reduced to what any tool shows, as
bench.peers does; its figures are the book's own drawings, as SVG files, and it executes nothing.
"""

import json
import re
import shutil
from pathlib import Path

from bench.peers import environments, pages
from downhill import LANGUAGES
from downhill.execution.cache import Cache
from downhill.manuscript.book import Book

HERE = Path(__file__).parent
ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
PRELOAD = '<link rel="preload" href="{}pagella-math.woff2" as="font" type="font/woff2" crossorigin>'
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
JUPYTER_BOOK = ("jupyter-book==1.0.4.post1",)
CONFIG = {  # what a careful author sets: nothing from a third party, no button that the book has no use for
    "title": "Downhill 下山",
    "author": "Downhill",
    "execute": {"execute_notebooks": "off"},
    "only_build_toc_files": True,
    "html": {"use_issues_button": False, "use_repository_button": False, "use_edit_page_button": False},
    "launch_buttons": {"thebe": False, "colab_url": ""},
}


def install(environment: Path) -> Path:
    """Return the interpreter of an environment with Jupyter Book, made if it is not there."""
    return environments.environment(environment, JUPYTER_BOOK, HERE / "constraints.txt")


def stems(site: Path, language: str) -> list[str]:
    """Return the pages of a language, named as their sources are."""
    return sorted(path.stem for path in (site / language).glob("*.md"))


def place(language: str, stem: str, site: str = "book") -> str:
    """Return where a page stands in its site."""
    if site == "jupyter-book":
        return f"{language}/{stem}.html"
    return f"{language}/" if stem == "index" else f"{language}/{stem}/"


def floor(site: Path, target: Path) -> None:
    """Write the floor page of every page of a built site."""
    frame = (HERE / "floor.html").read_text(encoding="utf-8")
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "floor.css", target)
    shutil.copy(next((site / "assets").glob("pagella-math.*.woff2")), target / "pagella-math.woff2")
    furnish(target)
    for language in LANGUAGES:
        for stem in stems(site, language):
            page = (site / place(language, stem) / "index.html").read_text(encoding="utf-8")
            root = "../" * place(language, stem).count("/")
            article = ARTICLE.search(page)[0]
            preload = PRELOAD.format(root) if "<math" in article else ""
            title = TITLE.search(page)[1]
            filled = frame.format(language=language, title=title, root=root, preload=preload, article=article)
            path = target / place(language, stem) / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(filled, encoding="utf-8")


def furnish(target: Path) -> None:
    """Give a site what the server asks for besides its pages."""
    (target / "_headers").touch()
    (target / "404.html").write_text("<title>404</title>", encoding="utf-8")


def jupyter_book(root: Path, target: Path, environment: Path, mathjax: Path) -> None:
    """Build a Jupyter Book of each language from the pages of the book at root, with MathJax from the folder mathjax."""
    book = Book(root)
    python = install(environment)
    for language in LANGUAGES:
        source = target.with_name(f"jupyter-book-{language}")
        shutil.rmtree(source, ignore_errors=True)
        # not in _static: Jupyter Book has a page load every script that lies there
        shutil.copytree(mathjax, source / "extra" / "mathjax")
        write(book, language, source)
        environments.do([python.with_name("jupyter-book"), "build", "--quiet", source])
        shutil.copytree(source / "_build" / "html", target / language)
    furnish(target)


def write(book: Book, language: str, source: Path) -> None:
    """Write the project of one language: its pages, the figures, the contents, and the configuration."""
    results = Cache(book)
    read = pages.read(book.docs / language, set(book.snippets))
    for stem, parts in read.items():
        texts = []
        for part in parts:
            texts.append(part.text if not part.is_snippet else shown(book, results, part.text, language, source))
        (source / f"{stem}.md").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    chapters = [{"file": stem} for stem in read if stem != "index"]
    (source / "_toc.yml").write_text(json.dumps({"format": "jb-book", "root": "index", "chapters": chapters}), encoding="utf-8")
    sphinx = {"mathjax_path": "../mathjax/tex-mml-chtml.js", "html_extra_path": ["extra"]}
    sphinx |= {"language": {"en": "en", "zh": "zh_CN"}[language]}
    config = CONFIG | {"sphinx": {"config": sphinx}}
    (source / "_config.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML


def shown(book: Book, results: Cache, name: str, language: str, source: Path) -> str:
    """Return a snippet as Markdown: its code, and what it drew or printed."""
    result = results.result(name)
    texts = [f"```python\n{book.snippets[name].strip()}\n```"]
    for number, drawing in enumerate(result.figures[language]):
        file = f"{name.replace('/', '-')}-{number}.svg"
        (source / file).write_text(drawing, encoding="utf-8")
        texts.append(f"![]({file})")
    if result.printed:
        texts.append(f"```text\n{result.printed.rstrip()}\n```")
    return "\n\n".join(texts)

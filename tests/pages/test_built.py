"""The built site, as files: complete, consistent, and nothing in it that should not be there."""

import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from importlib import metadata
from pathlib import Path

import pybtex.database
import pytest
from fontTools.ttLib import TTFont
from lxml import html

from downhill import LANGUAGES
from downhill.site import build
from downhill.site.scripts import small
from downhill.site.sections import plain
from tests.book import BOOK, PAGES, ROOT, address, modules, path_of
from tests.book import ids as links_to
from tests.book import tree as parsed


@pytest.fixture(params=PAGES, ids="/".join)
def page(request, site):
    language, name = request.param
    path = address(site, language, name)
    return language, BOOK.pages[language][name], path, parsed(path)


def test_says_its_language(page):
    language, _, _, tree = page
    assert tree.get("lang") == language


def test_shows_every_figure_captioned_and_described(page):
    language, source, _, tree = page
    captions = re.findall(r"^ */// figure \| (\S+)", source.text, re.MULTILINE)
    figures = tree.xpath("//figure[@class='figure']")
    assert [figure.get("id") for figure in figures] == captions
    for number, figure in enumerate(figures, 1):
        (drawing,) = figure.xpath(".//*[name()='svg' and not(@data-room)]")
        assert drawing.get("role") == "img"
        assert drawing.getparent().get("data-search-exclude") is not None
        assert len(drawing.get("aria-label")) > 20
        word = {"zh": "图", "en": "Figure"}[language]
        assert figure.xpath("string(figcaption)").strip().startswith(f"{word} {number}")
    assert len(tree.xpath("//*[name()='svg' and @role='img']")) == len(figures)
    assert len(tree.xpath("//script[contains(@src, '-figure-')]")) == (len(figures) > 0), "their tools go where they are"


def test_has_no_trace_of_trouble(page):
    _, _, path, tree = page
    text = tree.xpath("string(//article)")
    beside = tree.xpath("//article//text()[not(ancestor::div[contains(@class, 'language-python')])]")
    for trace in ("Traceback", "{{"):  # which a program may have: what a doctest expects, an f-string
        assert trace not in "".join(beside), trace
    for trace in ("--8<--", "¤", "merror", "\\frac", "$$", "///", "wzxhzdk", "exec="):
        assert trace not in text, trace
    assert not tree.xpath("//*[name()='merror']")
    assert "[](#" not in path.read_text(encoding="utf-8")


def test_says_what_it_is_to_whom_it_is_sent_and_how_it_is_cited(page):
    """An entry for BibTeX names page and version."""
    language, _, _, tree = page
    said = {meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[@property]")}
    heading = tree.xpath("string(//h1)").strip().rstrip("¶")
    assert said["og:title"] == heading
    assert said["og:locale"] == {"zh": "zh_CN", "en": "en_GB"}[language]
    assert said["og:description"] == tree.xpath("string(//meta[@name='description']/@content)")
    assert len(said["og:description"]) > 20
    lead = html.tostring(tree.xpath("//article//p[not(@class)]")[0], encoding="unicode", with_tail=False)
    assert plain(lead).startswith(said["og:description"].rstrip("…")), "a power stays a power"
    entry = tree.xpath("string(//details[@class='cite']//code)")
    assert heading in entry
    assert metadata.version("downhill") in entry
    assert re.fullmatch(r"@misc\{downhill-[\w-]+-(zh|en),\n(  \w+ = \{.+\},\n)+\}", entry)
    assert len(pybtex.database.parse_string(entry, "bibtex").entries) == 1


def test_no_number_has_a_hyphen_or_leaves_its_tolerance(page):
    _, _, _, tree = page
    texts = tree.xpath(
        "//article//text()[not(ancestor::pre or ancestor::code or ancestor::script)] | //article//*[name()!='math']/@aria-label"
    )
    text = "\x00".join(texts)
    assert not re.findall(r".{9}(?<![\w.,)\]/\x00-])-\.?\d.{9}|\x00-\.?\d.{9}", text)
    assert not re.findall(r".{9} ±.{9}|.{9}± .{9}", text)
    assert not [
        row for row in tree.xpath("//article//tr") if "±" in row.text_content() and "\u00a0±\u00a0" not in row.text_content()
    ]


def test_formulas_are_mathml(page):
    _, source, _, tree = page
    assert len(tree.xpath("//*[name()='math' and @display='block']")) == len(re.findall(r"^ *\$\$$", source.text, re.M)) // 2


def test_ids_are_unique_and_links_lead_somewhere(page, site):
    _, _, path, tree = page
    ids = tree.xpath("//article//@id")
    assert [identity for identity, count in Counter(ids).items() if count > 1] == []
    for target in tree.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
        if re.match(r"(https?|mailto):", target):
            continue
        place, _, anchor = target.partition("#")
        goal = (path.parent / place).resolve() if place else path
        goal = goal / "index.html" if goal.is_dir() else goal
        assert goal.is_file(), target
        if anchor and not anchor.startswith("__"):
            assert anchor in links_to(goal), target


def test_fetches_nothing_from_elsewhere(page, site):
    _, _, _, tree = page
    sources = tree.xpath("//script/@src | //img/@src | //link[not(@rel='canonical' or @rel='alternate')]/@href")
    assert not [source for source in sources if re.match(r"(https?:)?//", source)]
    (style,) = (site / "assets").glob("style.*.css")
    assert not re.search(r"url\([\"']?((https?:)?//|data:)", style.read_text(encoding="utf-8"))


def test_keeps_to_the_security_policy_as_written(page):
    _, _, _, tree = page
    assert not tree.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]")
    assert not tree.xpath("//*[starts-with(@src, 'data:') or starts-with(@href, 'data:')]")


def test_leads_to_its_twin(page, site):
    language, _, path, tree = page
    (link,) = tree.xpath("//a[@data-twin]")
    twin = (path.parent / link.get("href") / "index.html").resolve()
    other = "en" if language == "zh" else "zh"
    assert twin == Path(str(path).replace(f"/site/{language}/", f"/site/{other}/"))
    assert [h.get("id") for h in tree.xpath("//article//*[self::h1 or self::h2 or self::h3]")] == [
        h.get("id") for h in parsed(twin).xpath("//article//*[self::h1 or self::h2 or self::h3]")
    ]


def test_each_language_has_its_search(site):
    for language in LANGUAGES:
        (path,) = (site / "assets").glob(f"search-{language}.*.js")
        sections = json.loads(path.read_text(encoding="utf-8").splitlines()[0].partition("=")[2].rstrip(";"))
        text = " ".join(section["text"] for section in sections)
        assert ("山谷" in text) == (language == "zh")
        assert not re.search(r"</\w+>|\u200b|&(lt|gt|amp|quot|#\d+);", text)


def test_publishes_nothing_that_no_page_asks_for(site):
    known = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".css", ".js"))
    assert not [path.name for path in (site / "assets").iterdir() if path.name not in known and "LICENSE" not in path.name]
    assert not list(site.rglob("*.map"))
    assert not list(site.rglob("lunr*"))


def test_modules_are_published_small_and_ask_for_names_with_fingerprints(site):
    source = ROOT / "docs" / "theme" / "explorables"
    asked = {
        match
        for path in site.rglob("*.html")
        for match in re.findall(r' data-module="assets/([^"]+)"', path.read_text("utf-8"))
    }
    assert len(asked) >= 2
    seen, left = {}, [(name, f"{name.split('.')[0]}.js") for name in asked]
    while left:
        name, written = left.pop()
        seen[name] = written
        content = (site / "assets" / name).read_bytes()
        assert name.split(".")[-2] == hashlib.sha256(content).hexdigest()[:8]
        if not name.endswith(".js"):
            continue
        needed = re.findall(r'(?<=")\./([\w.-]+)(?=")', content.decode())
        before = re.findall(r'(?<=")\.{1,2}/([\w./-]+)(?=")', (source / written).read_text(encoding="utf-8"))
        for new, old in zip(needed, before, strict=True):
            place = (source / written).parent
            known = (path for path in (place / old, place.parent / old) if path.is_file())
            target = next(known, place / old)  # the build makes the digits
            left += [(new, target.relative_to(source).as_posix())] if new not in seen else []
        plain = re.sub(r'"\./([\w.-]+)"', '"…"', content.decode())
        assert plain == small(re.sub(r'"\.{1,2}/([\w./-]+)"', '"…"', (source / written).read_text(encoding="utf-8")))
    assert {"element.js", "plot.js", "numerics/valley.js", "numerics/parabola.js"} <= set(seen.values())


def test_a_chapters_modules_weigh_little(site):
    """20 KB with gzip, data apart (interactive.md)."""
    for language, name in PAGES:
        page = address(site, language, name).read_text(encoding="utf-8")
        assert sum(len(gzip.compress(path.read_bytes())) for path in modules(site, page)) <= 20_000, name


def test_the_root_leads_to_both_languages_without_a_script(site):
    tree = html.parse(str(site / "index.html")).getroot()
    assert {"zh/", "en/"} <= set(tree.xpath("//a/@href"))
    assert all((site / target).exists() for target in tree.xpath("//a/@href | //link/@href | //script/@src"))


@pytest.mark.usefixtures("at_hand")
def test_no_address_is_made_up(site, monkeypatch, small):
    for path in site.rglob("*.html"):
        tree = parsed(path)
        assert "example.com" not in path.read_text(encoding="utf-8")
        assert not tree.xpath("//link[@rel='canonical' or @hreflang] | //footer//a[starts-with(@href, 'http')]")
    monkeypatch.setenv("SITE_URL", "https://host.invalid/downhill/")
    monkeypatch.setenv("REPO_URL", "https://host.invalid/repository")
    tree = html.parse(str(build.build(small) / "zh" / "index.html")).getroot()
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://host.invalid/downhill/zh/"]
    assert tree.xpath("//meta[@property='og:url']/@content") == ["https://host.invalid/downhill/zh/"]
    assert "  url = {https://host.invalid/downhill/zh/},\n" in tree.xpath("string(//details[@class='cite']//code)")
    alternates = tree.xpath("//link[@rel='alternate'][@hreflang]/@href")
    assert alternates == [f"https://host.invalid/downhill/{end}" for end in ("zh/", "en/", "")]
    assert tree.xpath("//footer//a[starts-with(@href, 'http')]/@href") == ["https://host.invalid/repository"]


def drawn(letter: str) -> str:
    """Return the character that a browser draws for the only letter of an `mi`: the mathematical italic one."""
    name = re.sub(r"^(GREEK|LATIN) (SMALL|CAPITAL) LETTER (\w+)$", r"MATHEMATICAL ITALIC \2 \3", unicodedata.name(letter))
    return "ℎ" if letter == "h" else unicodedata.lookup(name)


def test_the_formula_font_has_every_sign(site):
    with TTFont(ROOT / "docs" / "theme" / "assets" / "fonts" / "pagella-math.woff2") as font:
        known = {chr(code) for code in font.getBestCmap()}
    for language, name in PAGES:
        tree = parsed(address(site, language, name))
        texts = tree.xpath("//*[name()='math']//*[not(*)]")
        signs = {
            sign for e in texts if len(e.text or "") != 1 or e.tag != "mi" or e.get("mathvariant") for sign in e.text or ""
        }
        signs |= {drawn(e.text) for e in texts if len(e.text or "") == 1 and e.tag == "mi" and not e.get("mathvariant")}
        lacking = {sign for sign in signs - known if not sign.isspace()}
        assert not lacking, f"{name}: add {lacking} in docs/theme/assets/fonts/pagella-math.py"


@pytest.mark.parametrize("name", [name for language, name in PAGES if language == "en"])
def test_twins_have_the_same_blocks(site, name):
    trees = [parsed(address(site, language, name)) for language in LANGUAGES]
    shapes = [[[block.tag for block in section] for section in tree.xpath("//article/section")] for tree in trees]
    assert shapes[0] == shapes[1]


def test_the_worker_keeps_every_page_and_every_asset(site):
    text = (site / "sw.js").read_text(encoding="utf-8")
    kept = json.loads(re.search(r"const FILES = (\{.*?\});", text, re.DOTALL)[1])
    assert {path_of(language, name) for language, name in PAGES} <= set(kept)
    assert {f"assets/{path.name}" for path in (site / "assets").glob("*.*") if path.suffix not in (".txt", ".gz")} <= set(kept)
    assert not [address for address in kept if address.startswith("assets/python/")], (
        "it is kept once a reader has asked for it"
    )

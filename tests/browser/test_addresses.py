"""Addresses are right below a path, and links work without a script."""

from lxml import html

from downhill import LANGUAGES
from tests.browser.pages import PHONE


def test_addresses_are_right_below_a_path(open_page, public):
    root, server = public
    for depth in ("nothing", "en/nothing", "zh/momentum/nothing/at/all/"):
        page = open_page(server.address + depth)
        language = "zh" if depth.startswith("zh") else "en"
        assert page.evaluate("document.documentElement.lang") == language
        page.locator("section a").first.click()
        page.wait_for_url(server.address + f"{language}/")
        assert [status for _, status in page.loaded if status != 200] == [404]
    site, public_address = root / "site", "https://host.invalid/downhill"
    for language in LANGUAGES:
        tree = html.parse(str(site / language / "index.html")).getroot()
        links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate'][@hreflang]")}
        assert links == {"zh": f"{public_address}/zh/", "en": f"{public_address}/en/", "x-default": f"{public_address}/"}
        assert tree.xpath("//link[@rel='canonical']/@href") == [f"{public_address}/{language}/"]
        assert f"<loc>{public_address}/{language}/</loc>" in (site / language / "sitemap.xml").read_text()
        assert f"<loc>{public_address}/{language}/sitemap.xml</loc>" in (site / "sitemap.xml").read_text()
        error = html.parse(str(site / language / "404.html")).getroot()
        for target in error.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //script/@data-search"):
            assert target.startswith(("/downhill/", "#")), target
            page_path = site / target.split("#")[0].removeprefix("/downhill/")
            assert (page_path.resolve() / "index.html" if page_path.is_dir() else page_path.resolve()).exists(), target
    assert f"]({public_address}/en/index.md)" in (site / "llms.txt").read_text(encoding="utf-8")


def test_without_a_script_pages_are_read_and_links_work(open_page, served):
    page = open_page(served.address + "zh/momentum/", PHONE, java_script_enabled=False)
    assert not page.locator("[data-open-search]").is_visible()
    assert not page.locator(".nav").is_visible()
    page.locator(".for-nav").click()
    page.locator(".nav a", has_text="梯度下降").first.click()
    page.wait_for_url("**/zh/gradient-descent/")
    page.locator("[data-twin]").click()
    page.wait_for_url("**/en/gradient-descent/")
    assert page.locator("article").inner_text().startswith("Gradient descent")

"""Light and dark, and the icon of the tab."""

from base64 import b64encode

from tests.book import ROOT


def test_light_or_dark_is_chosen_once_for_both_languages(open_page, served):
    page = open_page(served.address + "en/setup/", scheme="dark")
    scheme = "document.documentElement.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    button = page.locator("[data-palette-button]")
    assert button.get_attribute("aria-label") == "Colours: as the system"
    button.click()
    assert button.get_attribute("aria-label") == "Colours: light"
    assert page.evaluate(scheme) == "default"
    page.goto(served.address + "zh/momentum/")
    assert page.evaluate(scheme) == "default"
    assert page.locator("[data-palette-button]").get_attribute("aria-label") == "配色：浅色"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"


def test_the_icon_is_the_logo(browser):
    """The PNG, which a browser takes less time for, shows what the drawing shows, to one step in a hundred."""
    assets = ROOT / "docs" / "theme" / "assets"
    kinds = {"png": "image/png", "svg": "image/svg+xml"}
    files = [f"data:{kinds[end]};base64,{b64encode((assets / f'favicon.{end}').read_bytes()).decode()}" for end in kinds]
    page = browser.new_page()
    difference = page.evaluate(
        """async (files) => {
          const [one, other] = await Promise.all(files.map(async (src) => {
            const image = Object.assign(new Image(64, 64), { src });
            await image.decode();
            const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 }).getContext("2d");
            canvas.drawImage(image, 0, 0, 64, 64);
            return canvas.getImageData(0, 0, 64, 64).data;
          }));
          if (!one.some((value) => value)) return "nothing is drawn";
          return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length / 255;
        }""",
        files,
    )
    page.close()
    assert difference <= 0.01

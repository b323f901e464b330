"""What is copied: programs, sessions, formulas."""

import pytest
from playwright.sync_api import expect

from downhill import LANGUAGES
from tests.book import BOOK
from tests.browser.pages import clipboard, heard, shoot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_copied_as_it_stands(reader, language):
    with reader.page(language) as page:
        button = page.locator("#code-valley .copy")
        before, done = button.inner_text(), {"en": "Copied", "zh": "已复制"}[language]
        heard(page, "#code-valley .copy")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("article .unseen[role=status]")).not_to_be_empty()
        assert clipboard(page).strip() == BOOK.source("momentum/valley", language).strip()
        expect(button).to_have_text(before)
        assert page.evaluate("heard") == [done, before]
        shoot(page, f"code-{language}")


def test_of_a_session_only_what_was_typed_is_copied(reader):
    with reader.page("en", "setup") as page:
        page.locator(".language-console .copy").first.click(force=True)
        expect(page.locator("article .unseen[role=status]")).not_to_be_empty()
        assert clipboard(page) == "python try.py\n"


def test_a_formula_is_copied_as_latex(reader):
    with reader.page("en") as page:
        page.locator("#eq-two-step .copy").click(force=True)
        expect(page.locator("article .unseen[role=status]")).not_to_be_empty()
        assert clipboard(page) == r"x_{t+1} = x_t - \alpha\,\nabla f(x_t) + \beta\,(x_t - x_{t-1})."
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#the-update + p'))")
        page.keyboard.press("Control+c")
        assert "the velocity is multiplied by $\\beta$, and" in clipboard(page)
        page.evaluate(
            """() => {
              const [a, b] = [document.querySelector('#the-update + p'), document.querySelector('#eq-update msub')];
              getSelection().setBaseAndExtent(a, 0, b, 1);
            }"""
        )
        page.keyboard.press("Control+c")
        text = clipboard(page)
        assert "$$\n\\begin{aligned}\nv_{t+1}" in text and "LaTeX" not in text and "(1)" not in text

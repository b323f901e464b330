"""Forms of text are told apart without colour, hints open by keys, and what stands behind a chapter is said at its head."""

import pytest
from playwright.sync_api import expect

from downhill import LANGUAGES
from downhill.manuscript import forms
from tests.browser.pages import DESK, PHONE

EDGES = """() => Object.fromEntries([...document.querySelectorAll(".form")].map((form) => {
  const style = getComputedStyle(form);
  const edge = ["Left", "Top", "Right"].map((side) => style[`border${side}Style`] + parseFloat(style[`border${side}Width`]));
  return [[...form.classList].find((name) => name !== "form" && name !== "admonition"), edge.join(" ")];
}))"""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_each_kind_has_an_edge_of_its_own_without_colour(open_page, served, forced):
    page = open_page(served.address + "en/stochastic-gradient-descent/", DESK, forced_colors=forced)
    edges = page.evaluate(EDGES)
    alike = [edges.pop(kind) for kind in forms.STATEMENTS if kind in edges]
    assert len(alike) > 1
    assert len(set(alike)) == 1, "what is proved looks alike"
    assert edges.keys() == forms.WORDS.keys() - forms.STATEMENTS
    assert len({*edges.values(), *alike}) == len(edges) + 1, edges
    arrow = "(summary) => ['::before', ''].map((part) => getComputedStyle(summary, part || null))"
    mark, ground = page.locator(".hint > summary").first.evaluate(f"(e) => ({arrow})(e).map((style) => style.backgroundColor)")
    assert mark != ground, "the mark of what folds is seen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_opens_by_a_key_and_leaves_the_solution_closed(open_page, served, language):
    page = open_page(served.address + f"{language}/choosing/", PHONE)
    exercise = page.locator("#exercise-memory")
    difficulty = exercise.locator("+ .difficulty")
    expect(difficulty.get_by_role("img")).to_have_accessible_name(forms.level(1, language))
    hint = page.locator("#exercise-memory ~ details.hint").first
    expect(hint.locator("p")).to_be_hidden()
    hint.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(hint.locator("p")).to_be_visible()
    expect(page.locator("#exercise-memory ~ details.success").first).not_to_have_attribute("open", "")
    theorem = page.locator(".proposition").first
    expect(theorem).to_have_role("group")
    expect(theorem).to_have_accessible_name(theorem.locator("p").first.text_content())
    behind = page.locator("h1 + .behind")
    expect(behind).to_be_visible()
    assert behind.locator("a").get_attribute("href").endswith("#numbers")
    assert page.trouble == []

"""Solutions fold, and open for a link that leads into them."""

from playwright.sync_api import expect


def test_a_link_opens_the_solution_that_it_leads_into(reader):
    with reader.page("zh", anchor="#code-terminal") as page:
        name = page.evaluate("document.querySelector('details .program').id")
        page.evaluate(f"location.hash = '{name}'")
        expect(page.locator("details[open]", has=page.locator(f"#{name}"))).to_have_count(1)
    with reader.page("en", anchor=f"#{name}") as page:
        expect(page.locator("details[open]", has=page.locator(f"#{name}"))).to_have_count(1)
        assert page.locator(f"#{name}").evaluate("(e) => Math.abs(e.getBoundingClientRect().top) < innerHeight")
        assert page.locator("details:not([open], .whole)").count() > 3


def test_solutions_fold_without_a_script(reader):
    with reader.page("en", java_script_enabled=False) as page:
        details = page.locator("article details.success").first
        program = details.locator(".program, p").last
        assert not program.is_visible()
        details.locator("> summary").click()
        assert program.is_visible()

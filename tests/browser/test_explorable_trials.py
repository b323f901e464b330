"""The runs of the races under the hand: workload, method, schedule, links, and what is there without a script or a file."""

import re

import pytest

from downhill import LANGUAGES
from downhill.execution import trials
from tests.book import ROOT
from tests.browser.pages import live, regime_of, shown, until

STEM, FIGURE = "choosing", "#trials"
SAID = regime_of(FIGURE)
MARKS = f"""() => [...document.querySelectorAll('{FIGURE} svg :is(path, text)')]
  .map((part) => part.getAttribute('d') ?? part.textContent).filter((words) => words && !words.includes('10000'))"""
STRONG = """() => {
  const {drawn, seen} = document.querySelector('x-trials');
  return [...drawn[seen].groups].filter(([, group]) => group.getAttribute('opacity') === '1').map(([name]) => name);
}"""
SEEN = """() => Object.entries(document.querySelector('x-trials').drawn)
  .filter(([, {whole}]) => getComputedStyle(whole).visibility === 'visible').map(([name]) => name)"""
RACES = trials.read(ROOT)


def says(page, key: str) -> None:
    until(page, f"() => ({SAID})() === '{key}'")


@pytest.fixture(params=[("en", "light", 1280), ("zh", "dark", 360)], ids=str)
def page(reader, request):
    language, scheme, width = request.param
    with reader.page(language, STEM, scheme=scheme, width=width) as opened:
        live(opened, FIGURE)
        says(opened, "every")
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_still_drawing_is_the_first_live_one_and_stays_without_a_script(reader, language):
    with reader.page(language, STEM, java_script_enabled=False) as still:
        drawing = still.locator(f"{FIGURE} .drawing > svg")
        assert drawing.is_visible() and not still.locator(f"{FIGURE} select").first.is_visible()
        paths = [path.get_attribute("d") for path in still.locator(f"{FIGURE} svg path").all()]
        texts = still.locator(f"{FIGURE} svg text").all_text_contents()
    with reader.page(language, STEM) as moving:
        live(moving, FIGURE)
        says(moving, "every")
        found = moving.evaluate(MARKS)
        assert sorted(set(paths + texts) - set(found)) == []
        assert moving.locator(f"{FIGURE} svg text").count() == len(texts)


def test_by_keyboard_another_workload_and_one_method(page):
    assert shown(page, FIGURE, "best", "fresh") == ["–", "–"]
    page.locator(f"{FIGURE} [name=workload]").focus()
    page.keyboard.press("End")  # the last of them
    until(page, "() => document.querySelector('x-trials').seen === 'transformer'")
    page.locator(f"{FIGURE} [name=method]").focus()
    page.keyboard.press("ArrowDown")
    says(page, "some")
    sgd = RACES["transformer"]["sgd"]
    runs = sum(len(row) - 1 for row in sgd["search"]) + len(sgd["fresh"])
    assert shown(page, FIGURE, "runs", "best", "fresh") == [str(runs), f"{sgd['best']:g}", f"{sum(sgd['fresh']) / 5:.2f}"]
    assert page.evaluate(STRONG) == ["sgd"]
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    until(page, f"() => location.hash.startsWith('{FIGURE}:') && location.hash.endsWith('method=sgd')")


def test_a_schedule_and_what_does_not_exist(page):
    page.locator(f"{FIGURE} [name=schedule]").select_option("constant")
    says(page, "some")
    assert page.evaluate(STRONG) == ["schedule_free"]
    page.locator(f"{FIGURE} [name=method]").select_option("adam")
    says(page, "none")
    assert page.evaluate(STRONG) == [] and shown(page, FIGURE, "runs", "best") == ["0", "–"]
    page.locator(f"{FIGURE} [data-reset]").click()
    says(page, "every")


def test_of_the_races_that_were_drawn_one_is_in_view(page):
    for workload in ("zipf", "mlp", "zipf"):
        page.locator(f"{FIGURE} [name=workload]").select_option(workload)
        until(page, f"() => document.querySelector('x-trials').seen === '{workload}'")
        assert page.evaluate(SEEN) == [workload]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_of_the_prose_set_what_they_say(reader, language):
    with reader.page(language, STEM) as page:
        live(page, FIGURE)
        says(page, "every")
        links = page.locator("a[data-set^='workload=']")
        assert links.count() >= 2
        for link in links.all():
            state = link.get_attribute("data-set")
            link.evaluate("(element) => element.click()")
            wanted = dict(part.split("=") for part in state.split("&"))
            until(page, "(name) => document.querySelector('x-trials').seen === name", wanted["workload"])
            assert page.evaluate(STRONG) == [wanted["method"]] if "method" in wanted else True


def test_where_the_runs_cannot_be_loaded_the_still_drawing_stays(reader):
    with reader.page("en", STEM) as page:
        page.context.route(re.compile(r"trials\.\w+\.json"), lambda route: route.fulfill(status=503))
        live(page, FIGURE)
        says(page, "failed")
        assert page.locator(f"{FIGURE} .touched > svg > path").count() > 20
        page.context.unroute(re.compile(r"trials\.\w+\.json"))


def test_it_is_loaded_when_it_is_near(reader):
    with reader.page("en", STEM) as page:
        assert not [url for url, _ in page.loaded if "trials." in url]
        live(page, FIGURE)
        says(page, "every")
        assert [status for url, status in page.loaded if re.search(r"trials\.\w+\.json", url)] == [200]

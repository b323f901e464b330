"""The runs of the races under the hand: model, method, schedule, links, and what is there without a script or a file."""

import re

import pytest

from downhill.execution import trials
from tests.book import ROOT
from tests.browser.pages import DRAWN, live, regime_of, shown, until

STEM, FIGURE = "choosing", "#trials"
SAID = regime_of(FIGURE)
# what of a drawing is in view, each part as (what it is, its look), whatever group it stands in
SEEN = f"""() => [...document.querySelectorAll('{FIGURE} .drawing svg :is(path, text)')]
  .filter((part) => part.getClientRects().length)
  .map((part) => JSON.stringify([part.textContent,
    ...['d', 'x', 'y', 'transform', 'stroke-width', 'stroke-dasharray'].map((name) => part.getAttribute(name)),
    ...['stroke', 'fill', 'fontSize', 'textAnchor', 'strokeLinecap'].map((name) => getComputedStyle(part)[name])])).sort()"""
GROUPS = """() => {
  const {drawn, seen} = document.querySelector('x-trials');
  return drawn[seen].groups.filter(([, group]) => group.getAttribute('display') === 'inline')
    .map(([{method, schedule}, group]) => [method, schedule, group.getAttribute('opacity') === '1']);
}"""
WHOLE = """() => Object.entries(document.querySelector('x-trials').drawn)
  .filter(([, {whole}]) => whole.getAttribute('display') === 'inline').map(([name]) => name)"""
OFFERED = f"""(name) => [...document.querySelectorAll('{FIGURE} [name=' + name + '] option')]
  .filter((option) => !option.disabled).map((option) => option.value)"""
NAMES = f"""() => [...document.querySelectorAll('{FIGURE} .drawing text')]
  .filter((text) => text.getClientRects().length).map((text) => text.textContent)"""
SERIES = {model: race["series"] for model, race in trials.sheet(ROOT)["races"].items()}
HAS = """(wanted) => Object.entries(wanted).every(
  ([name, value]) => document.querySelector('x-trials').values[name] === value)"""
DASH = "–"


def strong(page) -> set[tuple[str, str]]:
    """Return what stands out of what is drawn: method and schedule."""
    return {(method, schedule) for method, schedule, out in page.evaluate(GROUPS) if out}


def having(model: str, **wanted) -> set[tuple[str, str]]:
    """Return method and schedule of a model's series that have what is wanted."""
    return {
        (one["method"], one["schedule"]) for one in SERIES[model] if all(one[key] == value for key, value in wanted.items())
    }


def row(model: str, method: str, schedule: str) -> list[str]:
    """Return what the table is to say of a series."""
    (one,) = [one for one in SERIES[model] if (one["method"], one["schedule"]) == (method, schedule)]
    runs = sum(len(column) - 1 for column in one["search"] + one["fresh"])
    return [f"{one['rate']:g}", str(runs), one["score"]]


def table(page, schedule: str) -> list[str]:
    return shown(page, FIGURE, *(f"{schedule}-{what}" for what in ("rate", "runs", "score")))


def choose(page, **choices: str) -> None:
    for name, value in choices.items():
        page.locator(f"{FIGURE} [name={name}]").select_option(value)
    until(page, "() => !document.querySelector('x-trials').frame")  # that is to come: what was chosen is drawn


def says(page, key: str) -> None:
    until(page, f"() => ({SAID})() === '{key}'")


@pytest.fixture
def page(touched):
    says(touched, "every")  # its runs have come
    return touched


def test_the_still_drawing_is_the_first_live_one_and_stays_without_a_script(page, reader):
    language, scheme, width = page.shown
    page.emulate_media(color_scheme="light")  # without a script there is no other
    until(page, "() => document.documentElement.dataset.mdColorScheme === 'default'")
    seen = page.evaluate(SEEN)
    page.emulate_media(color_scheme=scheme)
    with reader.page(language, STEM, width=width, java_script_enabled=False) as still:
        drawing = still.locator(f"{FIGURE} .drawing > svg")
        assert drawing.is_visible() and not still.locator(f"{FIGURE} select").first.is_visible()
        assert still.evaluate(SEEN) == seen and len(seen) > 40


def test_by_keyboard_another_model_and_one_method(page):
    assert table(page, "cosine")[::2] == [DASH, DASH] and table(page, "linear") == [DASH] * 3
    page.locator(f"{FIGURE} [name=workload]").focus()
    page.keyboard.press("End")  # the last of them
    until(page, "() => document.querySelector('x-trials').seen === 'transformer'")
    page.locator(f"{FIGURE} [name=method]").focus()
    page.keyboard.press("ArrowDown")
    says(page, "some")
    assert table(page, "cosine") == row("transformer", "sgd", "cosine")
    assert strong(page) == {("sgd", "cosine")} and table(page, "constant") == [DASH] * 3
    page.locator(f"{FIGURE} [name=schedule]").focus()
    page.keyboard.press("ArrowDown")  # cosine
    page.keyboard.press("ArrowDown")
    says(page, "kept")
    assert strong(page) == {("sgd", "constant")} and table(page, "constant") == row("transformer", "sgd", "constant")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    until(page, f"() => location.hash === '{FIGURE}:workload=transformer&method=sgd&schedule=constant'")


def test_all_words_of_the_figure_stand_there(page):
    empty = "() => [...document.querySelectorAll('#trials [data-words]')].filter((place) => !place.textContent.trim()).length"
    assert page.evaluate(empty) == 0


def test_one_method_under_four_schedules(page):
    choose(page, method="adamw", schedule="all")
    says(page, "some")
    assert strong(page) == having("mlp", method="adamw") and len(strong(page)) == 4
    assert {(method, schedule) for method, schedule, _ in page.evaluate(GROUPS)} == having("mlp", race=1) | strong(page)
    for schedule in trials.MARKS:
        assert table(page, schedule) == row("mlp", "adamw", schedule)


def test_all_methods_under_one_schedule_before_the_pale_race_and_only_what_is_drawn_is_named(page):
    names = page.evaluate(NAMES)
    choose(page, schedule="wsd")
    says(page, "some")
    assert strong(page) == having("mlp", schedule="wsd") and len(strong(page)) == 4
    assert len(page.evaluate(NAMES)) == len(names) + 1
    choose(page, schedule="all")
    says(page, "kept")
    assert strong(page) == having("mlp") and len(page.evaluate(NAMES)) == len(names) + 2
    assert table(page, "linear")[1] == str(4 * 26)


def test_only_what_was_run_is_offered(page):
    schedules, methods = ["race", "cosine", "constant", "linear", "wsd", "all"], ["all", *trials.LINES]
    assert page.evaluate(OFFERED, "schedule") == schedules and page.evaluate(OFFERED, "method") == methods
    choose(page, method="schedule_free")
    until(page, f"() => ({OFFERED})('schedule').join() === 'race,constant,all'")
    choose(page, method="all", schedule="linear")
    until(page, f"() => ({OFFERED})('method').join() === 'all,momentum,nag,adamw,muon'")
    choose(page, workload="linear", schedule="race")
    until(page, f"() => ({OFFERED})('schedule').join() === 'race,cosine,constant,all'")
    until(page, f"() => ({OFFERED})('method').join() === '{','.join(method for method in methods if method != 'muon')}'")


def test_what_was_chosen_stays_chosen_where_there_is_none(page):
    choose(page, method="muon", schedule="wsd")
    assert table(page, "wsd") == row("mlp", "muon", "wsd")
    choose(page, workload="zipf")
    says(page, "none")
    assert strong(page) == set() and table(page, "wsd") == [DASH] * 3
    assert page.evaluate("() => document.querySelector('x-trials').values.method") == "muon"
    choose(page, workload="mlp")
    says(page, "some")
    assert strong(page) == {("muon", "wsd")}
    page.locator(f"{FIGURE} [data-reset]").click()
    says(page, "every")


def test_of_the_races_that_were_drawn_one_is_in_view(page):
    for workload in ("zipf", "mlp", "zipf"):
        choose(page, workload=workload)
        until(page, f"() => document.querySelector('x-trials').seen === '{workload}'")
        assert page.evaluate(WHOLE) == [workload]


def test_the_links_of_the_prose_set_what_they_say(page):
    links = page.locator("a[data-set^='workload=']")
    states = links.evaluate_all("(links) => links.map((link) => link.dataset.set)")
    assert len(states) >= 10
    for k, state in enumerate(states):
        links.nth(k).evaluate("(element) => element.click()")
        wanted = dict(part.split("=") for part in state.split("&"))
        until(page, "(name) => document.querySelector('x-trials').seen === name", wanted["workload"])
        until(page, HAS, wanted)
        page.evaluate(DRAWN)
        few = {"method": wanted["method"]} if "method" in wanted else {}
        schedule = wanted.get("schedule", "race")
        few |= {"race": 1} if schedule == "race" else {} if schedule == "all" else {"schedule": schedule}
        assert strong(page) == having(wanted["workload"], **few) != set()


def test_its_runs_are_loaded_when_it_is_near_and_without_them_the_still_drawing_stays(reader):
    with reader.page("en", STEM) as page:
        page.context.route(re.compile(r"trials\.\w+\.json"), lambda route: route.fulfill(status=503))
        assert not [url for url, _ in page.loaded if "trials." in url]
        live(page, FIGURE)
        says(page, "failed")
        assert page.locator(f"{FIGURE} .touched > svg path").count() > 20
        page.context.unroute(re.compile(r"trials\.\w+\.json"))
        assert [status for url, status in page.loaded if re.search(r"trials\.\w+\.json", url)] == [503]

"""Opens the chapters in Firefox and in WebKit as a reader does, and says what does not work there.

`python -m bench.web.engines` visits the built site/, writes engines.json, and ends with 1 where something does not work or an
engine is not to be had.
"""

import argparse
import contextlib
import datetime
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench import BenchError, results
from bench.book import CHAPTERS, ROOT
from downhill import LANGUAGES
from downhill.manuscript.book import Book
from tests.server import PREFIX, serve

RESULT = Path(__file__).parent / "engines.json"
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
WORDS = {"en": "momentum", "zh": "动量"}
PAGES = Book(ROOT).pages["en"]
TOUCHED = {stem for stem in CHAPTERS if "/// explorable |" in PAGES[f"{stem}.md"].text}  # with a figure to touch
PROGRAM = "momentum"  # a chapter with programs that a page can run
CONTROL, RIGHT, ESCAPE, ENTER = "\ue009", "\ue014", "\ue00c", "\ue007"  # as WebDriver names keys
PYTHON = 120.0  # seconds that Python may take to come and to run a program

# Functions for the page. Those of faults return a list of sentences.
WHOLE = """async () => {
  document.querySelector('article').classList.add('whole');
  for (const details of document.querySelectorAll('details')) details.open = true;
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
FIGURES = """() => {
  const figures = [...document.querySelectorAll('figure:has(> .drawing)')];
  const large = (mark) => { const {width, height} = mark.getBoundingClientRect(); return width + height > 0; };
  const drawn = (figure) => {
    const svg = figure.querySelector('svg'), {width, height} = svg.getBoundingClientRect();
    return width > 200 && height > 50 && [...svg.querySelectorAll('path, use')].filter(large).length > 3;
  };
  return figures.length ? figures.filter((f) => !drawn(f)).map((f) => `${f.id} is not drawn`) : ['no figure is here'];
}"""
FORMULAS = """() => {
  const size = (math) => math.getBoundingClientRect();
  const named = (math) => `the formula ${(math.parentElement.id || math.dataset.latex).slice(0, 60)}`;
  const all = [...document.querySelectorAll('article math')];
  const seen = (math) => size(math).width > 1 && size(math).height > 4;
  const empty = all.filter((math) => !seen(math)).map((math) => `${named(math)} has no size`);
  const broken = all.filter((math) => math.getAttribute('display') === 'block').filter((math) => {
    const before = size(math).height;
    math.style.whiteSpace = 'nowrap';
    const whole = size(math).height;
    math.style.whiteSpace = '';
    return before > whole + 1;
  }).map((math) => `${named(math)} is broken in lines`);
  const font = [...document.fonts].some((face) => /math/i.test(face.family) && face.status === 'loaded');
  return [...empty, ...broken, ...(all.length ? [] : ['no formula is here']), ...(font ? [] : ['the font of formulas is not'])];
}"""
WIDTH = """() => document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []"""
ELEMENT = "document.querySelector('[data-module]')"
NEAR = f"() => {ELEMENT}.scrollIntoView({{block: 'center'}})"
LIVE = f"() => Boolean({ELEMENT}.values)"
FOCUS = f"() => {ELEMENT}.querySelector('input[type=range]:enabled').focus()"
SHOWN = f"""() => [
  [...{ELEMENT}.querySelectorAll('output')].map((output) => output.textContent).join(' '),
  ({ELEMENT}.closest('figure') ?? {ELEMENT}).querySelector('svg').outerHTML]"""
LINK = """async () => {
  const link = document.querySelector('article p a.term');
  link.scrollIntoView({block: 'center'});
  await new Promise((done) => setTimeout(done, 300)); // a scroll hides what is shown
  const {x, y, width, height} = link.getClientRects()[0];
  return [x + width / 2, y + height / 2];
}"""
PREVIEW = """() => document.querySelector('#preview:popover-open')?.textContent.trim().length > 20"""
TYPE = """(words) => {
  const input = document.querySelector('#search[open] input');
  input.value = words;
  input.dispatchEvent(new Event('input', {bubbles: true}));
}"""
ASKED = "() => document.activeElement === document.querySelector('#search[open] input') && Boolean(globalThis.downhillIndex)"
FOUND = "() => [...document.querySelectorAll('#search [role=option]')].map((option) => option.textContent)"
TWIN = """() => {
  const {x, y, width, height} = document.querySelector('[data-twin]').getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""
EDIT = """async () => {
  const button = document.querySelector('[data-run] > .run');
  button?.scrollIntoView({block: 'center'});
  await new Promise((done) => setTimeout(done, 300));
  if (!button) return null;
  const {x, y, width, height} = button.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""
TYPED = "() => document.activeElement.matches('.editor textarea') && document.activeElement.value.includes('#\\n')"
LEFT = "() => [...document.querySelectorAll('.editor .shown > *, .editor .shown svg path')].length"
FAILS = "() => document.querySelector('.editor .error')?.textContent ?? ''"
PLACE = "() => [document.documentElement.lang, location.pathname, location.hash, document.readyState]"


class Engine:
    """What a visit asks of a browser; bench/web/drivers.py says how Firefox and WebKit do it."""

    version: str
    patience = 15.0  # seconds

    def open(self, url: str, width: int, height: int) -> None:
        """Open a page in a window of a size, or the nearest that there is."""
        raise NotImplementedError

    def call(self, function: str, *given):
        """Call a JavaScript function in the page; return what it returns, or promises."""
        raise NotImplementedError

    def act(self, device: dict) -> None:
        """Do what one device does, in WebDriver's words."""
        raise NotImplementedError

    def errors(self) -> list[str]:
        """Return what the console has said of errors since it was asked before."""
        raise NotImplementedError

    def press(self, *keys: str) -> None:
        """Press keys together, and let them go."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.act({"type": "key", "id": "keys", "actions": down + up})

    def point(self, place: tuple[float, float], click: bool = False) -> None:
        """Move the pointer to a place in the window, and press it if asked to."""
        moved = {"type": "pointerMove", "x": round(place[0]), "y": round(place[1])}
        presses = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")] if click else []
        self.act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [moved, *presses]})

    def tap(self, place: tuple[float, float]) -> None:
        """Touch a place in the window with a finger."""
        moved = {"type": "pointerMove", "x": round(place[0]), "y": round(place[1])}
        touches = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self.act({"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": [moved, *touches]})

    def until(self, function: str, *given, patience: float = 0):
        """Return what a function returns, once that is true; false if it never is."""
        value, end = None, time.monotonic() + (patience or self.patience)
        while not value and time.monotonic() < end:
            time.sleep(0.05)
            with contextlib.suppress(BenchError):  # a page that is just left has no answer
                value = self.call(function, *given)
        return value


def visit(engine: Engine, server, language: str, stem: str, size: str) -> list[str]:
    """Read a chapter as a reader does; return what does not work."""
    asked = len(server.asked)
    engine.open(f"{server.address}{language}/{stem}/", *SIZES[size])
    engine.call(WHOLE)
    faults = [fault for seen in (FIGURES, FORMULAS, WIDTH) for fault in engine.call(seen)]
    faults += touched(engine) if stem in TOUCHED else []
    faults += previewed(engine) + searched(engine, language) + switched(engine, language)
    faults += [f"console: {error}" for error in engine.errors()]
    files = {urlsplit(path).path.removeprefix(f"{PREFIX}/") for path in server.asked[asked:]}
    return faults + sorted(f"{file} is missing" for file in files if not (server.site / file).exists())


def touched(engine: Engine) -> list[str]:
    """Move the first slider of a figure to touch by its keys."""
    engine.call(NEAR)
    if not engine.until(LIVE):
        return ["the figure to touch does not come to life"]
    engine.call(NEAR)
    before = engine.call(SHOWN)
    engine.call(FOCUS)
    for _ in range(3):
        engine.press(RIGHT)
    changed = f"(before) => ({SHOWN})().every((now, i) => now !== before[i])"
    return [] if engine.until(changed, before) else ["keys on a slider do not change numbers and drawing"]


def previewed(engine: Engine) -> list[str]:
    """Rest with the pointer on a term."""
    engine.point((2, 2))
    engine.point(engine.call(LINK))
    shown = engine.until(PREVIEW)
    engine.press(ESCAPE)
    return [] if shown else ["a term has no preview"]


def searched(engine: Engine, language: str) -> list[str]:
    """Open the search by its keys, and look for a word."""
    engine.press(CONTROL, "k")
    if not engine.until(ASKED):
        return ["Ctrl+K does not open the search"]
    engine.call(TYPE, WORDS[language])
    found = engine.until(FOUND)
    engine.press(ESCAPE)
    return [] if found and WORDS[language] in found[0].casefold() else [f"the search does not find {WORDS[language]}"]


def switched(engine: Engine, language: str) -> list[str]:
    """Go to the other language: the figure that was touched is as it was."""
    twin = next(other for other in LANGUAGES if other != language)
    _, path, state, _ = engine.call(PLACE)
    engine.point(engine.call(TWIN), click=True)
    there = f"(path) => {{ const [, now, , ready] = ({PLACE})(); return now === path && ready === 'complete'; }}"
    if not engine.until(there, path.replace(f"/{language}/", f"/{twin}/")):
        return ["the other language does not open"]
    lang, _, hash_, _ = engine.call(PLACE)
    return [] if (lang, hash_) == (twin, state) else ["the other language forgets what was touched"]


def edited(engine: Engine, server, language: str, size: str) -> list[str]:
    """Open a program to be edited, by a finger on a phone, write a line into it by keys, and run it."""
    engine.open(f"{server.address}{language}/{PROGRAM}/", *SIZES[size])
    if not (place := engine.until(EDIT)):
        return ["no program can be run: Python for the pages is not in the site"]
    if size == "phone":
        engine.tap(place)
    else:
        engine.point(place, click=True)
    if not engine.until("() => Boolean(document.querySelector('.editor textarea'))"):
        return ["a program does not open"]
    for key in ("#", ENTER):
        engine.press(key)
    if not engine.until(TYPED):
        return ["keys do not write into a program"]
    engine.press(CONTROL, ENTER)
    if not engine.until(LEFT, patience=PYTHON):
        return ["a program leaves nothing"]
    wrong = engine.call(FAILS)
    return ([f"a program fails: {wrong}"] if wrong else []) + [f"console: {error}" for error in engine.errors()]


def visited(engine: Engine, server) -> dict:
    """Visit every chapter in both languages and at both sizes; return how many visits that were, and what does not work."""
    faults, visits = [], 0
    for language in LANGUAGES:
        for stem in CHAPTERS:
            for size in SIZES:
                name, found = f"{language}/{stem}, {size}", visit(engine, server, language, stem, size)
                print(f"  {name}: {'; '.join(found) or 'all works'}", flush=True)
                faults += [f"{name}: {fault}" for fault in found]
                visits += 1
        for size in SIZES:
            name, found = f"{language}/{PROGRAM}, {size}, a program", edited(engine, server, language, size)
            print(f"  {name}: {'; '.join(found) or 'works'}", flush=True)
            faults += [f"{name}: {fault}" for fault in found]
    return {"version": engine.version, "visits": visits, "faults": faults}


def markdown(result: dict) -> str:
    """Return the last run in a sentence, and what did not work in it."""
    engines = result["engines"]
    names = " and ".join(f"{name} {engine['version']}" for name, engine in engines.items())
    visits = sum(engine["visits"] for engine in engines.values())
    faults = "\n".join(broken(result))
    verdict = f"this did not work:\n\n```text\n{faults}\n```" if faults else "everything worked."
    return f"On {result['date']}, in {visits} visits by {names}, {verdict}"


def broken(result: dict) -> list[str]:
    """Return what does not work, a line each."""
    return [f"{name}, {fault}" for name, engine in result["engines"].items() for fault in engine["faults"]]


def measured() -> dict:
    """Visit the built site with every engine; BenchError if one cannot be had."""
    from bench.web import drivers  # they need selenium, which this module's functions do not

    drivers.need(*drivers.PACKAGES)
    if not (site := ROOT / "site").is_dir():
        raise BenchError("there is no site/ to visit: make build")
    result: dict = {"date": datetime.date.today().isoformat(), "engines": {}}
    with serve(site) as server:
        for name, start in drivers.ENGINES.items():
            with start() as engine:
                print(f"{name} {engine.version}", flush=True)
                result["engines"][name] = visited(engine, server)
    return result


def main() -> int:
    """Do what the command line says; return 0 only if everything works in every engine."""
    top = argparse.ArgumentParser(prog="python -m bench.web.engines", description=__doc__.splitlines()[0])
    top.add_argument("--markdown", action="store_true", help="visit nothing: print what the last run found")
    try:
        if top.parse_args().markdown:
            print(markdown(json.loads(RESULT.read_text(encoding="utf-8"))))
            return 0
        result = measured()
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    results.write("engines", RESULT.parent, result)
    print("\n".join(broken(result)) or "everything works")
    return 1 if broken(result) else 0


if __name__ == "__main__":
    sys.exit(main())

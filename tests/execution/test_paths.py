"""What a drawing is in few characters is the same drawing."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downhill.execution import paths

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
CIRCLE = (
    "M 0 3 C 0.8 3 1.56 2.68 2.12 2.12 C 2.68 1.56 3 0.8 3 0 C 3 -0.8 2.68 -1.56 2.12 -2.12 C 1.56 -2.68 0.8 -3 0 -3 "
    "C -0.8 -3 -1.56 -2.68 -2.12 -2.12 C -2.68 -1.56 -3 -0.8 -3 0 C -3 0.8 -2.68 1.56 -2.12 2.12 C -1.56 2.68 -0.8 3 0 3 z"
)
RED = 'fill="var(--fig-1)" stroke="var(--fig-1)"'
number = st.integers(-40_000, 40_000).map(lambda hundredths: hundredths / 100)
part = st.sampled_from("LCQz").flatmap(
    lambda letter: st.tuples(st.just(letter), st.lists(number, min_size=paths.COUNTS[letter], max_size=paths.COUNTS[letter]))
)
line = st.tuples(st.lists(number, min_size=2, max_size=2), st.lists(part, max_size=30)).map(lambda p: [("M", p[0]), *p[1]])


STEPS = {"M": 2, "m": 2, "l": 2, "c": 6, "q": 4, "h": 1, "v": 1}


def points(text: str) -> list[tuple[float, float]]:
    """Return where each part of a relative path ends, as a browser reads it."""
    found, start = [(0.0, 0.0)], (0.0, 0.0)
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", text):
        if letter == "z":
            found.append(start)
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        for place in range(0, len(numbers), STEPS.get(letter, 1)):
            last, (x, y) = numbers[place : place + STEPS[letter]], found[-1]
            across, down = {"h": (last[0], 0), "v": (0, last[0])}.get(letter, last[-2:])
            found.append((across, down) if letter == "M" else (x + across, y + down))
        start = found[-1] if letter in "Mm" else start
    return found[1:]


@given(st.lists(line, min_size=1, max_size=3))
def test_relative_numbers_lead_to_the_same_points(lines):
    whole, wanted, start = [part for one in lines for part in one], [], (0, 0)
    for letter, numbers in whole:
        start = tuple(numbers) if letter == "M" else start
        wanted.append(start if letter == "z" else tuple(numbers[-2:]))
    near = 0.051 if len(whole) > paths.LONG * len(lines) else 1e-6
    for found, meant in zip(points(paths.write(whole)), wanted, strict=True):
        assert found == pytest.approx(meant, abs=near)


def shortened(inside: str) -> str:
    paths.shorten(root := ET.fromstring(SVG.format(inside)), "currentColor")
    return re.sub(r' ?xmlns:?\w*="[^"]*"|\w+:(?=\w+[ />])', "", ET.tostring(root, encoding="unicode"))


def marks(style: str, shape: str = CIRCLE) -> str:
    return (
        f'<defs><path id="m" d="{shape}" stroke="var(--fig-1)" /></defs>'
        f'<g clip-path="url(#p)" {style}><use x="10" y="20" href="#m" /><use x="30.5" y="20" href="#m" /></g>'
    )


def test_equal_marks_of_one_colour_are_one_path():
    dots = shortened(marks(RED))
    assert 'd="M10 20h.01m20.49 0h.01"' in dots and 'stroke-width="7"' in dots and 'stroke-linecap="round"' in dots
    assert 'clip-path="url(#p)"' in dots and "<use" not in dots and "<defs" not in dots
    squares = shortened(marks(RED, "M -2 -2 L 2 -2 L 2 2 L -2 2 z"))
    assert 'd="M8 18h4v4h-4zm20.5 0h4v4h-4z"' in squares and 'fill="var(--fig-1)"' in squares


@pytest.mark.parametrize("style", [f'{RED} fill-opacity="0.5"', 'fill="var(--md-default-bg-color)"', f'{RED} opacity="0.3"'])
def test_marks_that_overlap_otherwise_stay_apart(style):
    assert shortened(marks(style)).count("<use") == 2


def test_lines_of_a_grid_and_ticks_are_one_path_each_and_what_crosses_them_stays_between():
    grid = '<path d="M {} 0 L {} 9" fill="none" stroke="var(--fig-grid)" />'
    curve = '<path d="M 0 0 L 9 9 L 10 0" fill="none" stroke="var(--fig-1)" />'
    tick = '<use x="{}" y="9" href="#t" stroke="currentColor" />'
    ticks = '<defs><path id="t" d="M 0 0 L 0 3.5" /></defs>' + tick.format(1) + "<text>1</text>" + tick.format(2)
    made = shortened(grid.format(1, 1) + ticks + grid.format(2, 2) + curve + grid.format(3, 3))
    assert re.findall(' d="(.*?)"', made) == ["M1 0v9m1-9v9", "M1 9v3.5m1-3.5v3.5", "M0 0l9 9 1-9", "M3 0v9"]


def test_signs_of_a_formula_that_look_alike_are_said_once():
    sign = '<tspan x="{}" y="1" font-size="{}">{}</tspan>'
    made = shortened(f"<text>{sign.format(0, 10, '0')}{sign.format(7, 10, '.')}{sign.format(9, 8, '2')}</text>")
    assert made.count("<tspan") == 2 and 'x="0 7"' in made and ">0.<" in made

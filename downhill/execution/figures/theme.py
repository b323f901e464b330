"""The colours of figures: those that matplotlib paints with stand for variables of the page, which has them light and dark."""

import matplotlib
from matplotlib import colors

from downhill.execution.figures.fault import FigureError

# the colours of matplotlibrc, and the neutral ones that snippets may name, as variables of docs/theme/assets/book.css
VARIABLES = {
    "#101112": "currentColor",
    "#000000": "currentColor",
    "#808080": "var(--fig-mid)",
    "#d8d9da": "var(--fig-grid)",
    "#ffffff": "var(--md-default-bg-color)",
    "#0b5fa5": "var(--fig-1)",
    "#b5450b": "var(--fig-2)",
    "#1b7347": "var(--fig-3)",
    "#8a3a9c": "var(--fig-4)",
    "#8a6a00": "var(--fig-5)",
    "#a11d4e": "var(--fig-6)",
}
COLOUR_MAP = "cividis"  # as matplotlibrc says; its colours stand for as many variables as there are shades
SHADES = 16
MAPS = ("viridis", "plasma", "inferno", "magma", "turbo", "jet", "coolwarm", "gray", "Blues")  # that are often written
ALLOWED = 'C0 to C5, "0.5", "k", "w", or leave the colour map out'


def _entries(name: str) -> list[str]:
    colour_map = matplotlib.colormaps[name]
    return [colors.to_hex(colour_map(place)) for place in range(colour_map.N)]


SHADE = {colour: f"var(--fig-shade-{place * SHADES // 256})" for place, colour in enumerate(_entries(COLOUR_MAP))}


def on_page(colour: str) -> str:
    """Return what a colour of a drawing, `#rrggbb` or `none`, is on a page; FigureError names one that no theme has."""
    if colour == "none":
        return colour
    if variable := VARIABLES.get(colour) or SHADE.get(colour):
        return variable
    names, maps = _names(colour), [name for name in MAPS if colour in _entries(name)]
    said = [f"{name} ({colour})" for name in names] + [f"{colour}, of the colour map {name}," for name in maps] + [colour]
    raise FigureError(
        f"the colour {said[0]} is none of the book's, which follow light and dark pages; use {ALLOWED}", *names, *maps, colour
    )


def _names(colour: str) -> list[str]:
    """Return the names under which matplotlib knows a colour."""
    tables = (colors.TABLEAU_COLORS, colors.CSS4_COLORS, colors.BASE_COLORS)
    names = [name for table in tables for name in table if colors.to_hex(table[name]) == colour]
    if colour[1:3] == colour[3:5] == colour[5:]:
        names += [f"{int(colour[1:3], 16) / 255:.{digits}f}".rstrip("0") for digits in (1, 2)]
    return names

"""Figures to touch: `/// explorable | stem` fills the structure of one (docs/theme/explorables) with the words of its list.

With `figure: fig-id` it goes into that figure, above the caption; with `id: name` it stands for itself, on a stage of its own,
between a figure above it and that figure's program. A link to `#fig-id:lr=0.1` becomes one to the figure, and tells the setting
apart: without a script it leads there all the same.
"""

import logging
import xml.etree.ElementTree as ET
from pathlib import Path

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from downhill.execution import digits, trials
from downhill.manuscript import explorables

log = logging.getLogger("mkdocs.downhill")


class Explorable(Block):
    """A figure to touch, with its words in their places; formulas and emphasis in them are still to be read."""

    NAME, ARGUMENT, OPTIONS = "explorable", True, {"figure": ["", type_string], "id": ["", type_string]}

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "div")

    def on_end(self, block: ET.Element) -> None:
        items = [item.text or "" for item in block.iter("li")]
        said = dict(map(explorables.words, items))
        made = explorables.structure(self.md.explorables, self.argument)
        for number, fault in explorables.misfits(self.argument, items, explorables.places(made)):
            where = f"/// explorable | {self.argument}" if number is None else items[number].partition(": ")[0]
            log.warning("%s: %s", where, fault)  # a strict build fails at it
        for place in made.iter():
            if key := place.get("data-words"):
                place.text = said.get(key)
            if "data-size" in place.attrib:  # of what a press loads
                place.text = f"{len(digits.packed(self.md.explorables)) / 1e6:.2f} MB"
            if "data-still" in place.attrib:  # what is drawn of frozen runs, and stays without a script
                first = made.find(".//option[@selected]").get("value")
                trials.still(place, trials.sheet(self.md.explorables), first, said)
        block.clear()
        block.tag = made.tag
        block.attrib |= {"class": "explorable", "data-search-exclude": ""}
        block.attrib["data-module"] = f"explorables/{self.argument}.js"
        block.attrib |= {name: value for name in ("figure", "id") if (value := self.options.get(name, ""))}
        other = "data-room" if self.options["id"] else "data-stage"  # what only the other way to stand needs
        block.extend([part for part in made if other not in part.attrib])


class ExplorableExtension(BlocksExtension):
    """Python-Markdown extension. Option `root`: where the book stands."""

    def __init__(self, **options):
        self.config = {"root": [".", "The folder in which docs/ stands."]}
        super().__init__(**options)

    def extendMarkdownBlocks(self, md: Markdown, blocks) -> None:
        md.explorables = Path(self.getConfig("root"))
        blocks.register(Explorable, {})
        md.treeprocessors.register(Placing(md), "downhill-explorable", 14)  # when figures are made, after links are


class Placing(Treeprocessor):
    """Puts figures to touch into their figures, and takes settings out of the addresses of links."""

    def run(self, root: ET.Element) -> None:
        figures = {figure.get("id"): figure for figure in root.iter("figure")}
        for parent in list(root.iter()):
            for element in [child for child in parent if child.get("data-module")]:
                figure, index = figures.get(element.attrib.pop("figure", "")), list(parent).index(element)
                if figure is not None:
                    parent.remove(element)
                    rooms = element.findall("*[@data-room]")  # beside the controls, which so stay where they are
                    for part in (*rooms, element):
                        figure.insert(list(figure).index(figure.find("figcaption")), part)
                    for room in rooms:
                        element.remove(room)
                elif index and parent[index - 1].get("class") == "program":  # that of the figure above it
                    parent[index - 1 : index + 1] = [element, parent[index - 1]]
        for link in root.iter("a"):
            if match := explorables.SETTING.match(link.get("href", "")):
                link.set("href", match["place"])
                link.set("data-set", match["state"])


def makeExtension(**options) -> ExplorableExtension:
    return ExplorableExtension(**options)

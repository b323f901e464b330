"""The strings of a snippet that its figures show: where they stand, which hold words, where a drawn text comes from."""

import ast
import re

from downhill.manuscript import invisible

# the positions at which calls take what is drawn
CALLS = {
    **dict.fromkeys(("title", "xlabel", "ylabel", "zlabel", "suptitle", "supxlabel", "supylabel"), (0,)),
    **dict.fromkeys(("set_title", "set_xlabel", "set_ylabel", "set_zlabel", "set_label", "set_label_text"), (0,)),
    **dict.fromkeys(("set_xticklabels", "set_yticklabels", "set_ticklabels", "set_text"), (0,)),
    **dict.fromkeys(("annotate", "AnchoredText", "TextArea", "FixedFormatter"), (0,)),
    **dict.fromkeys(("xticks", "yticks", "set_xticks", "set_yticks", "set_ticks", "bar_label", "pie_label"), (1,)),
    **dict.fromkeys(("text", "figtext"), (2,)),
    "legend": (0, 1),
    **dict.fromkeys(("set_thetagrids", "thetagrids", "set_rgrids", "rgrids"), (1,)),
    "quiverkey": (4,),
}
CATEGORIES = {"bar", "barh", "plot", "scatter", "stem", "step", "errorbar"}  # their first argument may be a list of words
KEYWORDS = {"label", "labels", "title", "xlabel", "ylabel", "zlabel", "suptitle", "supxlabel", "supylabel", "text"}
KEYWORDS |= {"tick_labels", "xticklabels", "yticklabels", "cellText", "rowLabels", "colLabels"}
SHORT = {  # keywords that are texts in one call only
    **dict.fromkeys(("text", "figtext", "AnchoredText", "TextArea", "set_text"), "s"),
    **dict.fromkeys(("suptitle", "supxlabel", "supylabel"), "t"),
}
TRANSLATED = (
    "translated are string literals, alone or in a list, as label=, labels=, title=, xlabel=, ylabel=, tick_labels= and "
    "the like, or in text, annotate, legend, suptitle, set_title, set_xticks, xticks, bar and the like"
)
NUMBER = re.compile(r"\d(?:[eE][-−+]?\d+)?(?:\s?[yzafpnµμmkKMGTPEZYRQrq]?(?:Hz|[sBmgWJVAKN])?)?(?!\w)")
SLOTS = (r"\{[^}]*\}", r"%[-+ #0]*[\d.*]*[a-zA-Z%]")  # of str.format, and of %
SPACES = re.compile(r"^ | $|  ", re.MULTILINE)
SET_AS_TEXT = re.compile(r"\\text\w*\s*\{([^}]*)\}")
COMMAND = re.compile(r"\\[A-Za-z]+")
SYMBOL = re.compile("[A-Za-zÀ-ɏͰ-Ͽἀ-῿℀-⅏\U0001d400-\U0001d7ff]")  # Latin, Greek, and what mathematics has made of them
# four letters in a row are no product, whatever the font; these, and capitals, stand in formulas of both languages
OPERATORS = {"argmax", "argmin", "clip", "diag", "dist", "erfc", "median", "prox", "rank", "relu", "sign", "softmax", "span"}


def without_mathematics(text: str) -> str:
    """Return a figure's text without its `$…$`, by matplotlib's rules: dollars count in pairs, and `\\$` is none."""
    if re.sub(r"\\\$", "", text).count("$") % 2:
        return text
    return re.sub(r"(?<!\\)\$.*?(?<!\\)\$", "", text, flags=re.DOTALL)


def mathematics(text: str) -> bool:
    """Return whether a figure's text holds `$…$`."""
    return without_mathematics(text) != text


def has_words(text: str) -> bool:
    """Return whether a figure's text needs a translator: letters that are no number's exponent or unit, nor a formula's."""
    said = without_mathematics(text) + " ".join(_said_in_mathematics(text) if mathematics(text) else ())
    return any(c.isalpha() for c in NUMBER.sub("", said))


def _said_in_mathematics(text: str) -> list[str]:
    """Return the words of formulas: what is set as text, what has the length of a word, and what is no letter of a formula."""
    symbols = COMMAND.sub(" ", SET_AS_TEXT.sub(" ", text))
    long = [run for run in re.findall(r"[A-Za-zÀ-ɏ]{4,}", symbols) if run.lower() not in OPERATORS and not run.isupper()]
    return SET_AS_TEXT.findall(text) + long + [sign for sign in symbols if sign.isalpha() and not SYMBOL.match(sign)]


def fault(text: str) -> str | None:
    """Return what is wrong with a text that is to be drawn, whatever the catalogue says; None if nothing is."""
    if has_words(text) and mathematics(text):
        return f"the label “{text}” mixes words and mathematics; a label is one or the other"
    if sign := invisible.found(text):
        return f"the text {text!a} on the figure holds {sign}; leave it out"
    if text.strip() and SPACES.search(without_mathematics(text)):
        return f"“{text}” on the figure has spaces at an end or in a row, of which a page shows one or none; leave them out"
    return None


def put_together(text: str) -> str:
    """Return the sentence that refuses words which a program puts together."""
    return (
        f"the words “{text}” on the figure are put together by the program, so they cannot be translated; "
        "write them as one string literal, or as symbols, and what changes in the caption"
    )


def name_of(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _leaves(node: ast.expr):
    """Yield the expressions of which one is drawn: members of lists, both branches of a condition."""
    if isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _leaves(element)
    elif isinstance(node, ast.IfExp):
        yield from _leaves(node.body)
        yield from _leaves(node.orelse)
    elif isinstance(node, ast.ListComp | ast.GeneratorExp):
        yield from _leaves(node.elt)
    else:
        yield node


def drawn(call: ast.Call):
    """Yield every expression in a call that is drawn as a text, if it is a string."""
    name = name_of(call)
    values = [k.value for k in call.keywords if k.arg in KEYWORDS or k.arg == SHORT.get(name, "")]
    values += [call.args[place] for place in CALLS.get(name, ()) if place < len(call.args)]
    for value in values:
        yield from _leaves(value)
    yield from categories(call)


def categories(call: ast.Call):
    """Yield the strings that a call takes as places on an axis, and that stand at its ticks."""
    if name_of(call) in CATEGORIES and call.args and isinstance(call.args[0], ast.List | ast.Tuple):
        yield from _leaves(call.args[0])


def marking(call: ast.Call):
    """Yield the formulas in a call that are drawn as markers."""
    places = [k.value for k in call.keywords if k.arg == "marker"] + (call.args[:1] if name_of(call) == "MarkerStyle" else [])
    for place in places:
        yield from (leaf for leaf in _leaves(place) if is_text(leaf) and mathematics(leaf.value))


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def literals(call: ast.Call):
    """Yield the strings written in a call that a translator puts into another language."""
    left_out = {k.value for k in call.keywords if k.arg == "label" and is_text(k.value) and k.value.value.startswith("_")}
    for node in drawn(call):  # but for a label=`_…`, which no legend shows
        if is_text(node) and has_words(node.value) and not fault(node.value) and node not in left_out:
            yield node


def pieces(node: ast.expr) -> list[str] | None:
    """Return the constant parts of a text that a program puts together; None for any other expression."""
    if isinstance(node, ast.JoinedStr):
        return [part.value if isinstance(part, ast.Constant) else "" for part in node.values]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and is_text(node.left):
        return re.split(SLOTS[1], node.left.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = (pieces(side) or ([side.value] if is_text(side) else [""]) for side in (node.left, node.right))
        return left + right if any(left + right) else None
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format" and is_text(node.func.value):
        return re.split(SLOTS[0], node.func.value.value)
    return None


def line_of(source: str, *said: str) -> int | None:
    """Return the line of a snippet at which a text is written or put together, or a call so named; None if none is found."""
    nodes = list(ast.walk(ast.parse(source)))
    for text in said:
        for node in nodes:
            if is_text(node) and node.value == text or isinstance(node, ast.Call) and text in _names(node):
                return node.lineno
        if line := composition(source, text):
            return line
    return None


def line_of_only(source: str, *names: str) -> int | None:
    """Return the line of the one call of a snippet that has one of these names; None where there are more, or none."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and name_of(node) in names]
    return calls[0].lineno if len(calls) == 1 else None


def line_with(source: str, part: str) -> int | None:
    """Return the line of a snippet at which a string holds a text; None where none does."""
    return next((n.lineno for n in ast.walk(ast.parse(source)) if is_text(n) and part in n.value), None)


def _names(call: ast.Call) -> set[str]:
    return {name_of(call), *(keyword.arg for keyword in call.keywords)}


def composition(source: str, text: str) -> int | None:
    """Return the line at which a snippet puts a text together from pieces; None where it does not."""
    for node in ast.walk(ast.parse(source)):
        parts = pieces(node) if isinstance(node, ast.expr) else None
        if parts is None and is_text(node):  # a formatter's, perhaps
            parts = next((parts for slot in SLOTS if len(parts := re.split(slot, node.value)) > 1), None)
        if parts and has_words("0".join(parts)) and re.fullmatch(".*".join(map(re.escape, parts)), text, re.DOTALL):
            return node.lineno
    return None

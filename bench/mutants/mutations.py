"""The mutants of a snippet: cosmic-ray's operators on the parts that decide a number, and two operators of our own."""

from collections.abc import Collection
from dataclasses import dataclass

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.number_replacer import NumberReplacer
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider
from parso.python.tree import Number, PythonNode

KINDS = {  # the kind of mistake, and the cosmic-ray operators that make it
    "sign": "BinaryOperator_Add_Sub BinaryOperator_Sub_Add UnaryOperator_Delete_USub",
    "factor": "BinaryOperator_Div_Mul BinaryOperator_FloorDiv_Mul BinaryOperator_Mod_FloorDiv",
    "branch": "AddNot TrueWithFalse FalseWithTrue AndWithOr OrWithAnd ZeroIterationForLoop"
    " ComparisonOperator_Lt_GtE ComparisonOperator_GtE_Lt ComparisonOperator_Gt_LtE ComparisonOperator_LtE_Gt"
    " ComparisonOperator_Lt_LtE ComparisonOperator_GtE_Gt ComparisonOperator_Gt_GtE ComparisonOperator_LtE_Lt"
    " ComparisonOperator_Eq_NotEq ComparisonOperator_NotEq_Eq",
}
LARGE = 10  # a larger whole number is scaled, as a fraction is; a smaller one is made one more, and one less
SCALE = 0.8
LOOKS = {"set", "subplots", "legend", "text", "annotate", "add_patch", "Rectangle"}  # calls that place and style
STYLE = {"color", "colors", "linewidth", "linewidths", "linestyle", "marker", "markersize", "markevery", "alpha"}


class ScaledNumber(Operator):
    """Takes four fifths of a number; NumberReplacer's one more and one less say little about 0.01 or 10,000."""

    def mutation_positions(self, node):
        if isinstance(node, Number) and not small(node):
            yield (node.start_pos, node.end_pos)

    def mutate(self, node, index):
        value = eval(node.value) * SCALE
        text = str(max(int(value), 1)) if isinstance(eval(node.value), int) else f"{value:.6g}"
        return Number(node.prefix + text, node.start_pos)

    @classmethod
    def examples(cls):
        return ()


class SmallNumber(NumberReplacer):
    """One more and one less, for small whole numbers alone."""

    def mutation_positions(self, node):
        if isinstance(node, Number) and small(node):
            yield from super().mutation_positions(node)

    def mutate(self, node, index):
        return Number(node.prefix + super().mutate(node, index).value.strip(), node.start_pos)


class LostFactor(Operator):
    """Leaves out one factor, one divisor, or one exponent."""

    def mutation_positions(self, node):
        for at in self.lost(node):
            yield (node.children[at[0]].start_pos, node.children[at[-1]].end_pos)

    def mutate(self, node, index):
        at = list(self.lost(node))[index]
        left = [child for i, child in enumerate(node.children) if i not in at]
        return PythonNode(node.type, left)

    def lost(self, node):
        """Yield the places of the children that go together: an operator and what stands at one side of it."""
        if not isinstance(node, PythonNode) or node.type not in ("term", "power"):
            return
        signs = [i for i, child in enumerate(node.children) if getattr(child, "value", "") in ("*", "/", "//", "**", "%")]
        yield from ((i, i + 1) for i in signs)
        if signs and signs[0] == 1 and node.children[1].value == "*":
            yield (0, 1)

    @classmethod
    def examples(cls):
        return ()


@dataclass(frozen=True)
class Mutant:
    """A snippet with one change, and where it is; `key` stays the same while the line does."""

    snippet: str
    kind: str
    function: str  # "" for the module's own code
    line: int
    before: str
    after: str
    source: str
    number: int = 1  # which of the same change to the same line

    @property
    def key(self) -> str:
        again = f" #{self.number}" if self.number > 1 else ""
        return f"{self.before} → {self.after}{again}"


def small(node: Number) -> bool:
    value = eval(node.value)
    return value == 0 or (isinstance(value, int) and value < LARGE)


def operators() -> list[tuple[str, Operator]]:
    """Return the operators that are used, each with the kind of mistake that it makes."""
    provider = OperatorProvider()
    known = {name.replace("Replace", ""): provider[name] for name in provider}
    found = [(kind, known[name]()) for kind, names in KINDS.items() for name in names.split()]
    return [*found, ("factor", LostFactor()), ("constant", ScaledNumber()), ("constant", SmallNumber())]


def of(snippet: str, source: str, only: Collection[str] = ()) -> list[Mutant]:
    """Return all mutants of a snippet, in a fixed order; those alone whose lines differ and that compile.

    Where some lines are given as `only`, all that change such a line are made, and few of the others.
    """
    tree, found, seen = get_ast(source), [], {source}
    lines, nodes = source.splitlines(), list(ast_nodes(tree))
    for kind, operator in operators():
        places = [node for node in nodes for _ in operator.mutation_positions(node)]
        for occurrence, node in enumerate(places):
            stands = {line.strip() for line in lines[node.start_pos[0] - 1 : node.end_pos[0]]}
            passed = about_looks(node) or only and stands.isdisjoint(only)
            mutated = None if passed else mutate_code(source, operator, occurrence)
            if mutated is None or mutated in seen or not compiles(mutated):
                continue
            seen.add(mutated)
            changed = mutated.splitlines()
            at = next(i for i, line in enumerate(changed) if line != lines[i])
            before, after = lines[at].strip(), changed[at].strip()
            same = sum((m.before, m.after) == (before, after) for m in found)
            found.append(Mutant(snippet, kind, enclosing(node), at + 1, before, after, mutated, same + 1))
    return sorted(found, key=lambda mutant: (mutant.line, mutant.key))


def compiles(source: str) -> bool:
    try:
        compile(source, "snippet", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def enclosing(node) -> str:
    """Return the name of the function of the module in which a node stands, or ""."""
    name = ""
    while node is not None:
        name = node.name.value if node.type == "funcdef" else name
        node = node.parent
    return name


def about_looks(node) -> bool:
    """Return whether a node stands in what decides how a figure looks, and not what it shows."""
    while node is not None:
        if node.type == "argument" and node.children[0].type == "name" and node.children[0].value in STYLE:
            return True
        if node.type == "trailer" and (before := node.get_previous_sibling()) is not None:
            called = before.children[-1] if before.type == "trailer" else before
            if node.children[0].value == "(" and getattr(called, "value", "") in LOOKS:
                return True
        node = node.parent
    return False

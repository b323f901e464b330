"""What mutants.json says: a table by chapter, and the mutants that nobody notices, each with its reason."""

import tomllib
from collections import defaultdict
from pathlib import Path

HEAD = ("", "mutants", "do not run", "change a page", "doctests notice", "with the record", "in functions", "doctests notice")
TAUGHT = ("sign", "factor", "constant", "branch")


def reasons() -> dict[str, dict[str, str]]:
    """Return why a mutant may survive, as `{snippet: {key of the mutant: reason}}`."""
    found = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))
    return {name: {key: reason for reason, keys in groups.items() for key in keys} for name, groups in found.items()}


def line(mutant, ended: dict) -> dict:
    """Return what is kept of one mutant."""
    what = {"key": mutant.key, "line": mutant.line, "kind": mutant.kind, "function": mutant.function}
    if "stopped" in ended:
        return what | {"ended": "stopped", "page": True, "record": True, "doctests": True}
    return what | {"ended": "ran", "page": ended["page"], "record": ended["record"], "doctests": bool(ended["doctests"])}


def progress(name: str, ended: list[dict], seconds: float) -> str:
    left = sum(survives(mutant) for mutant in ended)
    return f"{name:55}{len(ended):4} mutants {left:4} survive {seconds:6.1f} s"


def survives(mutant: dict) -> bool:
    """Return whether a mutant needs a reason: a page changes and nobody notices, or a function and no doctest does."""
    unseen = mutant["page"] and not (mutant["doctests"] or mutant["record"])
    return unseen or bool(mutant["function"] and not mutant["doctests"])


def counts(mutants: list[dict]) -> list[int]:
    """Return the numbers of the table for some mutants."""
    ran = [mutant for mutant in mutants if mutant["ended"] == "ran"]
    page = [mutant for mutant in ran if mutant["page"]]
    inside = [mutant for mutant in ran if mutant["function"]]
    return [
        len(mutants),
        len(mutants) - len(ran),
        len(page),
        sum(m["doctests"] for m in page),
        sum(m["doctests"] or m["record"] for m in page),
        len(inside),
        sum(m["doctests"] for m in inside),
    ]


def markdown(result: dict) -> str:
    """Return the table, a line for each chapter."""
    chapters = defaultdict(list)
    for name, found in result["snippets"].items():
        chapters[name.rpartition("/")[0]] += found["mutants"]
    chapters["all"] = [mutant for mutants in list(chapters.values()) for mutant in mutants]
    lines = ["| " + " | ".join(HEAD) + " |", "|---" * len(HEAD) + "|"]
    for chapter, mutants in chapters.items():
        made, stopped, page, doctests, record, inside, taught = counts(mutants)
        cells = [chapter, made, stopped, page, share(doctests, page), share(record, page), inside, share(taught, inside)]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def survivors(result: dict, given: dict[str, dict[str, str]]) -> str:
    """Return the mutants that survive, by snippet, each with its reason."""
    lines = []
    for name, found in result["snippets"].items():
        for mutant in filter(survives, found["mutants"]):
            reason = given.get(name, {}).get(mutant["key"], "NO REASON")
            lines.append(f"{name}:{mutant['line']} {'page' if mutant['page'] else 'same'}: {mutant['key']}\n    {reason}")
    return "\n".join(lines)

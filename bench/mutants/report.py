"""What mutants.json says: a table by chapter, and the mutants that survive, each with its reason."""

import tomllib
from collections import Counter, defaultdict
from pathlib import Path

HEAD = ("", "mutants", "do not run", "change a page", "doctests notice", "with the record", "in functions", "doctests notice")


def reasons() -> dict[str, dict[str, str]]:
    """Return why a mutant may survive, as `{snippet: {key of the mutant: reason}}`."""
    found = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))
    return {name: {key: reason for reason, keys in groups.items() for key in keys} for name, groups in found.items()}


def summed(ends: list[tuple]) -> dict:
    """Return what mutants.json has of a snippet: numbers of (mutant, how it ended), and those that survive."""
    ran = [(mutant, ended) for mutant, ended in ends if "stopped" not in ended]
    page = [ended for _, ended in ran if ended["page"]]
    inside = [ended for mutant, ended in ran if mutant.function]
    left = [
        {"line": mutant.line, "mutant": mutant.key, "page": ended["page"]} for mutant, ended in ran if survives(mutant, ended)
    ]
    return {
        "mutants": len(ends),
        "stopped": len(ends) - len(ran),
        "page": len(page),
        "doctests": sum(bool(ended["doctests"]) for ended in page),
        "either": sum(bool(ended["doctests"]) or ended["record"] for ended in page),
        "functions": len(inside),
        "taught": sum(bool(ended["doctests"]) for ended in inside),
        "survivors": left,
    }


def survives(mutant, ended: dict) -> bool:
    """Return whether a mutant needs a reason: a page changes and nobody notices, or a function and no doctest does."""
    unseen = ended["page"] and not ended["record"] or bool(mutant.function)
    return not ended["doctests"] and unseen


def markdown(result: dict) -> str:
    """Return the table, a line for each chapter, and a sentence on what it has."""
    chapters = defaultdict(Counter)
    for name, found in result["snippets"].items():
        numbers = {what: number for what, number in found.items() if isinstance(number, int)}
        for chapter in (name.rpartition("/")[0], "all"):
            chapters[chapter].update(numbers)
    chapters["all"] = chapters.pop("all")
    lines = ["| " + " | ".join(HEAD) + " |", "|---" * len(HEAD) + "|"]
    for chapter, n in chapters.items():
        shares = (share(n["doctests"], n["page"]), share(n["either"], n["page"]), share(n["taught"], n["functions"]))
        cells = [chapter, n["mutants"], n["stopped"], n["page"], *shares[:2], n["functions"], shares[2]]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    days = sorted({found["date"] for found in result["snippets"].values()})
    given, left = explained(result, reasons())
    told = f"{len(result['snippets'])} programs, which ran on {', '.join(days)}."
    return "\n".join([*lines, "", f"{told} {len(given)} mutants survived with a reason, {len(left)} without one."])


def share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def explained(result: dict, given: dict[str, dict[str, str]]) -> tuple[list[str], list[str]]:
    """Return the mutants that survive, by snippet: those that have a reason, with it, and the others."""
    with_reason, without = [], []
    for name, found in result["snippets"].items():
        for left in found["survivors"]:
            text = f"{name}:{left['line']}: {left['mutant']}"
            reason = given.get(name, {}).get(left["mutant"])
            (with_reason if reason else without).append(f"{text}\n    {reason}" if reason else text)
    return with_reason, without


def survivors(result: dict, given: dict[str, dict[str, str]]) -> str:
    """Return the mutants that survive, those without a reason last."""
    with_reason, without = explained(result, given)
    head = f"{len(with_reason)} survive with a reason; without one: {len(without)}"
    return "\n".join([*with_reason, head, *without])

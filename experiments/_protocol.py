"""The protocol of every race: equally many trials for each method, chosen on validation data; then fresh seeds, in pairs.

A trial is a rate under a schedule, run with each seed of SEARCH. What runs away counts as a guess, and a trial counts by the
mean of its seeds, so that one lucky seed chooses nothing. Rates lie a factor of about 3 apart at first. While the best one of
a method lies at an end, one more is tried there, up to WIDER in all; where that is not enough, the range is told as open. Then
the rates halfway to both neighbours of the best are tried, for every method alike.
"""

import itertools
import math
from statistics import fmean, stdev

SCHEDULES = {"schedule_free": ["constant"]}  # of the methods that do not take the usual one
USUAL = ["cosine"]
SEARCH, FRESH = range(2), range(100, 105)
RATES, FINER, WIDER = 6, 2, 4  # rates at first, halfway to the neighbours of the best, and how many more at the most
OWN = 1e-4  # the lowest rate for a reader's optimizer that names none
COUNTS = [1, 2, 4, 8]  # of trials, after which the best so far is told
SURE = 0.05


def rate(k):
    """Return a rate of the lattice by its number: four in each factor of ten, of which the first search tries the even ones.

    >>> [rate(k) for k in range(-8, 1)]
    [0.01, 0.018, 0.032, 0.056, 0.1, 0.18, 0.32, 0.56, 1.0]
    """
    return float(f"{10 ** (k / 4):.2g}")


def number(lr):
    """Return the number of a rate in the lattice."""
    return round(4 * math.log10(lr))


def first(lowest):
    """Return the rates of the first search, from the lowest on."""
    return [rate(number(lowest) + 2 * i) for i in range(RATES)]


def runs(method, schedule, lr, seeds):
    return [{"method": method, "schedule": schedule, "lr": lr, "seed": seed} for seed in seeds]


def trials(method, rates, schedules=()):
    """Return the runs of a search at some rates, under the schedules of the method where none is named."""
    schedules = schedules or SCHEDULES.get(method, USUAL)
    return [case for lr in rates for schedule in schedules for case in runs(method, schedule, lr, SEARCH)]


def cases(spaces):
    """Return the search: for each method of {method: lowest rate} as many rates of the lattice from there on."""
    return [case for method, lowest in spaces.items() for case in trials(method, first(lowest))]


def own(low, high):
    """Return the search of a reader's optimizer: as many rates from low to high, or from OWN on."""
    if low is None:
        return cases({"own": OWN})
    count = RATES + FINER
    return trials("own", [float(f"{low * (high / low) ** (i / (count - 1)):.3g}") for i in range(count)])


def searched(results, what="validation"):
    """Return {method: {(schedule, rate): [one number a seed]}} of the search."""
    found = {}
    for case, result in results:
        if case["seed"] in SEARCH:
            place = found.setdefault(case["method"], {}).setdefault((case["schedule"], case["lr"]), [])
            place.append(result[what])
    return found


def best(column):
    """Return the key of {key: [one number a seed]} whose mean is the smallest.

    >>> best({("cosine", 0.1): [3, 5], ("cosine", 0.2): [2, 3], ("constant", 0.5): [1, 9]})
    ('cosine', 0.2)
    """
    return min(column, key=lambda key: fmean(column[key]))


def coarse(column):
    """Return the trials of the first search; all of them where rates lie off the lattice, which are a reader's wish."""
    off = any(rate(number(lr)) != lr for _, lr in column)
    return {key: numbers for key, numbers in column.items() if off or number(key[1]) % 2 == 0}


def further(column):
    """Return the rates that are to be tried next: beyond the end at which the best one lies, else halfway to its neighbours.

    >>> two = {("cosine", lr): [abs(lr - 0.1)] for lr in (0.01, 0.032, 0.1)}
    >>> further(two), further(two | {("cosine", 0.32): [9]})
    ([0.32], [0.056, 0.18])
    >>> further(two | {("cosine", lr): [9] for lr in (0.056, 0.18, 0.32)}), further({("cosine", 0.011): [1]})
    ([], [])
    """
    first = coarse(column)
    rates, k = {lr for _, lr in first}, number(lr := best(first)[1])
    if any(rate(number(each)) != each for each in rates):
        return []
    if len(rates) < RATES + WIDER and lr in (min(rates), max(rates)):
        return [rate(k + 2 if lr == max(rates) else k - 2)]
    return [rate(k + i) for i in (-1, 1) if rate(k + i) not in {each for _, each in column}]


def then(results):
    """Return what follows: rates beyond an end or halfway, while a method needs them, and then the fresh seeds."""
    more, fresh = [], []
    for method, column in searched(results).items():
        schedule, lr = best(column)
        more += trials(method, further(column))
        fresh += runs(method, schedule, lr, FRESH)
    return more or fresh


def good(column, tolerance):
    """Return the ends of the rates around the best one that are nearly as good under its schedule, and which end is open.

    >>> good({("cosine", lr): [e] for lr, e in [(0.01, 9), (0.1, 3), (1.0, 2), (10.0, 2.4)]}, 1)
    ((0.1, 10.0), (False, True))
    """
    schedule, lr = best(column)
    means = {each: fmean(numbers) for (other, each), numbers in sorted(column.items()) if other == schedule}
    rates = list(means)
    near = [means[each] <= means[lr] + tolerance for each in rates]
    low = high = rates.index(lr)
    while low and near[low - 1]:
        low -= 1
    while high < len(rates) - 1 and near[high + 1]:
        high += 1
    return (rates[low], rates[high]), (low == 0, high == len(rates) - 1)


def told(rates, sides):
    """Return a range as text; dots stand where no end was found.

    >>> told((0.1, 10.0), (False, True)), told((0.1, 0.1), (False, False)), told((0.1, 0.1), (True, False))
    ('0.1–10…', '0.1', '…0.1')
    """
    ends = [f"{lr:g}" for lr in dict.fromkeys(rates)]
    return "…" * sides[0] + "–".join(ends) + "…" * sides[1]


def counted(column):
    """Return the trials that are compared: RATES of the first search, the best as far inside as can be, and FINER."""
    first = coarse(column)
    rates = sorted({lr for _, lr in first})
    start = min(max(rates.index(best(first)[1]) - RATES // 2, 0), len(rates) - RATES)
    window = rates if len(first) == len(column) else rates[start : start + RATES]
    return [key for key in column if key not in first or key[1] in window]


def after(n, pairs):
    """Return the mean test score of the best by validation of n trials, over all choices of n of [(validation, test)].

    >>> after(1, [(3, 3), (1, 1), (8, 8)]), after(2, [(3, 3), (1, 1), (8, 8)]), after(3, [(3, 30), (1, 10), (8, 80)])
    (4.0, 1.6666666666666667, 10.0)
    """
    count = len(pairs)
    ways = (math.comb(count - 1 - i, n - 1) * test for i, (_, test) in enumerate(sorted(pairs)))
    return sum(ways) / math.comb(count, n)


def tail(t, freedom):
    """Return the chance that Student's t is as far from zero (Abramowitz & Stegun, 26.7.3 and 26.7.4).

    >>> [round(tail(t, n), 4) for t, n in [(12.706, 1), (4.303, 2), (2.776, 4), (2.262, 9), (0, 9)]]
    [0.05, 0.05, 0.05, 0.05, 1.0]
    """
    angle = math.atan2(abs(t), math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    total, term = 0.0, cosine if odd else 1.0
    for k in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cosine**2 * (k - 1) / k
    share = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return max(0.0, 1 - share)


def half(numbers):
    """Return half of the 95% interval of a mean: by Student's t, found by halving.

    >>> round(half([1, 2, 3, 4, 5]), 3)
    1.963
    """
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle, len(numbers) - 1) > 0.05 else (low, middle)
    return low * stdev(numbers) / math.sqrt(len(numbers))


def interval(numbers):
    """Return a mean and half of its 95% interval, as pages quote them.

    >>> interval([1, 2, 3, 4, 5])
    (3.0, 1.96324)
    """
    return round(fmean(numbers), 5), round(half(numbers), 5)


def chance(differences):
    """Return the chance of a mean difference as far from zero, if there were none: the paired t test.

    >>> round(chance([1, 2, 3, 4, 5]), 4), chance([0, 0, 0])
    (0.0132, 1.0)
    """
    spread = stdev(differences)
    if not spread:
        return 0.0 if any(differences) else 1.0
    return tail(fmean(differences) / spread * math.sqrt(len(differences)), len(differences) - 1)


def corrected(chances):
    """Return chances corrected for their number, by Holm's method.

    >>> corrected({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    found, least = {}, 0.0
    for i, key in enumerate(sorted(chances, key=chances.get)):
        found[key] = least = max(least, min(1.0, round((len(chances) - i) * chances[key], 6)))
    return found


def values(results, guess, target, tolerance, every, fresh=FRESH, compared=lambda one, other: True):
    """Return what pages quote of a race, with its fresh seeds, and which two of its methods are compared.

    `search` has the mean validation scores, {(method, schedule): {rate: mean}}; `schedule` and `best` have what was chosen by
    them, `good` the ends of the rates that are nearly as good, `open` whether an end was not found, and `span` both as text.
    `trials` is how many there were, `runaway` how many of their runs were no better than a guess. Of the fresh seeds, `top` has
    the test scores, `score` their mean and half of its 95% interval, `rank` the methods by it, `gap` the same of the
    differences of two, seed by seed, and `chance` how often chance alone would do that, corrected for the number of pairs that
    are compared; `steps` has the steps to the target of the seeds that came there. `expected` has the test scores of the best
    after n trials, one for each seed of the search. `kept` and `moved` are bytes for a weight.
    """
    columns, tests, ended = searched(results), searched(results, "test"), {}
    for case, result in results:
        if case["seed"] in fresh:
            ended.setdefault(case["method"], []).append(result)
    chosen = {method: best(column) for method, column in columns.items()}
    ends = {method: good(column, tolerance) for method, column in columns.items()}
    lattice, expected, runaway = {}, {}, {}
    for method, column in columns.items():
        for (schedule, lr), numbers in sorted(column.items()):
            lattice.setdefault((method, schedule), {})[lr] = round(fmean(numbers), 4)
        window = counted(column)
        counts = [n for n in COUNTS if n <= len(window)]
        runaway[method] = sum(number >= guess for key in window for number in column[key])
        by_seed = [[(column[key][i], tests[method][key][i]) for key in window] for i in range(len(SEARCH))]
        expected[method] = {n: [round(after(n, pairs), 4) for pairs in by_seed] for n in counts}
    top = {method: [run["test"] for run in runs] for method, runs in ended.items()}
    rank = sorted(top, key=lambda method: fmean(top[method]))
    pairs = [two for two in itertools.combinations(rank, 2) if compared(*two)]
    pairs = {(a, b): [x - y for x, y in zip(top[a], top[b], strict=True)] for a, b in pairs}
    chances = corrected({two: chance(apart) for two, apart in pairs.items()})
    gaps = {two: interval(apart) for two, apart in pairs.items()}
    spans = {method: [reached(run["curve"], target) for run in runs] for method, runs in ended.items()}
    return {
        "rank": rank,
        "schedule": {method: schedule for method, (schedule, _) in chosen.items()},
        "best": {(method, schedule): lr for method, (schedule, lr) in chosen.items()},
        "good": {method: rates for method, (rates, _) in ends.items()},
        "open": {method: sides for method, (_, sides) in ends.items()},
        "span": {method: told(*found) for method, found in ends.items()},
        "search": lattice,
        "trials": {method: len(column) for method, column in columns.items()},
        "runaway": runaway,
        "top": {(method, chosen[method][0]): top[method] for method in rank},
        "score": {method: interval(top[method]) for method in rank},
        "gap": gaps | {(b, a): (-mean, spread) for (a, b), (mean, spread) in gaps.items()},
        "chance": chances | {(b, a): p for (a, b), p in chances.items()},
        "sure": SURE,
        "steps": {method: [math.ceil(every * n) for n in spans[method] if n] for method in rank},
        "target": target,
        "expected": expected,
        "kept": {method: ended[method][0]["kept"] for method in rank},
        "moved": {method: ended[method][0]["moved"] for method in rank},
    }


def reached(curve, target):
    """Return the number of the first point of a curve that is not above the target, from one; or None.

    >>> reached([9, 5, 6, 4], 5), reached([9, 8], 5)
    (2, None)
    """
    return next((i for i, score in enumerate(curve, 1) if score <= target), None)

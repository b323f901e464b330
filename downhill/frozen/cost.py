"""What cases will cost, from those that ran: estimates of time, which decide nothing and stand in no frozen value."""

from statistics import fmean


def expected(case: dict, ran: list[tuple[dict, float]]) -> float | None:
    """Return the seconds that a case will take: the mean of those that ran and are most like it; None if none ran.

    >>> ran = [({"method": "sgd", "seed": 0}, 2.0), ({"method": "sgd", "seed": 1}, 4.0), ({"method": "muon", "seed": 0}, 9.0)]
    >>> expected({"method": "sgd", "seed": 2}, ran), expected({"method": "lion", "seed": 9}, ran), expected({}, [])
    (3.0, 5.0, None)
    """
    if not ran:
        return None
    alike = [sum(case.get(key) == value for key, value in other.items()) for other, _ in ran]
    return fmean(seconds for (_, seconds), common in zip(ran, alike, strict=True) if common == max(alike))


def left(elapsed: float, done: list[float | None], rest: list[float | None], jobs: int) -> float | None:
    """Return the seconds that the rest will take at the speed of what is done; None before a case a job is done.

    A case counts as much as is expected of it, and all alike where nothing is.

    >>> left(10, [1, 1, 2], [4], 2), left(10, [None, None], [None], 2), left(10, [1], [4], 2)
    (10.0, 5.0, None)
    """
    if len(done) < jobs:
        return None
    if None in done or not sum(done):
        done, rest = [1.0] * len(done), [1.0] * len(rest)
    return elapsed * sum(rest) / sum(done)


def told(seconds: float) -> str:
    """Return a duration in words, no more exact than an estimate is.

    >>> told(0.4), told(89), told(200), told(9000)
    ('1 s', '89 s', '3 min', '2.5 h')
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

"""What web.json says: a line for each page, the promises that are broken, and a table for the READMEs in both languages."""

import statistics

from bench.web.visits import SIZES

SITES = ("book", "floor", "jupyter-book")
AUDITED = ("book", "floor")  # a Jupyter Book's score takes as long again, and nothing is promised about it
PERFECT = ("accessibility", "best-practices", "seo")
LIMITS = {"first": 150_000, "scrolled": 250_000, "requests": 16, "floor": 2, "jupyter-book": 0.3, "shift": 0.01}
NEAR = 0.1  # of a limit of time
PERFORMANCE, BEHIND = 97, 2  # the score that Lighthouse must give; or at most so much less than it gives the floor
HEADS = {
    "en": ("", "first view", "read to the end", "requests", "main thread, loading", "Lighthouse, performance"),
    "zh": ("", "首屏", "读到底", "请求数", "加载时主线程用时", "Lighthouse 性能分"),
}
NAMES = {
    "en": {"book": "Downhill", "floor": "the same article, no theme", "jupyter-book": "the same text as a Jupyter Book"},
    "zh": {"book": "Downhill", "floor": "同一篇文章，不带主题", "jupyter-book": "同样的文字，用 Jupyter Book"},
}
CELLS = {"en": ("{} KB", "{} KB", "{}", "{} ms", "{}"), "zh": ("{} KB", "{} KB", "{}", "{} 毫秒", "{}")}
MADE = {
    "en": "Median, and in brackets the least and the most, over all {pages} pages; each page is the median of {visits} visits"
    " (three times as many where a limit of time is near) with an empty cache, on a phone's screen (390 px), compressed with"
    " gzip, and of {audits} scores. The main thread's time is its processor time."
    " Measured on {date} on {cores} cores with {versions}.",
    "zh": "表中是全部 {pages} 个页面的中位数，括号里是最小值和最大值。"
    "每个页面取 {visits} 次访问（用时接近上限的页面取三倍的次数）、{audits} 次评分的中位数，"
    "每次清空缓存，屏幕为手机大小（390 px），gzip 压缩。主线程用时指它占用的处理器时间。"
    "{date} 在 {cores} 核机器上测量，版本为 {versions}。",
}

PROMISES = {
    "en": (
        "Every page keeps what [bench/](bench/README.md#the-web) promises.",
        "Of what [bench/](bench/README.md#the-web) promises, this does not hold:",
    ),
    "zh": (
        "每个页面都做到了 [bench/](bench/README.md#the-web) 里承诺的各项。",
        "[bench/](bench/README.md#the-web) 里承诺的各项，以下几处没有做到：",
    ),
}


def median(site: dict, size: str, view: str, what: str) -> float:
    """Return the median over the visits to a page, such as the bytes of its first view on a phone."""
    return statistics.median(visit[view][what] for visit in site[size])


def ratio(page: dict, other: str, view: str, site: str = "book") -> float:
    """Return how many times as long the main thread is busy with a site's page as with another's, on a phone."""
    return median(page[site], "phone", view, "ms") / median(page[other], "phone", view, "ms")


def close(page: dict) -> bool:
    """Return whether a page's time comes so near a limit, on either side, that a few visits could decide it by chance."""
    return any(abs(ratio(page, other, "first") / LIMITS[other] - 1) < NEAR for other in SITES[1:])


def score(site: dict, category: str = "performance") -> float | None:
    """Return the median of a page's scores; None if it was not audited."""
    found = [audit[category] for audit in site["lighthouse"] if category in audit]
    return statistics.median(found) if found else None


def row(name: str, page: dict) -> str:
    """Return one line about a page."""
    book = page["book"]
    size = [f"{median(book, 'phone', view, 'bytes') / 1000:.0f}" for view in ("first", "scrolled")]
    ratios = [f"{ratio(page, other, view):.2f}" for other in SITES[1:] for view in ("first", "scrolled")]
    scores = [f"{score(page[site])}" for site in AUDITED]
    shift = max(visit["shift"] for size in SIZES for visit in book[size])
    return (
        f"{name:32} {'/'.join(size)} KB, {median(book, 'phone', 'scrolled', 'requests'):.0f} requests,"
        f" {median(book, 'phone', 'first', 'ms'):.0f} ms"
        f" ({'/'.join(ratios[:2])} × floor, {'/'.join(ratios[2:])} × Jupyter Book),"
        f" shift {shift:.3f}, Lighthouse {' beside '.join(scores)}"
    )


def broken(result: dict) -> list[str]:
    """Return what the book promises about its pages and does not keep, a line each."""
    return [f"{name}: {fault}" for name, page in result["pages"].items() for fault in faults(page)]


def faults(page: dict) -> list[str]:
    """Return what one page does not keep."""
    book, found = page["book"], []
    for size in SIZES:
        for view in ("first", "scrolled"):
            if (weight := median(book, size, view, "bytes")) > LIMITS[view]:
                found.append(f"{size}, {view}: {weight:.0f} bytes")
        if (requests := median(book, size, "scrolled", "requests")) > LIMITS["requests"]:
            found.append(f"{size}: {requests:.0f} requests")
        if (shift := max(visit["shift"] for visit in book[size])) > LIMITS["shift"]:
            found.append(f"{size}: shifts by {shift}")
        found += sorted({f"{size}: {fault}" for visit in book[size] for fault in visit["faults"]})
    for other in SITES[1:]:
        if (times := ratio(page, other, "first")) > LIMITS[other]:
            beside = "" if other == "floor" else f" (the floor {ratio(page, other, 'first', 'floor'):.3g})"
            found.append(f"{times:.4g} times the main-thread time of {other}{beside}")
    if book["lighthouse"]:
        if score(book) < PERFORMANCE and score(book) < score(page["floor"]) - BEHIND:
            found.append(f"performance {score(book)}, the floor {score(page['floor'])}")
        found += [f"{name} {score(book, name)}" for name in PERFECT if score(book, name) < 100]
    return found


def markdown(result: dict, language: str) -> str:
    """Return a table of the book and what it is compared with, and what of the promises does not hold."""
    lines = ["| {} |".format(" | ".join(HEADS[language])), "|---|" + "---:|" * (len(HEADS[language]) - 1)]
    pages = result["pages"].values()
    for site in SITES:
        columns = [
            [round(median(page[site], "phone", "first", "bytes") / 1000) for page in pages],
            [round(median(page[site], "phone", "scrolled", "bytes") / 1000) for page in pages],
            [round(median(page[site], "phone", "scrolled", "requests")) for page in pages],
            [round(median(page[site], "phone", "first", "ms")) for page in pages],
            [round(score(page[site])) for page in pages if page[site]["lighthouse"]],
        ]
        cells = [cell.format(spread(column)) if column else "" for cell, column in zip(CELLS[language], columns, strict=True)]
        lines.append(f"| {NAMES[language][site]} | {' | '.join(cells)} |")
    visits = min(len(page["book"]["phone"]) for page in pages)
    audits = min(len(page["book"]["lighthouse"]) for page in pages)
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    counts = {"pages": len(pages), "visits": visits, "audits": audits, "cores": result["cores"]}
    kept, not_kept = PROMISES[language]
    found = "\n".join(broken(result))
    verdict = f"{not_kept}\n\n```text\n{found}\n```" if found else kept
    return "\n".join([*lines, "", MADE[language].format(**counts, date=result["date"], versions=versions), "", verdict])


def spread(values: list[int]) -> str:
    ends = "" if min(values) == max(values) else f" ({min(values)}–{max(values)})"
    return f"{statistics.median(values):.0f}{ends}"

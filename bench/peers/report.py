"""What peers.json says: as a table in either language, as sentences about Downhill's own targets, and as a plot."""

import statistics
from pathlib import Path

PHASES = ("cold", "warm", "edit")
NOTES = {  # what a reader has to know about a row
    "en": {
        "markdown-exec-one-thread": "the same, `OMP_NUM_THREADS=1`",
        "sphinx-gallery": "the snippets without the pages, one language",
        "sphinx-gallery-parallel": "the same, `parallel: {cores}`",
        "myst-nb": "with jupyter-cache; equal code in both languages is run once",
        "not installed": "not measured: {package} from PyPI downloads the program while it is installed, which failed here",
        "no project": "not measured: nobody has written a project for it",
    },
    "zh": {
        "markdown-exec-one-thread": "同上，`OMP_NUM_THREADS=1`",
        "sphinx-gallery": "只有片段，没有正文，一种语言",
        "sphinx-gallery-parallel": "同上，`parallel: {cores}`",
        "myst-nb": "配 jupyter-cache，两种语言里相同的代码只运行一次",
        "not installed": "未测，因为 PyPI 上的 {package} 要在安装时另行下载程序本体，在测量的机器上没有成功",
        "no project": "未测，还没有为它写项目",
    },
}
WORDS = {
    "en": {
        "head": ("", "cold", "nothing changed", "one snippet changed", "peak memory"),
        "cell": "{:.1f} s, {:.3g} ×, {} executed",
        "first": "{:.1f} s, {} executed",
        "note": " ({})",
        "join": " ",
        "legend": "{snippets} snippets, both languages except where stated. In each cell: seconds on the clock, how many times"
        " as long as Downhill, and how many times a snippet was executed.",
        "made": "Measured on {date} on {cores} cores ({machine}), one tool after the other, with {versions}.",
        "rival": "Downhill's cold build takes {:.2f} times as long as that of plain markdown-exec. The limit below, the least"
        " that it could take, is {:.2f} times as long: markdown-exec keeps {:.1f} of {} cores busy, as torch takes several.",
        "one thread": "With one thread in markdown-exec too, as the book's snippets have, it takes {:.2f} times as long.",
        "limit": "The cold build takes {:.2f} times the limit: max(longest snippet, all snippets / cores) + rendering the same"
        " pages with plain code = max({:.1f}, {:.1f} / {}) + {:.1f} = {:.1f} s. With nothing changed, a build takes {:.2f}"
        " times as long as that rendering.",
    },
    "zh": {
        "head": ("", "从零构建", "无改动再构建", "改一个片段再构建", "内存峰值"),
        "cell": "{:.1f} 秒，{:.3g} 倍，执行 {} 次",
        "first": "{:.1f} 秒，执行 {} 次",
        "note": "（{}）",
        "join": "",
        "legend": "共 {snippets} 个片段，未注明的都构建两种语言。每格依次是用时、相当于 Downhill 的多少倍、执行了几次片段。",
        "made": "{date} 在 {cores} 核机器（{machine}）上逐个测量，版本为 {versions}。",
        "rival": "Downhill 从零构建的用时是 markdown-exec 的 {:.2f} 倍。就算做到下文所说的下限，也只能降到 {:.2f} 倍，"
        "因为 torch 自己会用多个核，markdown-exec 平均占用 {:.1f} 核（共 {} 核）。",
        "one thread": "如果让 markdown-exec 也像本书的片段那样只用一个线程，则是它的 {:.2f} 倍。",
        "limit": "从零构建的用时是下限的 {:.2f} 倍。下限等于 max（最长的片段，全部片段 / 核数）加上把同样的页面当作普通代码"
        "渲染一遍的时间，即 max({:.1f}, {:.1f} / {}) + {:.1f} = {:.1f} 秒。没有改动时，构建用时是这遍渲染的 {:.2f} 倍。",
    },
}
TITLES = {
    "cold build": "从零构建",
    "nothing changed": "无改动再构建",
    "one snippet changed": "改一个片段再构建",
    "peak memory": "内存峰值",
}
INK, OURS, THEIRS = "#1c2024", "#0b5fa5", "#9aa0a8"


def median(runs: list[dict], what: str = "seconds") -> float:
    return statistics.median(run[what] for run in runs)


def peak(tool: dict) -> float:
    """Return the most memory that any build of a tool took, in MB."""
    return max(run["peak_mb"] for phase in PHASES for run in tool[phase])


def versions(result: dict) -> str:
    """Return the versions of everything that was measured, in one line."""
    found = dict(result["versions"])
    for tool in result["tools"].values():
        found |= dict(package.split("==") for package in tool["packages"] if "missing" not in tool)
    return ", ".join(f"{name} {number}" for name, number in found.items())


def markdown(result: dict, language: str) -> str:
    """Return the table, with what it was measured on, as Markdown."""
    words, tools = WORDS[language], result["tools"]
    lines = ["| {} |".format(" | ".join(words["head"])), "|---|" + "---:|" * (len(words["head"]) - 1)]
    ours = tools.get("downhill")
    for name, tool in tools.items():
        note = (
            NOTES[language].get(tool.get("missing", name), "").format(cores=result["cores"], package=" ".join(tool["packages"]))
        )
        cells = [("**Downhill**" if name == "downhill" else name) + (words["note"].format(note) if note else "")]
        for phase in PHASES if "missing" not in tool else ():
            seconds, executed = median(tool[phase]), tool[phase][0]["executed"]
            ratio = seconds / median(ours[phase]) if ours and tool is not ours else None
            cells.append(words["cell"].format(seconds, ratio, executed) if ratio else words["first"].format(seconds, executed))
        cells += [f"{peak(tool):.0f} MB"] if "missing" not in tool else ["–"] * (len(words["head"]) - 1)
        lines.append(f"| {' | '.join(cells)} |")
    known = result | {"versions": versions(result)}
    below = words["join"].join([words["legend"].format(**known), words["made"].format(**known)])
    return "\n".join([*lines, "", below, *sentences(result, words)])


def sentences(result: dict, words: dict) -> list[str]:
    """Return how Downhill stands to markdown-exec and to the limit, as a paragraph."""
    tools, found = result["tools"], []
    if "downhill" not in tools:
        return []
    ours, cores = tools["downhill"], result["cores"]
    cold, warm, plain = (median(ours[phase]) for phase in ("cold", "warm", "plain"))
    longest, together = ours["longest"], ours["together"]
    limit = max(longest, together / cores) + plain
    if "markdown-exec" in tools:
        theirs, busy = median(tools["markdown-exec"]["cold"]), median(tools["markdown-exec"]["cold"], "cpu")
        found.append(words["rival"].format(cold / theirs, limit / theirs, busy / theirs, cores))
    if "markdown-exec-one-thread" in tools:
        found.append(words["one thread"].format(cold / median(tools["markdown-exec-one-thread"]["cold"])))
    found.append(words["limit"].format(cold / limit, longest, together, cores, plain, limit, warm / plain))
    return ["", words["join"].join(found)]


def plot(result: dict, folder: Path) -> None:
    """Write peers.svg and peers.zh.svg: a bar for each tool and phase, on a ground of its own, so that any page can show it."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcdefaults()  # the book's own style is for its pages
    tools = {name: tool for name, tool in reversed(result["tools"].items()) if "missing" not in tool}
    panels = [[median(tool[phase]) for tool in tools.values()] for phase in PHASES] + [list(map(peak, tools.values()))]
    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "peers", "font.size": 9, "text.color": INK}):
        fig, axes = plt.subplots(1, len(panels), figsize=(9, 0.6 + 0.32 * len(tools)), sharey=True, layout="constrained")
        for ax, title, values in zip(axes, TITLES, panels, strict=True):
            bars = ax.barh(list(tools), values, color=[OURS if name == "downhill" else THEIRS for name in tools], height=0.7)
            unit, form = ("MB", "{:.0f}") if title == "peak memory" else ("s", "{:.0f}" if max(values) > 100 else "{:.1f}")
            ax.bar_label(bars, [f"{form.format(value)} {unit}" for value in values], padding=3)
            ax.set_title(title, fontsize=9, loc="left", fontweight="bold")
            ax.set(xlim=(0, max(values) * 1.5), xticks=[])
            ax.tick_params(length=0)
            ax.spines[:].set_visible(False)
        fig.get_layout_engine().set(w_pad=0.1, h_pad=0.1)
        fig.savefig(folder / "peers.svg", metadata={"Date": None}, facecolor="#ffffff")
        plt.close(fig)
    text = (folder / "peers.svg").read_text(encoding="utf-8")
    for english, chinese in TITLES.items():
        text = text.replace(f">{english}<", f">{chinese}<")
    (folder / "peers.zh.svg").write_text(text, encoding="utf-8")

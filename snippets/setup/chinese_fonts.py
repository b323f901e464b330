"""The list of fonts that shows Chinese text, on each system."""

fonts = {
    "Windows": ["Microsoft YaHei", "SimHei", "SimSun"],
    "macOS": [
        "Hiragino Sans GB",
        "Heiti SC",
        "Songti SC",
        "Arial Unicode MS",
        "PingFang SC",
    ],
    "Linux": ["Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Micro Hei"],
}
candidates = [name for names in fonts.values() for name in names]


def family(installed):
    """Return the family list: DejaVu Sans, then the first Chinese font that is there.

    >>> family({"Arial", "SimHei", "SimSun"})
    ['DejaVu Sans', 'SimHei']

    Without any, Latin text still works, and the list says that a font is missing.

    >>> family({"Arial"})
    ['DejaVu Sans']
    """
    return ["DejaVu Sans", *[name for name in candidates if name in installed][:1]]


for system, names in fonts.items():
    print(f"{system:8}font.family: {', '.join(family(names))}")

"""Which Chinese fonts matplotlib finds here, and the setting that uses one."""

from matplotlib import font_manager

fonts = {
    "Windows": ["Microsoft YaHei", "SimHei", "SimSun"],
    "macOS": ["PingFang SC", "Hiragino Sans GB", "Heiti TC", "Arial Unicode MS"],
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


installed = set(font_manager.get_font_names())
for name in candidates:
    print("+" if name in installed else "-", name)
print("font.family:", ", ".join(family(installed)))

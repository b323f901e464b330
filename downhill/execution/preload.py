"""What a process imports and sets before it runs snippets: matplotlib in the book's style, and torch, which takes seconds."""

import gc
from pathlib import Path


def preload(settings: dict) -> None:
    """Import what snippets import, torch if the settings say so, and set how figures look."""
    from downhill.execution import figures

    figures.use_style(Path(settings["matplotlibrc"]), Path(settings["folder"]))
    figures.warm_up()
    if settings["torch"]:
        list(importing())
    gc.freeze()  # what is imported stays shared with the children


def importing():
    """Import what takes seconds, a step at a time."""
    yield
    import torch

    yield
    import torch._dynamo  # torchvision needs it  # noqa: F401

    yield
    from downhill.execution import torchvision_ops

    torchvision_ops.ready()
    gc.freeze()

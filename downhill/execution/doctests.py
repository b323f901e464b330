"""A pytest plugin: `pytest --doctest-modules snippets` stands in an empty folder where the reduced MNIST is at hand."""

import os
import tempfile
from pathlib import Path

from downhill.execution import cache, data

os.environ.update(cache.STEADY | {"MPLBACKEND": "agg"})
ROOT = Path(__file__).parents[2]


def pytest_sessionstart(session) -> None:
    """Leave the repository for a folder as a reader would have it; showing a figure closes it."""
    from downhill.execution import torchvision_ops

    torchvision_ops.ready()
    import matplotlib.pyplot as plt

    plt.show = lambda *_, **__: plt.close("all")
    session.config.workplace = tempfile.TemporaryDirectory(prefix="downhill-")
    data.furnish(Path(session.config.workplace.name), data.unpacked(ROOT, ROOT / ".cache"))
    os.chdir(session.config.workplace.name)


def pytest_unconfigure(config) -> None:
    if hasattr(config, "workplace"):
        os.chdir(ROOT)
        config.workplace.cleanup()

"""Lets torchvision be imported beside a torch build that its compiled operators do not fit.

PyPI's Linux wheel of torchvision is built against CUDA; beside a CPU torch its operators do not load, and the import ends
in “operator torchvision::nms does not exist” (pytorch/pytorch#157648). `datasets` and `transforms` need none of them.
"""

import importlib.util
import sys


def ready() -> None:
    """Make `import torchvision` work; do nothing where it works anyway, or where it is not installed."""
    if "torchvision" in sys.modules or importlib.util.find_spec("torchvision") is None:
        return
    import torch

    try:
        import torchvision
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        ready.library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            ready.library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        import torchvision  # noqa: F401

"""Lets a peer import torchvision beside a CPU torch, as downhill/execution/torchvision_ops.py does for the book."""

import importlib.abc
import importlib.machinery
import sys


class Mended(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers the first `import torchvision` with the module that torchvision_ops has made importable."""

    def find_spec(self, name, path=None, target=None):
        if name != "torchvision":
            return None
        sys.meta_path.remove(self)
        import torchvision_ops

        torchvision_ops.ready()
        return importlib.machinery.ModuleSpec(name, self) if name in sys.modules else None

    def create_module(self, spec):
        self.kept = sys.modules["torchvision"].__spec__
        return sys.modules["torchvision"]

    def exec_module(self, module):
        module.__spec__ = self.kept  # it has been executed


sys.meta_path.insert(0, Mended())

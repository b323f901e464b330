"""Where the cases of an experiment run: on the cores of this machine, or on a cluster of Dask or Ray, through joblib."""

import contextlib
import importlib
import os
import signal
from pathlib import Path

from downhill import BookError

# the package that a cluster comes with, and what in it makes joblib know the cluster
CLUSTERS = {"dask": ("dask[distributed]", "dask.distributed", "Client"), "ray": ("ray", "ray.util.joblib", "register_ray")}
QUIET = {"DASK_LOGGING__DISTRIBUTED": "error"}  # its processes tell every connection; whoever wants that sets it otherwise


def spread(one, path: Path, workplace: Path, cases: list[dict], backend: str, jobs: int):
    """Yield what `one(path, workplace, case)` returns for each case, as it comes; start nothing if there is no case."""
    if not cases:
        return
    import joblib

    with _cluster(backend), joblib.parallel_config(backend=backend, n_jobs=jobs):
        calls = (joblib.delayed(one)(path, workplace, case) for case in cases)
        yield from joblib.Parallel(return_as="generator_unordered", batch_size=1)(calls)


@contextlib.contextmanager
def _cluster(backend: str):
    """Begin a cluster here, or join the one that the environment names; end it. Raises BookError where it is not installed."""
    if backend not in CLUSTERS:
        yield
        return
    package, module, begin = CLUSTERS[backend]
    os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
    try:
        begin = getattr(importlib.import_module(module), begin)
    except ImportError as error:
        raise BookError(f"the backend {backend} is not installed ({error}). Run: pip install '{package}'") from error
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # its processes shall not hear Ctrl-C, which the terminal sends to all
    try:
        cluster = begin()
    finally:
        signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        if hasattr(cluster, "close"):
            cluster.close()

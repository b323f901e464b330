"""Where the cases of an experiment run: on the cores of this machine, or on a cluster of Dask or Ray, through joblib."""

import contextlib
import importlib
import os
import signal

from downhill import BookError

# the package that a cluster comes with, and what in it makes joblib know the cluster
CLUSTERS = {"dask": ("dask[distributed]", "dask.distributed", "Client"), "ray": ("ray", "ray.util.joblib", "register_ray")}
NAMED = "DASK_SCHEDULER_ADDRESS"  # where the environment names a cluster of Dask's
QUIET = {"DASK_LOGGING__DISTRIBUTED": "error"}  # its processes tell every connection; whoever wants that sets it otherwise


def spread(one, cases: list[dict], backend: str, jobs: int):
    """Yield what `one(case)` returns for each case, as it comes; start nothing if there is no case."""
    if not cases:
        return
    import joblib

    with _cluster(backend, jobs), joblib.parallel_config(backend=backend, n_jobs=jobs):
        yield from joblib.Parallel(return_as="generator_unordered", batch_size=1)(map(joblib.delayed(one), cases))


@contextlib.contextmanager
def _cluster(backend: str, jobs: int):
    """Begin a cluster here, or join the one that the environment names; end it. Raises BookError where it is not installed.

    What Dask begins here has a process for each job: in the threads of one, cases would wait for each other.
    """
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
    how = {"n_workers": jobs, "threads_per_worker": 1} if backend == "dask" and NAMED not in os.environ else {}
    try:
        cluster = begin(**how)
    finally:
        signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        if hasattr(cluster, "close"):
            cluster.close()

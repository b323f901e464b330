"""Where cases run: nothing is started in vain, and a cluster is closed whatever happens."""

import os
import signal
import sys
import types

import pytest

from downhill import BookError
from downhill.frozen import backends


def test_a_cluster_that_is_not_installed_is_told_with_its_remedy(monkeypatch):
    monkeypatch.setitem(backends.CLUSTERS, "ray", ("ray", "no_such_module", "start"))
    with pytest.raises(BookError, match="the backend ray is not installed.*pip install 'ray'"):
        list(backends.spread(None, [{}], "ray", 1))


def test_nothing_is_started_when_nothing_is_missing(monkeypatch):
    monkeypatch.setitem(backends.CLUSTERS, "dask", ("dask", "no_such_module", "start"))
    assert list(backends.spread(None, [], "dask", 1)) == []


def test_a_cluster_does_not_hear_the_interrupt_and_is_closed(monkeypatch, small):
    seen = []

    class Cluster:
        def __init__(self, **how):
            seen.append(how)
            seen.append((signal.getsignal(signal.SIGINT), os.environ["DASK_LOGGING__DISTRIBUTED"]))

        def close(self):
            seen.append("closed")

    module = types.SimpleNamespace(Client=Cluster)
    for name in ("DASK_LOGGING__DISTRIBUTED", backends.NAMED):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "a_cluster", module)
    monkeypatch.setitem(backends.CLUSTERS, "dask", ("dask", "a_cluster", "Client"))
    heard = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), backends._cluster("dask", 3):
        raise KeyboardInterrupt
    assert seen == [{"n_workers": 3, "threads_per_worker": 1}, (signal.SIG_IGN, "error"), "closed"]
    assert signal.getsignal(signal.SIGINT) is heard

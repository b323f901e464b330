"""What a program asks that answers otherwise each time, or does out of sight, is refused by its whole name."""

import ast

import pytest

from downhill.checks import changing
from tests.book import BOOK

OTHERWISE = {
    "import time; time.time()": "time.time",
    "from time import process_time as clock; clock()": "time.process_time",
    "import time; clock = time.process_time_ns": "time.process_time_ns",
    "import datetime; datetime.date.today()": "datetime.date.today",
    "from datetime import datetime as d; d.now()": "datetime.datetime.now",
    "from uuid import uuid4; uuid4()": "uuid.uuid4",
    "import os; os.getpid()": "os.getpid",
    "from os import cpu_count; cpu_count()": "os.cpu_count",
    "import os; os.stat('own').st_mtime": "os.stat",
    "import os.path as p; p.getmtime('own')": "os.path.getmtime",
    "from pathlib import Path; Path.cwd()": "pathlib.Path.cwd",
    "import platform; platform.node()": "platform.node",
    "import secrets; secrets.token_hex()": "secrets.token_hex",
    "print(id(x))": "id",
    "where = f'{id(x):x}'": "id",
    "print(hash('a'))": "hash",
    "import timeit; timeit.timeit(f)": "timeit.timeit",
    "from timeit import default_timer as clock; clock()": "timeit.default_timer",
    "import multiprocessing; multiprocessing.cpu_count()": "multiprocessing.cpu_count",
    "import threading; threading.get_ident()": "threading.get_ident",
    "import sys; print(sys.platform)": "sys.platform",
    "import sys; sys.getsizeof([])": "sys.getsizeof",
    "import gc; gc.get_count()": "gc.get_count",
    "import shutil; shutil.get_terminal_size()": "shutil.get_terminal_size",
    "import torch; torch.get_num_threads()": "torch.get_num_threads",
    "import random; random.random()": "random.random",
    "from random import shuffle; shuffle(x)": "random.shuffle",
    "import numpy as np; np.random.rand(3)": "numpy.random.rand",
    "import numpy as np; np.random.default_rng()": "numpy.random.default_rng",
    "import numpy as np; np.random.default_rng().normal()": "numpy.random.default_rng",
    "import random, torch; torch.manual_seed(0); random.random()": "random.random",
    "import torch; torch.rand(3)": "torch.rand",
    "import torch; print(torch.randint(0, 9, (3,)))": "torch.randint",
    "import torch; w = torch.empty(3).normal_()": "normal_",
    "import torch as t; t.nn.init.kaiming_uniform_(w)": "torch.nn.init.kaiming_uniform_",
    "from torch import nn\nfor x in xs:\n    nn.Linear(2, 3)(x).sum().backward()": "torch.nn.Linear",
    "import torch\nwith torch.device('meta'):\n    torch.rand(3)\ntorch.rand(3)": "torch.rand",
    "import torch; torch.empty(3, device=torch.device('meta')); torch.rand(3)": "torch.rand",
    "from torch.utils.data import DataLoader as D; D(x, shuffle=True)": "torch.utils.data.DataLoader",
    "import torch.utils.data as d; d.DataLoader(x, 3, True)": "torch.utils.data.DataLoader",
    "from torch.utils.data import DataLoader; DataLoader(x, shuffle=n > 1)": "torch.utils.data.DataLoader",
    "from torch.utils.data import DataLoader; DataLoader(x, **options)": "torch.utils.data.DataLoader",
    "import numpy as np, torch; np.random.seed(0); torch.utils.data.DataLoader(x, shuffle=True)": "torch.utils.data.DataLoader",
    "from torch.utils.data import random_split; random_split(x, [1, 2])": "torch.utils.data.random_split",
    "from torch.utils.data.sampler import RandomSampler as S; S(w)": "torch.utils.data.sampler.RandomSampler",
    "import torch.nn.functional as F; F.dropout(x)": "torch.nn.functional.dropout",
    "from torchvision import transforms; transforms.RandomCrop(28)": "torchvision.transforms.RandomCrop",
    "import torch; torch.empty(3).cauchy_()": "cauchy_",
    "import torch; torch.seed(); torch.rand(3, generator=g)": "torch.seed",
    "import numpy as np; np.random.default_rng(None)": "numpy.random.default_rng",
    "import numpy as np; np.random.default_rng(seed=None)": "numpy.random.default_rng",
    "import numpy as np; np.random.Generator(np.random.PCG64())": "numpy.random.PCG64",
    "from numpy.random import RandomState as R; R().rand(3)": "numpy.random.RandomState",
    "import numpy as np; np.random.seed()": "numpy.random.seed",
    "import random; random.Random().random()": "random.Random",
    "import random; random.seed(None)": "random.seed",
}
SAME = [
    "import time; time.sleep(0)",
    "{id(a): a for a in b}[id(c)]",
    "id(a) == id(b)",
    "id = 3; print(id)",
    "def f(hash):\n    return hash(2)",
    "import numpy as np; np.random.default_rng(0).normal()",
    "import numpy as np; np.random.default_rng(seed=0)",
    "import numpy as np; np.random.seed(0); np.random.rand(3)",
    "import random; random.Random(0).random()",
    "rng.random()",
    "x.time()",
    "import torch; torch.manual_seed(0); torch.rand(3)",
    "import torch; torch.rand(3, generator=torch.Generator().manual_seed(0))",
    "import torch\nwith torch.device('meta'):\n    torch.rand(3)",
    "import torch\nwith torch.no_grad():\n    with torch.device('meta'):\n        torch.rand(3)",
    "from torch import nn; nn.Linear(2, 3)",
    "import torch\ndef count():\n    '>>> torch.rand(3)'\n",
    "import torch; torch.random.manual_seed(0); torch.rand(3)",
    "from torch.utils.data import DataLoader; DataLoader(x, 3)",
    "from torch.utils.data import DataLoader; DataLoader(x, shuffle=False)",
    "from torch.utils.data import DataLoader; DataLoader(x, shuffle=True, generator=g)",
    "import torch; torch.manual_seed(0); torch.utils.data.DataLoader(x, shuffle=True)",
    "import numpy as np; np.random.Generator(np.random.PCG64(3)); np.random.RandomState(seed=3)",
    "from torch import nn\nl = nn.Linear(2, 3)\nnn.init.zeros_(l.weight)\nfor x in xs:\n    l(x).sum().backward()",
    "print('..', '~', '/', 'a/tmp', '5 / dev')",
    "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as text:\n    print(1)",
    "import sys; sys.stdout.flush()",
    "import warnings\nwith warnings.catch_warnings(action='ignore'):\n    f()",
    "done.stderr",
    "'a' in {'a', 'b'}; sorted({'b', 'a'}); len(set('abc')); print({1, 2})",
    "names = {'a', 'b'}\nfor name in sorted(names):\n    print(name)",
    "print({'a': 1}, *['a', 'b'])",
]
REFUSED = {
    "import subprocess; subprocess.run(['ls'])": "subprocess.run starts what the build does not see",
    "from os import system as s; s('ls')": "os.system starts what",
    "import os\nif os.fork():\n    print(1)": "os.fork starts what",
    "import os; os.execvp('ls', ['ls'])": "os.execvp starts what",
    "import sys, io; sys.stdout = io.StringIO()": "replaces sys.stdout, and its text is on no page",
    "import sys; sys.stderr = open('own', 'w')": "replaces sys.stderr",
    "import atexit; atexit.register(print, 1)": "atexit.register runs when the page has been made",
    "import sys; print(1, file=sys.stderr)": "sys.stderr writes to the standard error, which no page shows; print it",
    "from logging import warning as say; say('a')": "logging.warning writes to the standard error",
    "import warnings; warnings.warn('a')": "warnings.warn writes to the standard error",
    "import traceback; traceback.print_exc()": "traceback.print_exc writes to the standard error",
    "print({'a', 'b'})": "a set of texts has another order each time; write a list, or sorted(…)",
    "print(*{'a', 'b'})": "a set of texts has another order",
    "f'{set(\"abc\")}'": "a set of texts has another order",
    "','.join({'a', b})": "a set of texts has another order",
    "for name in {'a', 'b'}:\n    f(name)": "a set of texts has another order",
    "[f(name) for name in set('a b'.split())]": "a set of texts has another order",
    "list(frozenset(['a', 'b']))": "a set of texts has another order",
    "import os; os.path.exists('/etc/hostname')": "“/etc/hostname” is a place of the machine",
    "from pathlib import Path; Path('../other').exists()": "“../other” is a place",
    "import os; os.path.isdir('~/data')": "“~/data” is a place",
    "open('C:\\\\data')": "is a place",
}


@pytest.mark.parametrize(("source", "name"), OTHERWISE.items())
def test_what_answers_otherwise_each_time(source, name):
    line = source.count("\n") + 1
    said = f"{name} answers otherwise each time, or on each machine; seed it, or leave it out"
    assert [*changing.problems(ast.parse(source))] == [(line, said)]


@pytest.mark.parametrize("source", SAME)
def test_what_answers_the_same(source):
    assert [*changing.problems(ast.parse(source))] == []


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("nn.Linear(2, 3)", ["torch.nn.Linear"]),
        ("with torch.no_grad():\n    nn.Linear(2, 3)", ["torch.nn.Linear"]),
        ("x = torch.empty(3, device=torch.device('meta'))\nnn.Linear(2, 3)", ["torch.nn.Linear"]),
        ("with torch.device('meta'):\n    nn.Linear(2, 3)", []),
        ("torch.manual_seed(0)\nnn.Linear(2, 3)", []),
        ("'>>> nn.Linear(2, 3)'", []),
    ],
)
def test_numbers_that_nobody_sees_are_drawn_all_the_same(source, drawn):
    """No author need seed them; others come after them in a kernel."""
    tree = ast.parse(f"import torch\nfrom torch import nn\n{source}")
    assert [(name, seen) for _, name, seen in changing.unseeded(tree)] == [(name, False) for name in drawn]
    assert [*changing.problems(tree)] == []


@pytest.mark.parametrize(("source", "said"), REFUSED.items())
def test_what_is_done_out_of_sight(source, said):
    [(_, found)] = changing.problems(ast.parse(source))
    assert said in found


def test_a_laboratory_may_start_programs():
    [source] = [lab for lab in BOOK.labs.values() if "subprocess" in lab]
    assert [*changing.problems(ast.parse(source), alone=False)] == [] != [*changing.problems(ast.parse(source))]

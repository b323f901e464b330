"""What a program of the book may not ask or do, as it would answer otherwise each time, on each machine, or out of sight.

Names are looked up through the program's imports: `from os import getpid as number` hides nothing. What is left is found by
`verify`, which runs a program again and compares; this says it at once, and with a line.
"""

import ast
import re
from collections.abc import Iterator

# what these answer would be on the page
OTHERWISE = re.compile(
    r"time\.(?!sleep)\w+|datetime\.(datetime|date)\.(now|utcnow|today)|id|hash"
    r"|os\.(getp?pid|[gs]etuid|urandom|getrandom|cpu_count|process_cpu_count|sched_getaffinity|getloadavg|getlogin|getcwdb?)"
    r"|os\.(getenv|uname|times|listdir|scandir|f?walk|l?stat|statvfs)|os\.path\.(get[acm]time|abspath|realpath|expand\w+)"
    r"|glob\.i?glob|pathlib\.Path\.(cwd|home)|shutil\.(disk_usage|which)|uuid\.(uuid[14]|getnode)|secrets\.\w+"
    r"|random\.SystemRandom|(platform|getpass|resource|locale|timeit|tracemalloc)\.\w+|socket\.(gethostname|getfqdn)"
    r"|sys\.(platform|getrefcount|getsizeof|getallocatedblocks)|threading\.get_\w+|(os|shutil)\.get_terminal_size|gc\.get_\w+"
    r"|multiprocessing\.cpu_count|torch\.get_num_(interop_)?threads"
)
STARTING = re.compile(r"subprocess\.\w+|os\.(system|popen|fork|forkpty|exec[lv]\w*|spawn[lv]\w*|posix_spawnp?)|pty\.\w+")
ASIDE = re.compile(r"sys\.(__)?stderr(__)?|logging\.\w+|warnings\.warn\w*|traceback\.print_\w+")
IN_ORDER = {"print", "list", "tuple", "enumerate", "iter", "map", "zip", "str", "repr", "join"}  # of what they take
LATER = re.compile(r"atexit\.\w+|threading\.Timer")
FOLDERS = "bin|dev|etc|home|lib|mnt|opt|proc|root|run|srv|sys|tmp|usr|var|Users"
PLACE = re.compile(rf"/({FOLDERS})(/.*)?|~/.*|\.\.[/\\].*|[A-Z]:[/\\].*")

RANDOM = re.compile(r"(random|numpy\.random)\.(?!seed|default_rng|Generator|Random|SeedSequence|PCG64)[a-z]\w*")
DRAWN = re.compile(
    r"torch\.(rand\w*|normal|bernoulli|multinomial|poisson)|torch\.nn\.init\.(xavier|kaiming|trunc|orthogonal|sparse)\w*"
    r"|.*\.(normal_|uniform_|bernoulli_|random_|exponential_|cauchy_|geometric_|log_normal_)|torch\.(nn\.functional\.)?\w*dropout\w*"
    r"|torch\.utils\.data\.([\w.]*\.)?(random_split|\w*RandomSampler)|torchvision\.transforms\.([\w.]*\.)?Random\w+"
)
LOADER = re.compile(r"torch\.utils\.data\.([\w.]*\.)?DataLoader")
LAYERS = re.compile(r"torch\.nn\.(Linear|Bilinear|Conv\w+|Embedding\w*|\w*Dropout\w*|LSTM|GRU|RNN|\w*Attention|Transformer\w*)")
SET = re.compile(r"torch\.nn\.init\.(constant_|zeros_|ones_|eye_)")
SEEDS = re.compile(r"(torch)\.(random\.manual_seed|manual_seed|Generator)|(random|numpy\.random)\.seed")
AT_WILL = re.compile(  # these seed themselves where they are given no seed
    r"numpy\.random\.(default_rng|seed|SeedSequence|RandomState|MT19937|PCG64\w*|Philox|SFC64)|random\.(seed|Random)|torch\.(random\.)?seed"
)
OTHER = "{} answers otherwise each time, or on each machine; seed it, or leave it out"
REPLACED = "replaces {}, and its text is on no page; contextlib.redirect_stdout gives it back"


def problems(tree: ast.Module, alone: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the line of each such thing, and what is wrong with it. What does not run `alone` may start other programs."""
    keys = {id(part) for node in ast.walk(tree) for part in _keys(node)}
    called = _called(tree)
    for node, name in _used(tree):
        if isinstance(node.ctx, ast.Store):
            if name in ("sys.stdout", "sys.stderr"):
                yield node.lineno, REPLACED.format(name)
        elif OTHERWISE.fullmatch(name) and id(called.get(id(node))) not in keys:
            yield node.lineno, OTHER.format(name)
        elif alone and STARTING.fullmatch(name):
            yield node.lineno, f"{name} starts what the build does not see; a snippet does all in its own process"
        elif LATER.fullmatch(name):
            yield node.lineno, f"{name} runs when the page has been made; call it where it belongs"
        elif ASIDE.fullmatch(name):
            yield node.lineno, f"{name} writes to the standard error, which no page shows; print it"
    yield from _places(tree)
    yield from _unordered(tree)
    yield from ((line, OTHER.format(name)) for line, name, seen in unseeded(tree) if seen)


def _used(tree: ast.Module) -> list[tuple[ast.expr, str]]:
    """Return each place where a program uses what has a whole name, with that name."""
    names = _known(tree)
    used = [(node, _named(node, names)) for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)]
    return [(node, name) for node, name in used if name]


def _called(tree: ast.Module) -> dict[int, ast.Call]:
    """Return the calls of a program, by the identity of what they call."""
    return {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}


def _known(tree: ast.Module) -> dict[str, str]:
    """Return {name: what it stands for} of what a program imports, and of what Python has and the program does not rebind."""
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names = {name: name for name in {"id", "hash"} - own}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _named(node: ast.expr, names: dict[str, str]) -> str:
    """Return the whole name of what a name or an attribute stands for; that of an unknown thing begins with a dot.

    >>> tree = ast.parse("from torch import nn as n; n.Linear(2, 3).weight.normal_()")
    >>> sorted(_named(node, _known(tree)) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    ['..weight', '..weight.normal_', 'torch.nn.Linear']
    """
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    return f"{_named(node.value, names) or '.'}.{node.attr}" if isinstance(node, ast.Attribute) else "."


def _keys(node: ast.AST) -> list[ast.expr | None]:
    """Return the parts of an expression that only tell one thing from another, which the number of an object may do."""
    if isinstance(node, ast.Dict):
        return node.keys
    if isinstance(node, ast.DictComp):
        return [node.key]
    if isinstance(node, ast.Set):
        return node.elts
    if isinstance(node, ast.SetComp):
        return [node.elt]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []


def _places(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts that name a place of the machine: the guard sees what is read there, and not whether it is there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and PLACE.fullmatch(node.value):
            yield node.lineno, f"“{node.value}” is a place of the machine; a snippet reads its own folder only"


def _unordered(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the sets of texts whose order is shown: each process has another one."""
    taken: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in IN_ORDER:
            taken += node.args
        elif isinstance(node, ast.For | ast.comprehension):
            taken.append(node.iter)
        elif isinstance(node, ast.FormattedValue | ast.Starred):
            taken.append(node.value)
    for node in taken:
        made = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("set", "frozenset")
        parts = node.elts if isinstance(node, ast.Set) else node.args if made else []
        if any(isinstance(part, ast.Constant) and isinstance(part.value, str) for each in parts for part in ast.walk(each)):
            yield node.lineno, "a set of texts has another order each time; write a list, or sorted(…)"


def unseeded(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and the name of what draws random numbers where nothing is seeded, and whether they are ever seen.

    Those of a layer are where it is trained. Where none is, they are still drawn, and others come after them.
    """
    used, called = _used(tree), _called(tree)
    seeded = {match[1] or match[3] for _, name in used if (match := SEEDS.fullmatch(name))}
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While | ast.FunctionDef)]
    learns = any(".backward(" in ast.unparse(loop) for loop in loops) and not any(SET.fullmatch(name) for _, name in used)
    meta = [n for n in ast.walk(tree) if isinstance(n, ast.With) and any("'meta'" in ast.unparse(i) for i in n.items)]
    empty = {id(node) for block in meta for node in ast.walk(block)}  # no numbers are there
    for node, name in used:
        call = called.get(id(node))
        if call is None or id(node) in empty or any(word.arg == "generator" for word in call.keywords):
            continue
        layer = LAYERS.fullmatch(name)
        torchs = "torch" not in seeded and (layer or DRAWN.fullmatch(name) or LOADER.fullmatch(name) and _shuffles(call))
        others = (match := RANDOM.fullmatch(name)) and match[1] not in seeded
        if torchs or others or AT_WILL.fullmatch(name) and not _given(call):
            yield node.lineno, name.lstrip("."), bool(not layer or learns)


def _given(call: ast.Call) -> bool:
    """Return whether a call is given anything but None."""
    given = [*call.args, *(word.value for word in call.keywords)]
    return not all(isinstance(value, ast.Constant) and value.value is None for value in given)


def _shuffles(call: ast.Call) -> bool:
    """Return whether a loader may shuffle what it gives."""
    words = {word.arg: word.value for word in call.keywords}
    shuffle = words.get("shuffle", call.args[2] if len(call.args) > 2 else ast.Constant(None in words))  # **options may say it
    return not (isinstance(shuffle, ast.Constant) and not shuffle.value)

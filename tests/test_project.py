"""The repository as a newcomer finds it: what it promises stands there, and nothing of our machines does."""

import ast
import hashlib
import re
import subprocess
import tomllib

from downhill.execution import data
from tests.book import ROOT

ROOMS = [  # imports run from right to left
    {"manuscript"},
    {"execution"},
    {"markdown"},
    {"checks", "frozen"},
    {"site"},
    {"__main__"},
]
FILES = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def texts():
    for name in FILES:
        if not name.endswith((".gz", ".woff2", ".ttf", ".png")) and (ROOT / name).exists():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def test_nothing_that_a_build_makes_is_committed():
    assert not [name for name in FILES if re.match(r"(site|site-zensical|\.cache|\.venv|build)/", name)]


def test_no_path_or_host_of_a_machine_is_named():
    forbidden = r"/ho[m]e/\w|/ro[o]t/\w|/wo[r]k/|/tm[p]/\w|://[^ /]*/simp[l]e|://regi[s]try\."
    public = "https://pypi.tuna.tsinghua.edu.cn/simple"  # a mirror that the setup page names
    found = [name for name, text in texts() if re.search(forbidden, text.replace(public, ""))]
    assert found == []


def test_committed_data_is_what_its_checksums_say(tmp_path):
    assert len(list(data.unpacked(ROOT, tmp_path).iterdir())) == 4


def test_actions_are_pinned_and_permissions_are_stated():
    workflows = [(name, text) for name, text in texts() if name.startswith(".github/workflows/")]
    assert len(workflows) >= 2
    for name, text in workflows:
        for action in re.findall(r"uses: *(\S+)", text):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), f"{name}: {action}"
        assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE), name


def test_the_readme_names_what_a_newcomer_needs():
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for line in ("make serve", "make test", "python -m downhill serve", "pip install", "docs/readme.png"):
            assert line in text, f"{name}: {line}"
    assert (ROOT / "docs" / "readme.png").stat().st_size < 500_000


def test_dependencies_are_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = project["dependencies"] + [line for lines in project["optional-dependencies"].values() for line in lines]
    assert all(re.fullmatch(r"[\w-]+(\[\w+\])?==[\w.]+", line) for line in pinned)


def test_imports_run_one_way():
    rank = {room: place for place, rooms in enumerate(ROOMS) for room in rooms}
    for name in (name for name in FILES if name.startswith("downhill/") and name.endswith(".py") and (ROOT / name).exists()):
        room = name.split("/")[1].removesuffix(".py")
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            path = getattr(node, "module", None) or ""
            targets = {path.split(".")[1]} if path.count(".") else {a.name for a in getattr(node, "names", [])}
            for target in targets & rank.keys() if path.split(".")[0] == "downhill" else ():
                assert rank[target] < rank.get(room, 0) or target == room, f"{name}:{node.lineno} imports downhill.{target}"


def test_no_function_is_longer_than_a_screen():
    for name in (name for name in FILES if name.startswith("downhill/") and name.endswith(".py") and (ROOT / name).exists()):
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 50, f"{name}:{node.lineno} {node.name}"


def test_what_is_vendored_is_what_its_readme_says():
    folder = ROOT / "docs" / "theme" / "assets" / "minisearch"
    checksum = hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest()
    assert f"SHA-256 of this file | `{checksum}`" in (folder / "README.md").read_text(encoding="utf-8")


CLOCK = re.compile(r"wait_for_timeout\(|perf_counter|monotonic\(\) - ")


def test_no_test_looks_at_a_clock():
    """The machine may be busy with anything; `settled` and `until` wait for what a test wants to see."""
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts()
        if name.startswith("tests/") and name not in ("tests/test_project.py", "tests/browser/pages.py")
        for number, line in enumerate(text.split("\n"), 1)
        if CLOCK.search(line)
    ]
    assert found == []

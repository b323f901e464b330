"""make says what is missing, and make check all that is wrong."""

import os
import shutil
import subprocess
import sys

from tests.book import ROOT


def test_an_old_python_and_a_missing_network_are_named(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    old = tmp_path / "python3.9"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 9); exec(sys.argv[1])" "$2"\n')
    old.chmod(0o755)
    done = subprocess.run(["make", "build", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "needs Python 3.11 or newer" in done.stderr
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        offline.pop(name, None)
    command = ["make", "build", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=tmp_path, env=offline, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "Installing failed" in done.stdout
    assert not (tmp_path / ".venv" / "installed").exists()


def test_what_is_installed_without_make_is_not_installed_again(tmp_path):
    (tmp_path / "downhill").mkdir()
    for name in ("Makefile", "pyproject.toml", "downhill/installed.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    command = ["make", ".venv/installed", "PYTHON=false"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    pins = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    for changed in (pins.replace('"filelock==', '"filelock==9'), pins.replace('version = "', 'version = "9')):
        (tmp_path / ".venv" / "installed").unlink(missing_ok=True)
        (tmp_path / "pyproject.toml").write_text(changed, encoding="utf-8")
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode
        assert not (tmp_path / ".venv" / "installed").exists()


def test_check_runs_all_of_its_tools_whatever_one_finds(tmp_path):
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    (tmp_path / "pyproject.toml").touch()
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tmp_path / ".venv" / "installed").touch()
    for name in ("python", "ruff"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*"\nexit 1\n')
        (tools / name).chmod(0o755)
    done = subprocess.run(["make", "--no-print-directory", "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    said = done.stdout.splitlines()
    assert [line.split()[:2] for line in said] == [
        ["python", "-m"],
        ["ruff", "check"],
        ["ruff", "format"],
        ["ruff", "format"],
    ]


def test_ruff_leads_no_author_of_a_snippet_the_wrong_way():
    """A file that is missing, a tab, and a long line are said by `downhill check` or by the run, and not hidden by a rule."""
    source = '"""Read."""\n\nnumbers = open("numbers.csv").read()\nif numbers:\n\tprint(numbers)\n' + f"print('{'x' * 140}')\n"
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--stdin-filename", "snippets/chapter/read.py", "-"]
    done = subprocess.run(command, cwd=ROOT, input=source, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")

"""make says what is missing."""

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

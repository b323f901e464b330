"""The command line answers what it cannot do with one sentence."""

import subprocess
import sys


def test_a_folder_that_is_no_book(tmp_path):
    command = [sys.executable, "-m", "downhill", "--root", str(tmp_path), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no mkdocs.yml here" in done.stderr


def test_an_unknown_snippet_on_the_command_line(small):
    command = [sys.executable, "-m", "downhill", "--root", str(small), "run", "chapter/lime"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no snippet chapter/lime; did you mean chapter/line?" in done.stderr

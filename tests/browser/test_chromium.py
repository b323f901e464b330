"""The browser of the tests: got where it can be had; otherwise one sentence, before a test runs."""

import os
import shutil
import subprocess
import sys

import pytest

from downhill.site import chromium
from tests.book import ROOT

# what Debian's package is to this machine: a program that appears in the PATH
APT_GET = """#!/bin/sh
case "$*" in *install*" {package} "*) /bin/mv {folder}/packed {folder}/{package};; esac
"""
NO_CHINESE = '<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>'


@pytest.fixture
def bare(tmp_path):
    """The environment of a machine without a browser, and the folder of its programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    unreachable = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHROMIUM", "PYTEST"))}
    return kept | unreachable | {"PATH": str(folder), "CI": "true"}, folder


def program(path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def start(environment, *words) -> tuple[int, str]:
    """Run a module of Python on such a machine; return its status and what it said."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("package", chromium.BROWSERS)
def test_a_browser_is_got_where_packages_may_be_installed(bare, package):
    environment, folder = bare
    own = chromium.system() or pytest.skip("only playwright's own browser is here")
    program(folder / "packed", f'#!/bin/sh\nPATH="{os.environ["PATH"]}" exec {shutil.which(own)} "$@"\n')
    program(folder / "apt-get", APT_GET.format(folder=folder, package=package))
    program(folder / "sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    (folder / "sh").symlink_to("/bin/sh")
    assert start(environment, "tests.chromium") == (0, "getting what the tests in a browser need (once; some minutes)\n")
    assert start(environment, "tests.chromium") == (0, "")


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "workers"])
def test_a_run_without_a_browser_ends_in_a_sentence_before_a_test_runs(bare, workers):
    status, said = start(bare[0], "pytest", "-q", "tests/checks/test_twins.py", "tests/browser/test_copying.py", *workers)
    assert status == 1
    assert "no Chromium is here; `apt-get install chromium fonts-noto-cjk`, or" in said
    assert "passed" not in said and "Traceback" not in said


def test_a_run_that_needs_no_browser_does_without(bare):
    status, said = start(bare[0], "pytest", "-q", "tests/checks/test_twins.py")
    assert (status, "1 passed" in said) == (0, True), said


def test_a_browser_that_does_not_start_is_named(bare):
    status, said = start(bare[0] | {"CHROMIUM": "/nowhere"}, "tests.chromium")
    assert status == 1
    assert said.count("\n") == 1 and said.startswith("/nowhere does not start; ")


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig chooses the fonts on Linux")
def test_a_machine_without_a_chinese_font_is_refused(bare, tmp_path):
    (tmp_path / "fonts.conf").write_text(NO_CHINESE)
    environment = bare[0] | {"PATH": os.environ["PATH"], "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "CI": ""}
    program(bare[1] / "apt-get", "#!/bin/sh\nexit 1\n")
    environment["PATH"] = f"{bare[1]}:{environment['PATH']}"
    status, said = start(environment, "tests.chromium")
    assert status == 1
    assert "no font here has Chinese; install one" in said

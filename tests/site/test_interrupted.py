"""Whatever interrupts a build, the last good site stays."""

import os
import resource
import shutil
import signal
from pathlib import Path

import pytest

from downhill import LANGUAGES, BookError
from downhill.site import build
from downhill.site.build import recover
from tests.small import SNIPPET, begun, change, command, content, snippet, until, waiting


def test_a_failed_build_leaves_the_last_good_site(small, built):
    change(snippet(small), "# two points", "1 / 0  # two points")
    with pytest.raises(BookError):
        build.build(small)
    assert content(small / "site") == built


def test_a_disk_that_is_full_while_pages_are_written(small, built):
    """A limit on the size of files does what a full disk does: a write in the middle of a file fails."""
    change(small / "docs" / "en" / "index.md", "It ends at", "Its end is")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    with command(small, "build", preexec_fn=limit) as process:
        error = process.communicate()[1]
    assert process.returncode == 1
    assert "File too large" in error
    assert "Traceback" not in error
    assert content(small / "site") == built
    change(small / "docs" / "en" / "index.md", "Its end is", "It ends at")
    build.build(small)
    assert content(small / "site") == built


# the command line with a Zensical that renders nothing, for ever, once it has told, in the folder TOLD, which process it is
ENDLESS = """import sys
from downhill import __main__
from downhill.site import zensical
work = "import os, time; open(os.path.join(os.environ['TOLD'], str(os.getpid())), 'w').close(); time.sleep(3600)"
zensical.COMMAND = [sys.executable, "-c", work]
sys.exit(__main__.main())
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_zensical_ends_with_the_build_that_has_begun_it(small, at_hand, tmp_path, stop):
    (told := tmp_path / "told").mkdir()
    environment = {**os.environ, "TOLD": str(told)}
    with command(small, "build", "--with", "zensical", start=("-c", ENDLESS), env=environment) as process:
        until(lambda: len(list(told.iterdir())) == len(LANGUAGES))
        process.send_signal(stop)
        error = process.communicate()[1]
    assert process.returncode == 130
    assert "interrupted" in error
    for path in told.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)
    assert not list((small / ".cache" / "tmp").iterdir())


def test_an_interrupted_build(small, built, tmp_path):
    """The second build begins with what the first one has left, and the last one with what both have."""
    for stop in (signal.SIGINT, signal.SIGKILL):
        work = waiting(never := tmp_path / f"never-{stop}")
        snippet(small).write_text(SNIPPET.replace("y = [0.0, 1.5]", f"y = [0.0, 1.5]\n{work}"))
        with command(small, "build") as process:
            assert process.stdout.readline() == "running 1 of 1 snippets\n"
            until(begun(never).exists)
            process.send_signal(stop)
            error = process.communicate()[1]
        if stop == signal.SIGINT:
            assert process.returncode == 130
            assert "interrupted" in error
            assert "Traceback" not in error
        assert content(small / "site") == built
    snippet(small).write_text(SNIPPET)
    build.build(small)
    assert content(small / "site") == built


def moments(small, kept: Path) -> list[Path]:
    """Build in a process that keeps, before each of its moves, what a kill would leave of the book then; return these."""
    if child := os.fork():
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return sorted(kept.iterdir())
    status = 1

    def keeping(step):
        def move(*names, **options):
            place = kept / f"{len(list(kept.iterdir())):03}"
            shutil.copytree(small, place, ignore=shutil.ignore_patterns("data", "theme", "matplotlib"))
            return step(*names, **options)

        return move

    try:
        os.replace, os.rename = keeping(os.replace), keeping(os.rename)
        build.build(small)
        status = 0
    finally:
        os._exit(status)


def test_a_build_killed_before_each_of_its_moves(small, built, tmp_path):
    """Files are put in place by renaming them; between two renames nothing that counts changes on the disk."""
    shutil.rmtree(small / ".cache" / "runs")
    (tmp_path / "kept").mkdir()
    kept = moments(small, tmp_path / "kept")
    failed = [not (place / "site").exists() for place in kept]  # between the two moves of `put`; what comes next puts it back
    assert len(kept) > 5 and failed.count(True) == 1
    for place in kept:
        recover(place)
        assert content(place / "site") == built, place.name
    (last,) = [place for place, moved in zip(kept, failed, strict=True) if moved]
    shutil.copytree(small / "data", last / "data")
    shutil.copytree(small / "docs" / "theme", last / "docs" / "theme")
    build.build(last)
    assert content(last / "site") == built


def test_two_builds_at_once(small, ran):
    processes = [command(small, "build") for _ in range(2)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    assert sum("another build of this book is at work" in out for out, _ in said) >= 1
    assert sum("running 1 of 1 snippets" in out for out, _ in said) == 1
    assert content(small / "site") == content(ran / "site")

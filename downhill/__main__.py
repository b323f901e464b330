"""The command line: `python -m downhill build`, `pdf`, `cards`, `serve`, `run`, `verify`, `record`, `new`, `check`, …"""

import _thread
import argparse
import errno
import functools
import logging
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from downhill import BookError

REMEDIES = {
    errno.ENOSPC: "make room on the disk, and run this again",
    errno.EDQUOT: "make room in your quota, and run this again",
    errno.EROFS: "put the book where it can be written to",
    errno.EACCES: "make it readable and writable for you, and run this again",
}
ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # a command, beside Ctrl+C
NAMED = {"nargs": "*", "metavar": "name", "help": "a stem, chapter/name, path, or folder (default: all)"}
RECORDED = NAMED | {"help": "a stem, chapter/name, path, folder, or frozen file as in full/name (default: all)"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="downhill", description="Runs the book's snippets and builds its pages.")
    top.add_argument("--root", type=Path, default=Path(), help="where mkdocs.yml stands (default: here)")
    commands = top.add_subparsers(dest="command", required=True)
    running = argparse.ArgumentParser(add_help=False)
    running.add_argument("--jobs", type=int, help="snippets run at a time (default: all cores)")
    running.add_argument("--timeout", type=float, help="seconds that a snippet may run (default: 300; full: 7200)")
    build = commands.add_parser("build", parents=[running], help="run what changed, and build both languages into site/")
    build.add_argument(
        "--with", dest="generator", choices=("mkdocs", "zensical"), default="mkdocs", help="what renders the pages"
    )
    commands.add_parser("pdf", parents=[running], help="the same, and print each language as a PDF beside its pages (Chromium)")
    commands.add_parser("cards", parents=[running], help="build, and draw what other services show beside links (Chromium)")
    serve = commands.add_parser("serve", parents=[running], help="build, serve locally, build again on every change")
    serve.add_argument("--port", type=int, default=8000)
    run = commands.add_parser("run", parents=[running], help="run snippets that changed, or those named")
    run.add_argument("names", **NAMED)
    run.add_argument("--force", action="store_true", help="run them even if nothing changed")
    run.add_argument("--json", action="store_true", help="print what was run, how long it took and how much memory, as JSON")
    verify = commands.add_parser("verify", parents=[running], help="run what changed, and compare with data/record")
    verify.add_argument("names", **RECORDED)
    record = commands.add_parser("record", parents=[running], help="run what changed, and write data/record")
    record.add_argument("names", **RECORDED)
    commands.add_parser("check", help="look for everything that can be wrong without running a snippet")
    new = commands.add_parser(
        "new", parents=[running], help="begin a chapter, a snippet on its pages, or an exercise, to be filled in"
    )
    new.add_argument("name", metavar="chapter[/solutions][/name]")
    commands.add_parser("translate", help="bring docs/locale/zh.po up to date with the snippets")
    full = commands.add_parser("full", parents=[running], help="run the MNIST snippets on all 60,000 training digits")
    full.add_argument("names", **NAMED)
    full.add_argument("--data", type=Path, help="a folder with the four original MNIST files (default: download them)")
    full.add_argument("--compare", action="store_true", help="compare with the committed numbers, and write nothing")
    heavy_parser(commands)
    python = commands.add_parser("python-files", help="gather and pack Python for the pages, so that they can run programs")
    python.add_argument("folder", nargs="?", type=Path, help="where to (default: .cache/python, where a build looks for it)")
    python.add_argument("--from", dest="given", type=Path, help="where Pyodide's files lie (default: pip, npm, its release)")
    commands.add_parser("clean", help="delete site/, site-zensical/ and .cache/")
    return top


def heavy_parser(commands) -> None:
    """Add the command `experiments`."""
    heavy = commands.add_parser(
        "experiments",
        help="run the heavy experiments, and freeze what they measure",
        description="Runs what is missing of experiments, case by case, and freezes what they measure in data/experiments. "
        "Whatever has run is kept: an interrupted run goes on where it was.",
    )
    heavy.add_argument("names", nargs="*", metavar="name", help="those in experiments/ (default: all)")
    look = heavy.add_mutually_exclusive_group()
    look.add_argument("--list", action="store_true", help="run nothing; tell what there is, and what of it is frozen")
    look.add_argument("--dry-run", action="store_true", help="run nothing; tell what would run, and what it would cost")
    look.add_argument("--verify", action="store_true", help="run a small part (SMALL) again, compare it with what is frozen")
    heavy.add_argument("--only", metavar="words", default="", help="cases with these values alone, as in adam,muon,transformer")
    heavy.add_argument("--optimizer", type=Path, metavar="file", help="rank your optimizer, defined there, among the methods")
    heavy.add_argument("--data", type=Path, help="a folder with the four original MNIST files (default: download them)")
    heavy.add_argument("--jobs", type=int, default=os.cpu_count(), help="cases run at a time (default: all cores)")
    heavy.add_argument("--backend", choices=("loky", "dask", "ray"), default="loky", help="what joblib runs them on")
    heavy.add_argument(
        "--device", default="cpu", help="where torch computes, as in cuda; its results stand apart (default: cpu)"
    )


def heed() -> None:
    """Let whatever ends a command interrupt it as Ctrl+C does, so that it clears away what it has begun."""
    for which in ENDING:
        if signal.getsignal(which) is not signal.SIG_IGN:
            signal.signal(which, signal.default_int_handler)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = insist


def insist(dropped) -> None:
    """Interrupt again when Python has dropped an interrupt: it does where a weak reference ends, once after each import."""
    if issubclass(dropped.exc_type, KeyboardInterrupt):
        heard = [which for which in (signal.SIGINT, *ENDING) if signal.getsignal(which) is signal.default_int_handler]
        threading.Timer(0.05, _thread.interrupt_main, heard[:1]).start()  # in the background, a shell lets SIGINT be ignored
    else:
        sys.__unraisablehook__(dropped)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; return the exit status."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    root = options.root.resolve()
    heed()
    kept = "; the last good site stays" if options.command in ("build", "pdf") else ""
    try:
        if not (root / "mkdocs.yml").exists():
            raise BookError(f"{root}: no mkdocs.yml here. Run this in the folder of the book, or name it with --root.")
        if (root / "downhill").exists() and not Path(__file__).parent.samefile(root / "downhill"):
            raise BookError(f"{root} has a downhill of its own, not {Path(__file__).parent}; run `python -m downhill` there")
        return act(options, root)
    except BookError as error:
        print(error, file=sys.stderr)  # without a name before it: an editor opens a file and a line that begin a line
        return 1
    except OSError as error:
        remedy = REMEDIES.get(error.errno, "look at its permissions, and run this again")
        print(f"downhill: {error.filename or 'a file'}: {error.strerror or error}; {remedy}{kept}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"downhill: interrupted; what has run is kept{kept}", file=sys.stderr)
        return 130


def act(options: argparse.Namespace, root: Path) -> int:
    """Carry out one command."""
    from downhill.execution import report, runner
    from downhill.manuscript import catalogue
    from downhill.manuscript.book import Book

    timeout = getattr(options, "timeout", None) or runner.TIMEOUT
    if options.command in ("build", "pdf", "cards"):
        build(options, root, timeout)
    elif options.command == "serve":
        from downhill.site import serve

        serve.serve(root, options.port, report.choose(), parallel=options.jobs, timeout=timeout)
    elif options.command == "run":
        run(Book(root), options, timeout)
    elif options.command in ("verify", "record"):
        record(Book(root), options, timeout)
    elif options.command == "check":
        return check(Book(root))
    elif options.command == "new":
        new(Book(root), options, timeout)
    elif options.command == "translate":
        book = Book(root)
        print(f"{catalogue.update(book.catalogue, book.paths)} entries of {book.catalogue} wait for a translator")
    elif options.command == "full":
        from downhill.frozen import full

        how = {"parallel": options.jobs, "timeout": options.timeout or 7200, "compare": options.compare}
        full.run(Book(root), options.names, options.data, **how)
    elif options.command == "experiments":
        heavy(Book(root), options)
    elif options.command == "python-files":
        from downhill.site import python_files

        python_files.pack(root, options.folder or python_files.folder(root), options.given)
    elif options.command == "clean":
        for name in ("site", "site-zensical", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
    return 0


def build(options: argparse.Namespace, root: Path, timeout: float) -> None:
    """Build the site, and what a browser makes beside it."""
    from downhill.execution import report
    from downhill.manuscript.book import Book
    from downhill.site import build, cards, unchanged, zensical
    from downhill.site.chromium import both_languages

    if options.command != "build":
        with both_languages():  # what is missing is said before anything runs
            pass
    if options.command == "pdf":
        os.environ["BOOK_PDF"] = "1"  # as mkdocs.yml reads it: the pages lead to what is printed
    generator = zensical if getattr(options, "generator", "") == "zensical" else build
    make = functools.partial(generator.build, root, report.choose(), parallel=options.jobs, timeout=timeout)
    site, stands = root / generator.FOLDER, "stands as it was built, and nothing has changed since"
    made = unchanged.renew(root, generator.FOLDER, make, again=options.command == "pdf")
    print(f"built {site}" if made else f"{site} {stands}; to build it all the same, delete it")
    if options.command == "cards":
        drawn = cards.draw(Book(root), site)
        print(*(f"drew {path.relative_to(root)}" for path in drawn), sep="\n")


def heavy(book, options: argparse.Namespace) -> None:
    """Run experiments, or tell about them, or rank a reader's optimizer in one."""
    from downhill.frozen import experiments, ranking
    from downhill.frozen.cases import How

    names, only, own = options.names, options.only, options.optimizer and options.optimizer.resolve()
    how = How(options.backend, options.jobs, options.device, own)
    if only and (options.verify or own):
        raise BookError("--only chooses from a run, --list, or --dry-run; leave it out with --verify and --optimizer")
    if own and (options.verify or options.list):
        raise BookError("--optimizer goes alone, or with --dry-run; leave out --list and --verify")
    ranked = ranking.chosen(book, names, how) if own else []  # what is wrong is told before anything runs
    if options.list:
        print(experiments.listed(book, names, how, only))
    elif options.dry_run:
        print(experiments.priced(book, names, how, only))
    elif options.verify:
        experiments.verify(book, names, how)
    elif own:
        ranking.run(ranked, options.data)
    else:
        experiments.run(book, names, options.data, how, only)


def check(book) -> int:
    """Print all that is wrong with the book; return the exit status."""
    from downhill import checks
    from downhill.frozen import experiments, full

    frozen = full.problems(book) + experiments.problems(book)
    if found := checks.ordered(checks.problems(book) + checks.rules(book) + frozen):
        print(*found, sep="\n", file=sys.stderr)
        return 1
    print(*filter(None, [checks.seconds.note(book), checks.rounding.note(book)]), "the book is consistent", sep="\n")
    return 0


def run(book, options: argparse.Namespace, timeout: float) -> None:
    """Run snippets, and tell what was run."""
    from downhill.execution import cache, report, runner

    names = book.select(options.names)
    say = report.choose(errors=options.json)
    try:
        with cache.alone(book, say.say):
            results = runner.run(book, names, force=options.force, parallel=options.jobs, timeout=timeout, say=say)
    finally:
        if options.json:
            print(say.json())
    say.say(f"{len(results)} results in {book.cache / 'runs'}")


def new(book, options: argparse.Namespace, timeout: float) -> None:
    """Begin a chapter, a snippet, or an exercise, and record what its pages take from it."""
    from downhill.manuscript import new
    from downhill.manuscript.book import Book

    print(*(f"{place}: begun" for place in new.begin(book, options.name)), sep="\n")
    if "/" in options.name:
        options.names = [options.name]
        record(Book(book.root), options, timeout)
    print("What stands in «…» is yours to write: `make serve` shows it, `make check` says what is left.")


def record(book, options: argparse.Namespace, timeout: float) -> None:
    """Run what changed, and compare what pages take from it with the record, or write it there."""
    from downhill.execution import cache, record, report, runner

    say = report.choose()
    programs, frozen = record.chosen(book, options.names)
    with cache.alone(book, say.say):
        results = runner.run(book, programs, parallel=options.jobs, timeout=timeout, say=say) if programs else {}
        found = record.all_taken(book, results, frozen)
        if options.command != "verify":
            changed = record.write(book, found, everything=not options.names)
            say.say("\n".join(f"wrote {path.relative_to(book.root)}" for path in changed) or "the record is up to date")
            return
        for sentence in record.verify(book, found, everything=not options.names):
            say.say(sentence)
    say.say(f"{sum(map(len, found.values()))} entries of {len(found)} programs and frozen files are as recorded")


if __name__ == "__main__":
    sys.exit(main())

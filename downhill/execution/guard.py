"""What a snippet may touch: its own folder, and Python's libraries. Its result then depends on nothing but what its key holds.

An audit hook sees what Python does; what compiled code does on its own it cannot see.
"""

import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable

CHANGING = {"chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "symlink", "truncate", "utime"}  # of os
LISTING = {"os.listdir", "os.scandir"}
NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
INSTALLED = ("/bin", "/lib", "/lib64", "/usr")
MACHINE = ("/dev", "/etc", "/proc", "/sys")  # libraries read here; a snippet does not
FONTS = (".ttf", ".otf", ".ttc", ".pfb", ".afm", ".woff2")
HERE = os.path.dirname(os.path.dirname(__file__))
PASSING_ON = {"pathlib.py", "codecs.py", "tokenize.py", "fileinput.py", "glob.py", "os.py", "<frozen os>", "<frozen codecs>"}


class SnippetError(Exception):
    """What a snippet did that no snippet may do."""


class Guard:
    """An audit hook, to be added in the process of a snippet; `refused` is the first thing that it refused.

    `book` is the folder in which nothing may be changed; the snippet's code calls itself `file`; `readable` are the files and
    folders that it may read besides libraries.
    """

    def __init__(self, book: str, file: str, readable: Iterable[str]):
        self.book, self.file = book, file
        libraries = [*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, *sys.path, *INSTALLED, HERE]
        self.readable = {os.path.realpath(path) for path in [*libraries, *readable]}
        self.refused: SnippetError | None = None

    def __call__(self, event: str, arguments: tuple) -> None:
        if event in NETWORK:
            self._network(arguments)
        elif event == "open":
            self._open(*arguments)
        elif event in LISTING:
            self._read("." if arguments[0] is None else arguments[0])
        elif event.removeprefix("os.") in CHANGING:
            for path in arguments[:2]:
                self._change(path)
            if event in ("os.link", "os.rename"):  # what comes by another name is read
                self._read(arguments[0])
                self.readable.add(_real(arguments[1]))
            elif event == "os.mkdir" and not os.path.exists(arguments[0]):
                self.readable.add(_real(arguments[0]))

    def _open(self, path, _, flags) -> None:
        writes = isinstance(flags, int) and flags & WRITING
        if writes:
            self._change(path)
        if not writes or (flags & os.O_RDWR and not flags & os.O_TRUNC and os.path.exists(path)):
            self._read(path)
        elif flags & os.O_TRUNC or not os.path.exists(path):
            self.readable.add(_real(path))

    def _change(self, path) -> None:
        if _below(_real(path), self.book):
            self._refuse(f"changes {os.fsdecode(path)}; a snippet writes into its own folder only")

    def _read(self, path) -> None:
        if _real(path) and not self._may_read(_real(path)):
            self._refuse(f"reads {os.fsdecode(path)}; a snippet reads its own folder only, and makes what it needs")

    def _may_read(self, path: str) -> bool:
        """Return whether a path is a library's, a font, or what this process has made; a device or setting, for libraries."""
        if path.lower().endswith(FONTS) or path in (os.devnull, tempfile.gettempdir()):
            return True
        if any(_below(path, folder) for folder in tuple(self.readable)):  # another thread may add to it meanwhile
            return True
        return any(_below(path, folder) for folder in MACHINE) and not self._by_the_snippet()

    def _by_the_snippet(self) -> bool:
        """Return whether the snippet itself asks, by `open` or through pathlib, and not a library."""
        frame = sys._getframe()
        while frame and (frame.f_code.co_filename == __file__ or os.path.basename(frame.f_code.co_filename) in PASSING_ON):
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename == self.file

    def _network(self, arguments: tuple) -> None:
        where = arguments[-1] if isinstance(arguments[-1], tuple) else arguments[:1]
        if isinstance(where[0], str | bytes):  # no socket of the system itself
            name = os.fsdecode(where[0])
            self._refuse(
                f"asks the network ({name}); a snippet reads its own folder only, where the digits of MNIST lie in “data”"
            )

    def _refuse(self, why: str) -> None:
        error = SnippetError(why)
        self.refused = self.refused or error
        raise error


def _real(path) -> str:
    """Return the path of what an event names, with links followed; nothing for a number of an open file."""
    return os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

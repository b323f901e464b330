"""What the setup page says of torchvision, of doctests, and of fonts is so; nothing here asks the network."""

import hashlib
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from downhill.execution import torchvision_ops
from downhill.manuscript.book import Book
from tests.book import ROOT

PAGES = {language: Book(ROOT).pages[language]["setup.md"].text for language in ("en", "zh")}
DIGITS = sorted((ROOT / "data" / "mnist").glob("*.gz"))


def program(language: str, section: str) -> str:
    """Return the first Python block below a heading of the page."""
    return re.search(rf"\{{#{section}\}}\n.*?^```python\n(.*?)^```", PAGES[language], re.MULTILINE | re.DOTALL)[1]


@pytest.fixture
def loader(monkeypatch, tmp_path):
    """torchvision's MNIST in an empty folder, with the checksums of our reduced files; `asked` lists what it asks for."""
    torchvision_ops.ready()
    from torchvision.datasets import MNIST

    asked = []

    def refuse(request, *_, **__):
        asked.append(request if isinstance(request, str) else request.full_url)
        raise urllib.error.URLError("no network")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(MNIST, "mirrors", list(MNIST.mirrors))
    sums = {file.name: hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest() for file in DIGITS}
    monkeypatch.setattr(MNIST, "resources", [(name, sums[name]) for name, _ in MNIST.resources])
    monkeypatch.setattr(MNIST, "asked", asked, raising=False)
    (tmp_path / "data" / "MNIST" / "raw").mkdir(parents=True)
    return MNIST


def test_the_checksums_on_the_page_are_those_of_torchvision():
    torchvision_ops.ready()
    from torchvision.datasets import MNIST

    for text in PAGES.values():
        assert re.findall(r"^\| `([\w-]+\.gz)` \| `(\w+)` \|$", text, re.MULTILINE) == MNIST.resources


def test_packed_files_are_taken_as_they_are(loader, tmp_path):
    for file in DIGITS:
        shutil.copy(file, tmp_path / "data" / "MNIST" / "raw")
    assert len(loader("data", download=True)) == 10_000
    assert loader.asked == []


def test_the_mirror_is_asked_first(loader):
    with pytest.raises(RuntimeError, match="no network"):
        exec(program("zh", "china"), {})
    assert loader.asked[0] == "https://dataset.bj.bcebos.com/mnist/train-images-idx3-ubyte.gz"


@pytest.mark.parametrize("language", PAGES)
def test_the_files_are_cut_to_the_first_10000(language, loader, tmp_path):
    raw = tmp_path / "data" / "MNIST" / "raw"
    for name, head, size in (("images-idx3", b"\0\0\x08\x03", 784), ("labels-idx1", b"\0\0\x08\x01", 1)):
        sides = (28).to_bytes(4, "big") * 2 if size > 1 else b""
        body = b"".join(bytes([number % 10]) * size for number in range(10_050))
        (raw / f"train-{name}-ubyte").write_bytes(head + (10_050).to_bytes(4, "big") + sides + body)
        (raw / f"t10k-{name}-ubyte").write_bytes(b"")
    exec(program(language, "ten-thousand"), {})
    digits = loader("data", download=True)
    assert (len(digits), digits.data.shape, loader.asked) == (10_000, (10_000, 28, 28), [])
    assert [int(digits.data[9999, 27, 27]), int(digits.targets[9999])] == [9, 9]


def test_doctests_are_silent_when_all_is_right(tmp_path):
    source = (ROOT / "snippets" / "setup" / "chinese_fonts.py").read_text(encoding="utf-8")
    own = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout
    for text, code in ((source, 0), (source.replace("[:1]]", "]"), 1)):
        (tmp_path / "try.py").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "doctest", "try.py"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout == own) == (code, code == 0), done.stdout
    (tmp_path / "try.py").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "doctest", "try.py", "-v"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "2 passed" in done.stdout


def test_a_font_is_loaded_from_a_file(monkeypatch, tmp_path):
    import matplotlib
    from matplotlib import font_manager

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", list(font_manager.fontManager.ttflist))
    file = font_manager.findfont("DejaVu Serif")
    shutil.copy(file, tmp_path / "NotoSansSC-Regular.otf")
    with matplotlib.rc_context():
        exec(program("en", "addfont"), {})
        assert matplotlib.rcParams["font.family"] == ["DejaVu Sans", "DejaVu Serif"]

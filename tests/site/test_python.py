"""Python for the pages: gathered by checksums, packed without what no program needs, put into the site apart from the rest."""

import hashlib
import importlib.util
import io
import json
import re
import runpy
import sys
import zipfile
from fnmatch import fnmatch

import pytest

from downhill import BookError
from downhill.execution.report import Report
from downhill.site import build, compiling, python, python_files
from tests.book import ROOT
from tests.server import rules

CONTENT = {name: name.encode() for name in ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm.gz", "python_stdlib.zip")}
CONTENT |= {name: name.encode() for name in (python_files.PACKAGES, python_files.FONT, python_files.MODULE)}


def write_packed(root, folder) -> None:
    """Write what python-files would, with files that say no more than their names."""
    folder.mkdir()
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
    (folder / python_files.MANIFEST).write_text(json.dumps({"of": python_files.recipe(root), "files": sums}))


@pytest.fixture
def listed(small, at_hand):
    """The small book, with the real list of files."""
    (small / python_files.LIST).write_bytes((ROOT / python_files.LIST).read_bytes())
    return small


@pytest.mark.usefixtures("at_hand")
def test_without_python_a_build_says_so_in_one_sentence_and_no_page_has_a_button(small):
    said: list[str] = []
    site = build.build(small, Report(said.append))
    assert [line for line in said if "python-files" in line] == [python.ABSENT]
    page = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert "data-python" not in page and 'data-run=""' in page
    assert not (site / "assets" / "python").exists() and 'PYTHON = ""' in (site / "sw.js").read_text(encoding="utf-8")


def test_python_stands_in_a_folder_of_its_own_and_not_in_the_zip(listed, tmp_path, monkeypatch):
    write_packed(listed, tmp_path / "packed")
    monkeypatch.setenv("PYTHON_FILES", str(tmp_path / "packed"))
    said: list[str] = []
    site = build.build(listed, Report(said.append))
    assert not [line for line in said if "python-files" in line]
    (folder,) = (site / "assets" / "python").iterdir()
    address = f"assets/python/{folder.name}/"
    for language in ("zh", "en"):
        assert f' data-python="{address}"' in (site / language / "index.html").read_text(encoding="utf-8")
    served = {path.name for path in folder.iterdir()}
    assert served == {"book.zip", "editor.css", "editor.js", "worker.js", "LICENCES.txt"} | set(CONTENT) - {
        python_files.FONT,
        python_files.MODULE,
    }
    worker = (site / "sw.js").read_text(encoding="utf-8")
    assert f'PYTHON = "{address}"' in worker and f'"{address}' not in worker.partition("FILES = ")[2]
    with zipfile.ZipFile(site / "downhill.zip") as disk:
        assert not [name for name in disk.namelist() if "python" in name]
        assert "data-python" not in disk.read("downhill/en/index.html").decode()
    with zipfile.ZipFile(folder / "book.zip") as book:
        assert book.read(f"{python.PLACE}/{python_files.MODULE}") == CONTENT[python_files.MODULE]
        assert {"matplotlibrc", "cloudpickle/cloudpickle.py", "downhill/execution/in_page.py"} <= set(book.namelist())


def test_a_folder_with_something_else_is_refused(listed, tmp_path, monkeypatch):
    write_packed(listed, folder := tmp_path / "packed")
    monkeypatch.setenv("PYTHON_FILES", str(folder))
    assert python.packed(listed) == folder
    (folder / "packages.zip").write_bytes(b"other")
    with pytest.raises(BookError, match=rf"{folder} is not .*; run `python -m downhill python-files {folder}`"):
        build.build(listed)
    (folder / "packages.zip").write_bytes(CONTENT["packages.zip"])
    (listed / python_files.LIST).write_text("{}")
    with pytest.raises(BookError, match="python-files"):
        build.build(listed)


def test_only_what_has_the_checksum_is_gathered(listed, tmp_path):
    sums = json.loads((listed / python_files.LIST).read_text())["files"]
    assert len(sums) == 14 and all(re.fullmatch(r"[0-9a-f]{64}", file["sha256"]) and file["licence"] for file in sums.values())
    given = tmp_path / "given"
    (given / "below").mkdir(parents=True)
    (given / "pyodide.mjs").write_text("another one")
    with pytest.raises(BookError, match=r"data/pyodide\.json: .*pyodide\.mjs.* cannot be had here; .* --from"):
        python_files.pack(listed, tmp_path / "packed", given, say=lambda _: None)
    assert not (tmp_path / "packed").exists()
    (given / "below" / "a.whl").write_bytes(b"right")
    few = {"files": {"a.whl": {"sha256": hashlib.sha256(b"right").hexdigest()}}}
    assert python_files.gathered(few, tmp_path, given, lambda _: None) == {"a.whl": b"right"}


def test_tests_fonts_and_other_backends_are_dropped_and_licences_kept(tmp_path):
    names = {
        "numpy/_core/multiarray.py": True,
        "numpy/tests/test_a.py": False,
        "numpy/testing/_private/utils.py": True,
        "numpy/random/LICENSE.md": True,
        "numpy-2.dist-info/LICENSE.txt": True,
        "numpy-2.dist-info/RECORD": False,
        "matplotlib/backends/backend_svg.py": True,
        "matplotlib/backends/backend_mixed.py": True,
        "matplotlib/backends/backend_qt5agg.py": False,
        "matplotlib/backends/_backend_agg.cpython-312-wasm32-emscripten.so": True,
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf": True,
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans-Oblique.ttf": True,
        "matplotlib/mpl-data/fonts/ttf/DejaVuSansMono.ttf": True,
        "matplotlib/mpl-data/fonts/ttf/DejaVuSerif.ttf": False,
        "matplotlib/mpl-data/fonts/ttf/STIXGeneral.ttf": False,
        "matplotlib/mpl-data/images/home.png": False,
        "mpl_toolkits/mplot3d/axes3d.py": True,
        "PIL/_imaging.cpython-312-wasm32-emscripten.so": True,
    }
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as made:
        for name in names:
            made.writestr(name, name)
    python_files.join([wheel.getvalue()], tmp_path / "joined.zip")
    with zipfile.ZipFile(tmp_path / "joined.zip") as joined:
        assert {name: name in joined.namelist() for name in names} == names


def test_what_is_wanted_is_compiled_and_the_same_bytes_come_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        old.writestr("wanted.py", "def f():\n    return __file__, 1 / 4\n")
        old.writestr("other.py", "x = 1\n")
    written = []
    for name in ("one.zip", "two.zip"):
        compiling.compiled(str(tmp_path / "old.zip"), str(tmp_path / name), {"wanted.py"})
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert sorted(made.namelist()) == ["other.py", "wanted.pyc"]
        made.extractall(tmp_path)
    assert (tmp_path / "wanted.pyc").read_bytes()[:4] == importlib.util.MAGIC_NUMBER
    assert runpy.run_path(str(tmp_path / "wanted.pyc"))["f"]()[1] == 0.25


def test_used_names_the_files_of_what_is_imported(monkeypatch):
    import colorsys

    monkeypatch.setitem(sys.modules, "colorsys", colorsys)
    monkeypatch.setattr(colorsys, "__file__", "/lib/python312.zip/colorsys.py")
    found = compiling.used("import pytest")
    assert "colorsys.py" in found and "pytest/__init__.py" in found


def test_no_address_has_two_policies_and_a_page_has_none_that_lets_it_run_more(site):
    files = [f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()]
    policies = {
        file: [
            value for pattern, name, value in rules(site) if "Policy" in name and "Content" in name and fnmatch(file, pattern)
        ]
        for file in ["/", *files, "/assets/python/0/worker.js"]
    }
    assert max(map(len, policies.values())) == 1
    for file, found in policies.items():
        assert not found or ("wasm-unsafe-eval" in found[0]) == file.startswith("/assets/python/"), file
        assert found or not re.match(r"/(en|zh)/|/$", file), file

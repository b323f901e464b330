"""The style of the book's figures, for tests that draw in their own process."""

import pytest

from downhill.execution import figures
from tests.book import ROOT


@pytest.fixture(scope="module")
def style(tmp_path_factory):
    """Draw as the build does, until the module's tests are done."""
    import matplotlib

    with matplotlib.rc_context():
        figures.use_style(ROOT / "matplotlibrc", tmp_path_factory.mktemp("font"))
        yield

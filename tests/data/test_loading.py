import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from lstm_core.data import loading
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.errors import DataError, SpecError
from lstm_core.spec import SeriesDataSpec


def test_each_source_has_its_way(tmp_path: Path) -> None:
    csv = SeriesDataSpec(source="csv", name="a.csv")
    assert loading.load_table(csv, b"a,b\n1,2\n3,4\n").name == "a.csv"
    assert len(loading.load_table(SeriesDataSpec(source="sample", name="sine")).frame) == 1_000
    for source in ("yahoo", "fred"):
        asked = SeriesDataSpec(source=source, name="GDP", download={"period": "1y"})
        with mock.patch.object(loading, "fetch_table") as fetch:
            loading.load_table(asked, cache_folder=tmp_path)
        fetch.assert_called_once_with(
            ONLINE_SOURCES[source], "GDP", asked.download, cache_folder=tmp_path
        )


def test_a_file_without_its_content() -> None:
    with pytest.raises(DataError, match="not its content"):
        loading.load_table(SeriesDataSpec(source="csv", name="a.csv"))


def test_an_unknown_sample() -> None:
    with pytest.raises(SpecError, match='no sample "sin"'):
        loading.load_table(SeriesDataSpec(source="sample", name="sin"))


def test_importing_the_data_layer_is_cheap() -> None:
    modules = [
        f"lstm_core.data.{path.stem}"
        for path in Path(loading.__file__).parent.glob("*.py")
        if path.stem != "__init__"
    ]
    heavy = ["tensorflow", "keras", "statsmodels", "yfinance", "plotly", "streamlit"]
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {modules!r}]; "
        f"sys.exit(','.join(name for name in {heavy!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from lstm_core.runs.store import Store
from lstm_core.settings import load_settings
from tests.commands.conftest import Fitted
from tests.commands.terminal import Terminal, write_sine
from tests.runs.records import create_running


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_s_forecast_is_printed_as_csv(fitted: Fitted, terminal: Terminal) -> None:
    answer = terminal("forecast", fitted.run_id)
    assert (answer.status, answer.stderr) == (0, "")
    rows = read_rows(answer.stdout)
    assert list(rows[0]) == ["series", "target", "timestamp", "value"]
    expected = [row["value"] for row in fitted.answer.content["forecast"]]
    assert [float(row["value"]) for row in rows] == pytest.approx(expected)


def test_json_is_the_same_as_fit_gave(fitted: Fitted, terminal: Terminal) -> None:
    content = terminal("forecast", fitted.run_id, "--json").content
    assert content["run_id"] == fitted.run_id
    assert content["forecast"] == fitted.answer.content["forecast"]


def test_newer_data_gives_a_later_forecast(
    fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    newer = write_sine(tmp_path / "newer.csv", 170)
    answer = terminal("forecast", fitted.run_id, "--csv", newer, "--json")
    assert answer.status == 0
    times = [row["timestamp"][:10] for row in answer.content["forecast"]]
    assert times == ["2024-06-19", "2024-06-20", "2024-06-21", "2024-06-22"]


def test_the_same_data_gives_the_same_forecast(fitted: Fitted, terminal: Terminal) -> None:
    content = terminal("forecast", fitted.run_id, "--csv", fitted.data, "--json").content
    for ours, theirs in zip(content["forecast"], fitted.answer.content["forecast"], strict=True):
        assert ours["timestamp"] == theirs["timestamp"]
        assert ours["value"] == pytest.approx(theirs["value"], abs=1e-6)


def test_a_forecast_can_be_written_to_a_file(
    fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "forecast.csv"
    answer = terminal("forecast", fitted.run_id, "--out", path)
    assert (answer.status, answer.stdout) == (0, "")
    assert len(read_rows(path.read_text())) == 4


def check_refused(terminal: Terminal, words: str, *arguments: str | Path) -> None:
    answer = terminal("forecast", *arguments)
    assert (answer.status, answer.stdout) == (2, "")
    (line,) = answer.stderr.splitlines()
    assert re.search(words, line)


def test_a_file_that_cannot_be_written_is_told(
    fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    check_refused(terminal, "cannot be written", fitted.run_id, "--out", tmp_path / "no" / "f.csv")


@pytest.mark.parametrize("run_id", ["nosuchrun", "../../etc/passwd", "", "a" * 16])
def test_an_unknown_run_is_refused(run_id: str, terminal: Terminal) -> None:
    check_refused(terminal, "no run|no such run|not in the record", run_id)


def test_a_run_that_is_not_completed_has_no_forecast(terminal: Terminal) -> None:
    with Store.open(load_settings()) as store:
        run = create_running(store)
    check_refused(terminal, f"The run {run.id} is running; it has no forecast", run.id)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"day,price\n2024-01-01,1\n2024-01-02,2\n", 'no column "value"'),
        (b"day,value\n2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n", "3 rows, .* looks back 8"),
    ],
)
def test_newer_data_that_does_not_fit_is_refused(
    content: bytes, words: str, fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "newer.csv"
    path.write_bytes(content)
    check_refused(terminal, words, fitted.run_id, "--csv", path)


def test_newer_data_that_is_not_there_is_refused(fitted: Fitted, terminal: Terminal) -> None:
    check_refused(terminal, 'no file "nowhere.csv"', fitted.run_id, "--csv", "nowhere.csv")

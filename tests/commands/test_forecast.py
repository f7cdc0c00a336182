from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.commands.conftest import Fitted
from tests.commands.terminal import (
    QUICK,
    Terminal,
    run_process,
    write_promotions,
    write_sine,
)
from tests.runs.records import create_running

RANGES = [f"{side}_{level}" for level in (50, 80, 95) for side in ("low", "high")]


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_s_forecast_is_printed_as_csv(fitted: Fitted, terminal: Terminal) -> None:
    answer = terminal("forecast", fitted.run_id)
    assert (answer.status, answer.stderr) == (0, "")
    rows = read_rows(answer.stdout)
    assert list(rows[0]) == ["series", "target", "timestamp", "value", *RANGES]
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


@pytest.mark.slow
def test_the_calendar_goes_on_with_newer_data(tmp_path: Path, promoted: Fitted) -> None:
    """What a network is told of the calendar is no known-future covariate of the file."""
    home, calendar = tmp_path / "home", 'task.calendar=["weekday"]'
    ignoring = ["--set", "data.missing_future=ignore", "--set", "task.shrink=false"]
    columns = ["--target", "sales", "--set", 'data.known_future_covariates=["promo"]']
    longer = ["--set", "task.horizon=6"]  # promotions are known for four days
    options = [*QUICK, *columns, *ignoring, *longer, "--set", calendar, "--json"]
    fitted = run_process(home, "fit", promoted.data, *options)
    run_id = fitted.content["run_id"]
    answer = run_process(home, "forecast", run_id, "--csv", promoted.data, "--json")
    told = [row["value"] for row in answer.content["forecast"]]
    assert told == pytest.approx([row["value"] for row in fitted.content["forecast"]], abs=1e-6)


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
        (
            b"day,value\n2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n",
            "The table has 3 rows, .* looks back 8",
        ),
    ],
)
def test_newer_data_that_does_not_fit_is_refused(
    content: bytes, words: str, fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "newer.csv"
    path.write_bytes(content)
    check_refused(terminal, words, fitted.run_id, "--csv", path)


def test_what_was_done_to_newer_data_is_told(
    fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    newer = write_sine(tmp_path / "newer.csv", 170)
    lines = newer.read_text().splitlines()
    lines[50] = lines[50].split(",")[0] + ","
    newer.write_text("\n".join(lines))
    answer = terminal("forecast", fitted.run_id, "--csv", newer)
    assert answer.stderr.splitlines()[0] == "Daily, 170 rows, 1 gap filled by interpolation"
    assert len(read_rows(answer.stdout)) == 4


def test_newer_data_that_is_not_there_is_refused(fitted: Fitted, terminal: Terminal) -> None:
    check_refused(terminal, 'no file "nowhere.csv"', fitted.run_id, "--csv", "nowhere.csv")


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([*lines, ""]))
    return path


def list_values(content: dict[str, Any]) -> list[float]:
    return [row["value"] for row in content["forecast"]]


def test_another_future_gives_another_forecast_of_the_same_days(
    promoted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    known = promoted.answer.content["forecast"]
    future = write(tmp_path / "future.csv", "day,promo", "2024-06-01,9", "2024-06-02,9")
    answer = terminal("forecast", promoted.run_id, "--future", future, "--json")
    assert answer.status == 0
    found = answer.content["forecast"]
    assert [row["timestamp"] for row in found] == [row["timestamp"] for row in known]
    assert list_values(answer.content) != pytest.approx([row["value"] for row in known], abs=0.01)
    again = terminal("forecast", promoted.run_id, "--json").content
    assert again["forecast"] == known  # the run itself is what it was


def test_the_future_that_was_known_gives_the_forecast_that_was_made(
    promoted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    header, *lines = promoted.data.read_text().split()
    future = write(tmp_path / "future.csv", header, *lines[-4:])
    answer = terminal("forecast", promoted.run_id, "--future", future, "--json")
    expected = list_values(promoted.answer.content)
    assert list_values(answer.content) == pytest.approx(expected, abs=1e-5)


def test_newer_data_may_come_with_its_future_apart(
    promoted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    newer = write_promotions(tmp_path / "newer.csv", 160, num_ahead=0)
    check_refused(terminal, "given for 0 steps", promoted.run_id, "--csv", newer)
    days = ["2024-06-09", "2024-06-10", "2024-06-11", "2024-06-12"]
    future = write(tmp_path / "future.csv", "day,promo", *(f"{day},1" for day in days))
    answer = terminal("forecast", promoted.run_id, "--csv", newer, "--future", future, "--json")
    assert [row["timestamp"][:10] for row in answer.content["forecast"]] == days


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["day,promos", "2024-06-01,1"], 'no column "promo"'),
        (["day,promo", "2024-06-03,1"], "2024-06-03 is not forecast. .* to 2024-06-02"),
        (["day,promo", "2024-06-01,1", "2024-06-01,0"], "2024-06-01 is given twice"),
        (["day,promo", "2024-06-01,1", "2024-06-02,"], '2024-06-02 has no usable number for "pro'),
        (["day,promo", "2024-06-01,inf"], '2024-06-01 has no usable number for "promo"'),
        (["day,promo", "soon,1"], "can't be read as times"),
    ],
)
def test_a_future_that_does_not_fit_is_refused(
    lines: list[str], words: str, promoted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    future = write(tmp_path / "future.csv", *lines)
    check_refused(terminal, words, promoted.run_id, "--future", future)


def test_without_anything_known_ahead_another_future_is_refused(
    fitted: Fitted, terminal: Terminal, tmp_path: Path
) -> None:
    future = write(tmp_path / "future.csv", "day,promo", "2024-06-01,1")
    check_refused(terminal, "nothing to change", fitted.run_id, "--future", future)


def test_a_model_that_went_without_a_future_goes_without_it_again(
    terminal: Terminal, tmp_path: Path
) -> None:
    """What is known ahead by now was not when the network learnt, so it has no place for it."""
    options = ["--target", "sales", "--set", 'data.known_future_covariates=["promo"]']
    options += ["--set", "data.missing_future=ignore"]
    data = write_promotions(tmp_path / "sales.csv", num_ahead=0)
    run_id = terminal("fit", data, *QUICK, *options, "--json").content["run_id"]
    newer = write_promotions(tmp_path / "newer.csv", 160, num_ahead=4)
    answer = terminal("forecast", run_id, "--csv", newer, "--json")
    assert (answer.status, len(answer.content["forecast"])) == (0, 4)
    future = write(tmp_path / "future.csv", "day,promo", "2024-06-01,1")
    check_refused(terminal, "nothing to change", run_id, "--future", future)


def test_a_future_that_is_not_there_is_refused(promoted: Fitted, terminal: Terminal) -> None:
    check_refused(terminal, 'no file "nowhere.csv"', promoted.run_id, "--future", "nowhere.csv")

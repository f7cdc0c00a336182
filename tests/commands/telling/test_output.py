from __future__ import annotations

import json
import os
import sys

import pandas as pd
import pytest

from lstm_core.commands.telling.output import (
    make_printable,
    print_csv,
    print_json,
    stdout_to_stderr,
)
from lstm_core.tasks.forecasting.reporting import list_forecast, say_time


def test_what_libraries_print_below_python_goes_to_stderr(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with stdout_to_stderr():
        os.write(1, b"chatter")
    os.write(1, b"answer")
    assert tuple(capfd.readouterr()) == ("answer", "chatter")


def test_stdout_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), stdout_to_stderr():
        raise KeyError
    os.write(1, b"answer")
    assert capfd.readouterr().out == "answer"


def test_what_is_no_number_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": [float("nan"), {"b": float("-inf")}, (1.5,)], "name": "Köln"})
    text = capsys.readouterr().out
    assert json.loads(text) == {"a": [None, {"b": None}, [1.5]], "name": "Köln"}
    assert text.count("\n") == 1


def test_times_are_iso_and_numbers_stay_numbers() -> None:
    assert say_time(pd.Timestamp("2024-02-29 14:00")) == "2024-02-29T14:00:00"
    assert say_time(17) == 17


def test_control_characters_are_blanked() -> None:
    assert make_printable("a\x1b[31m\nb\x00süd 😀") == "a [31m b süd 😀"


@pytest.mark.parametrize("is_seen", [False, True])
def test_a_table_moves_no_cursor_of_a_terminal_and_stays_as_it_is_in_a_file(
    is_seen: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_seen, raising=False)
    table = "series,value\n\x1b]0;evil\x07\u202ename,1\n"
    print_csv(table)
    print_json({"name": "\x9b31m\u202e"})
    printed = capsys.readouterr().out
    assert printed.count("\n") == 3
    if is_seen:
        assert all(letter.isprintable() or letter == "\n" for letter in printed)
    else:
        assert printed.startswith(table)


def test_a_forecast_is_listed_with_whatever_ranges_it_has() -> None:
    row = {"series": "a", "target": "y", "step": 1, "timestamp": 3, "value": 2.0, "low_80": 1.0}
    (listed,) = list_forecast(pd.DataFrame([row]))
    assert listed == {name: row[name] for name in row if name != "step"}
    assert isinstance(listed["timestamp"], int)

"""Which measurements are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import HORIZONS, list_accuracy


def test_a_missing_file_is_told_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ETTh1.csv").touch()

    commands = list(list_accuracy(tmp_path))

    assert [command[4] for command in commands] == [str(horizon) for horizon in HORIZONS]
    assert {command[0] for command in commands} == {"accuracy.ett"}
    assert "AirPassengers.csv" in capsys.readouterr().err


def test_what_reads_several_files_is_given_their_folder(tmp_path: Path) -> None:
    for name in ("m3_half.csv.gz", "m4_weekly_half.csv.gz", "AirPassengers.csv"):
        (tmp_path / name).touch()

    assert list(list_accuracy(tmp_path)) == [
        ["accuracy.air_passengers", "--data", str(tmp_path / "AirPassengers.csv")],
        ["pretrained", "--data", str(tmp_path)],
        ["pretrained.few_rows", "--data", str(tmp_path)],
        ["pretrained.fine_tuning", "--data", str(tmp_path)],
    ]

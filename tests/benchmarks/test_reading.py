from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reading.__main__ import main
from benchmarks.reading.expected import load_expected
from benchmarks.reading.scoring import score_file

DAYS = [f"2024-03-{day:02}" for day in range(1, 31)]
VALUES = [float(10 * day) for day in range(1, 31)]
RIGHT: dict[str, Any] = {
    "want": "right",
    "col": "sales",
    "also": [],
    "values": VALUES[:2],
    "tail": VALUES[-1],
    "all": VALUES,
    "first": "2024-03-01",
    "last": "2024-03-30",
    "alias": "D",
    "rows": 30,
    "series": None,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("files", "minimal", "reports"):
        (tmp_path / name).mkdir()
    rows = [f"{day},{value}" for day, value in zip(DAYS, VALUES, strict=True)]
    (tmp_path / "files" / "days.csv").write_text("\n".join(["date,sales", *rows]))
    return tmp_path


def expect(folder: Path, **entry: Any) -> tuple[str, list[str]]:
    (folder / "expected.json").write_text(json.dumps({"days.csv": RIGHT | entry}))
    (case,) = load_expected(folder)
    return score_file(case)


def test_what_is_as_expected_is_right(folder: Path) -> None:
    assert expect(folder) == ("right", [])


@pytest.mark.parametrize(
    "entry",
    [
        {"values": [10.0, 21.0]},
        {"tail": 301.0},
        {"all": [*VALUES[:10], 0.0, *VALUES[11:]]},
        {"first": "2024-01-03"},
        {"alias": "h"},
        {"rows": 31, "all": None},
        {"series": 2},
        {"col": "takings"},
        {"want": "refuse"},
    ],
)
def test_anything_else_is_misread(folder: Path, entry: dict[str, Any]) -> None:
    outcome, faults = expect(folder, **entry)
    assert outcome == "misread"
    assert faults


def test_what_cannot_be_read_is_refused_and_that_may_be_right(folder: Path) -> None:
    (folder / "files" / "days.csv").write_bytes(b"\x89PNG\r\n" + bytes(range(256)))
    assert expect(folder)[0] == "refused"
    assert expect(folder, want="refuse")[0] == "refused rightly"


def test_a_group_is_counted_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "expected.json").write_text(json.dumps({"days.csv": RIGHT}))
    (folder / "reports" / "nothing.csv").write_bytes(b"")
    monkeypatch.setattr("sys.argv", ["reading", "--cases", str(folder)])
    main()
    files, reports, _ = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (files["group"], files["num"], files["right"]) == ("files", 1, 1)
    assert (reports["good"], reports["refused rightly"]) == (1, 1)

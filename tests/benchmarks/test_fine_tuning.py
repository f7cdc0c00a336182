"""How fine-tuning the pre-trained network is scored, without training anything."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.pretrained import fine_tuning
from benchmarks.pretrained.fine_tuning import (
    SOURCES,
    Source,
    choose_series,
    compare,
    list_times,
    main,
    summarize,
)

MONTHLY = SOURCES[0]
VALUES = np.arange(120.0)


def _predict(source: Source, error: float, folds: tuple[int, ...] = (1, 2)) -> pd.DataFrame:
    """A prediction table with a fold for each of the last cutoffs, the first one of them exact."""
    times = list_times(source, len(VALUES))
    return pd.DataFrame(
        [
            {
                "series": "value",
                "fold": fold,
                "cutoff": times[cutoff],
                "step": step,
                "actual": VALUES[cutoff + step],
                "model": VALUES[cutoff + step] + error * (fold > 1) + 1,
            }
            for fold in folds
            for cutoff in (99 + 2 * fold,)
            for step in (1, 2)
        ]
    )


def _fake(monkeypatch: pytest.MonkeyPatch, tuned: pd.DataFrame, untouched: pd.DataFrame) -> None:
    def run(
        source: Source, name: str, values: np.ndarray, what: str, version: str | None
    ) -> tuple[pd.DataFrame, float]:
        return (untouched, 1.0) if what == "none" else (tuned, 9.0)

    monkeypatch.setattr(fine_tuning, "run", run)


def test_errors_are_compared_where_both_were_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    _fake(monkeypatch, _predict(MONTHLY, -0.5), _predict(MONTHLY, 0, (1, 2, 3)))

    found = compare(MONTHLY, "one", VALUES, "all")

    assert found["untouched_mase"] == pytest.approx(1 / 12, abs=1e-4)
    assert found["mase"] == pytest.approx(0.75 / 12, abs=1e-4)
    assert found["ratio"] == 0.75
    assert found["cutoffs"] == 2
    assert found["kept"] == 0.5
    assert (found["seconds"], found["untouched_seconds"]) == (9, 1)


def test_runs_that_were_judged_elsewhere_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    _fake(monkeypatch, _predict(MONTHLY, 0, (1, 2)), _predict(MONTHLY, 0, (2, 3)))
    with pytest.raises(RuntimeError, match="one: what was fine-tuned was not judged"):
        compare(MONTHLY, "one", VALUES, "all")


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Files like those of the competitions: some series are too short, some too long."""
    lengths = {f"N{number}": length for number, length in enumerate((99, 120, 121, 122, 1_200))}
    table = pd.concat(
        pd.DataFrame({"series": name, "kind": kind, "value": np.arange(length)})
        for kind in ("yearly", "monthly")
        for name, length in lengths.items()
    )
    for source in SOURCES:
        own = table if source.kind else table[table["kind"] == "monthly"]
        own.to_csv(tmp_path / source.file, index=False)
    return tmp_path


def test_series_are_long_enough_and_spread_over_their_kind(public: Path) -> None:
    found = dict(choose_series(MONTHLY, public, 3))
    assert list(found) == ["N1", "N3", "N4"]
    assert [len(values) for values in found.values()] == [120, 122, 1_000]
    assert found["N4"][-1] == 1_199


@pytest.mark.parametrize(
    ("ratios", "seconds", "holds"),
    [([0.9, 1.0], 20, True), ([1.0, 0.95], 1, False), ([0.9, 0.9], 20.1, False)],
)
def test_both_limits_hold(ratios: list[float], seconds: float, holds: bool) -> None:
    rows = [
        {"kind": str(number), "ratio": ratio, "kept": 1.0, "seconds": seconds}
        for number, ratio in enumerate(ratios)
    ]
    found = summarize(rows)
    assert found["holds"] is holds
    assert found["by_kind"] == {"0": ratios[0], "1": ratios[1]}


@pytest.mark.parametrize("error", [-0.5, 0.5])
def test_a_missed_limit_is_an_exit_status(
    error: float,
    public: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(fine_tuning, "SOURCES", SOURCES[:1])
    _fake(monkeypatch, _predict(MONTHLY, error), _predict(MONTHLY, 0))

    if error < 0:
        main(["--data", str(public), "--each", "1"])
    else:
        with pytest.raises(SystemExit, match="1"):
            main(["--data", str(public), "--each", "1"])

    report = json.loads(capsys.readouterr().out)
    assert report["holds"] is (error < 0)
    assert [row["series"] for row in report["rows"]] == ["N1"]

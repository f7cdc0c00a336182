"""How the pre-trained network is scored on tables of few rows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.pretrained import few_rows
from benchmarks.pretrained.few_rows import choose_cutoffs, compare, main, score
from benchmarks.pretrained.tables import FEWEST_ROWS, MOST_ROWS, Table, list_tables, take
from lstm_core.tasks.forecasting.pretrained.packing import pack
from tests.tasks.forecasting.pretrained.untrained import make_untrained

WALK = np.cumsum(np.random.default_rng(3).normal(size=36)) + 100
WALKS = [Table("walk", WALK, "MS"), Table("years", WALK[:24], "YS")]


def test_the_collection_is_large_and_of_many_spacings() -> None:
    tables = list_tables(None)
    assert len(tables) >= 30
    assert len({table.name + table.alias for table in tables}) == len(tables)
    assert {table.frequency.unit for table in tables} == {"year", "quarter", "month", "week"}
    assert all(FEWEST_ROWS <= len(table.values) <= MOST_ROWS for table in tables)


def test_a_folder_adds_what_lies_in_it(tmp_path: Path) -> None:
    times = pd.date_range("2014-07-01", periods=48 * 160, freq="30min")
    taxis = tmp_path / "tasks" / "anomaly" / "nab" / "nyc_taxi.csv"
    taxis.parent.mkdir(parents=True)
    pd.DataFrame({"timestamp": times, "value": 1}).to_csv(taxis, index=False)

    added = list_tables(tmp_path)[len(list_tables(None)) :]

    assert [table.name for table in added] == [f"rides in taxis, {n}" for n in (150, 56, 192)]
    assert added[0].values.tolist() == [48] * 150
    assert added[2].values.tolist() == [2] * 192


def test_a_part_begins_where_its_series_does_and_has_no_gaps() -> None:
    late = pd.Series([np.nan, *range(40)])
    assert take("late", late, "MS", 30).values.tolist() == [*range(30)]
    with pytest.raises(ValueError, match="holes, 41: 24 to 200 rows without gaps"):
        take("holes", pd.Series([*range(20), np.nan, *range(20)]), "MS")


def test_cutoffs_lie_in_the_last_third_and_leave_room_for_what_is_judged() -> None:
    cutoffs = choose_cutoffs(120, 12)
    assert len(cutoffs) == few_rows.MOST_CUTOFFS
    assert (cutoffs[0], cutoffs[-1]) == (79, 107)
    assert choose_cutoffs(24, 5).tolist() == [15, 16, 17, 18]


def test_a_table_is_scored_from_what_was_known_at_each_cutoff(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = []

    class Fitted:
        def predict(self, values: np.ndarray, cutoffs: np.ndarray, horizon: int) -> np.ndarray:
            return WALK[cutoffs[:, None] + np.arange(1, horizon + 1)]

    def fit(values: np.ndarray, season: int) -> Fitted:
        known.append(values)
        return Fitted()

    monkeypatch.setattr(few_rows, "FITS", {"ets": fit, "theta": fit})
    found = score(WALKS[0], make_untrained())

    assert [len(values) for values in known[::2]] == [24, 25, 26, 27]
    assert all((values == WALK[: len(values)]).all() for values in known)
    assert found["ets"] == found["theta"] == 0
    assert (found["rows"], found["steps"], found["cutoffs"]) == (36, 9, 4)
    assert found["network"] > 0
    assert 0 <= found["held_80"] <= 1


def test_each_table_counts_alike() -> None:
    rows = [{"network": 2.0, "ets": 1.0}, {"network": 50.0, "ets": 100.0}]
    assert compare(rows, "ets") == 1


@pytest.mark.parametrize("limit", [0.0, 1e9])
def test_a_missed_limit_is_an_exit_status(
    limit: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "chance.npz"
    path.write_bytes(pack(make_untrained().members, {}))
    monkeypatch.setattr(few_rows, "list_tables", lambda folder: WALKS[1:])
    monkeypatch.setattr(few_rows, "MOST_RATIO_TO_ETS", limit)

    if limit:
        main(["--weights", str(path)])
    else:
        with pytest.raises(SystemExit, match="1"):
            main(["--weights", str(path)])

    report = json.loads(capsys.readouterr().out)
    assert report["version"] == "chance"
    assert report["tables"] == 1
    assert report["to_ets"] == report["to_ets_by_spacing"]["yearly"]

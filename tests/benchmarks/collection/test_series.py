"""The series of the collection: what there is, and how a table is cut."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.collection import catalogue, packaged
from benchmarks.collection.catalogue import list_series
from benchmarks.collection.generated import make_promotions
from benchmarks.collection.series import Series, make_series


@pytest.fixture(scope="module")
def collection() -> list[Series]:
    return list_series(None)


def test_it_is_large_and_of_many_kinds_without_any_folder(collection: list[Series]) -> None:
    assert len(collection) >= 30
    assert len({series.name for series in collection}) == len(collection)
    assert {series.group for series in collection} == {"few", "many"}
    spacings = {series.traits[0] for series in collection}
    assert spacings >= {"yearly", "quarterly", "monthly", "weekly", "daily", "hourly", "15-minutes"}
    traits = {trait for series in collection for trait in series.traits[1:]}
    assert traits >= {"counts", "zeros", "floor", "walk", "returns", "seasons", "covariates"}
    assert traits >= {"shift", "slow-season", "trend"}


def test_each_begins_and_ends_with_a_value_and_says_where_it_is_from(
    collection: list[Series],
) -> None:
    for series in collection:
        values = series.frame["value"].to_numpy()[: series.num_rows]
        assert np.isfinite(values[[0, -1]]).all(), series.name
        assert series.source
        assert series.frame["time"].is_monotonic_increasing, series.name
        assert series.num_ahead == (30 if series.known_ahead else 0)


def test_what_is_made_is_the_same_each_time(collection: list[Series]) -> None:
    again = {series.name: series for series in list_series(None)}
    assert all(series.frame.equals(again[series.name].frame) for series in collection)


def test_a_cut_table_tells_what_is_known_ahead_and_nothing_else() -> None:
    series = make_promotions()
    table = series.cut(100)
    assert len(table) == 130
    assert table["value"].notna().tolist() == [True] * 100 + [False] * 30
    assert table["promotion"].notna().all()
    assert series.frame["value"].notna().sum() == series.num_rows == 170


def test_a_series_begins_with_its_first_value() -> None:
    series = make_series("late", np.array([np.nan, 1, np.nan, 3, np.nan]), "MS", "monthly", "")
    assert series.num_rows == 3
    assert series.frame["time"].iloc[0] == pd.Timestamp("2001-02-01")


def test_a_folder_adds_what_lies_in_it_and_the_rest_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    months = pd.date_range("1949-01-01", periods=30, freq="MS").strftime("%Y-%m")
    table = pd.DataFrame({"Month": months, "Passengers": range(30)})
    table.to_csv(tmp_path / "AirPassengers.csv", index=False)

    added = {series.name for series in list_series(tmp_path)}
    added -= {series.name for series in list_series(None)}

    assert added == {"passengers"}
    assert "Left out, what comes of ETTh1.csv" in capsys.readouterr().err


def test_a_list_of_numbers_is_read_without_running_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pmdarima" / "datasets"
    folder.mkdir(parents=True)
    (tmp_path / "pmdarima" / "__init__.py").write_text("raise RuntimeError('it was run')")
    for module in ("wineind", "woolyrnq", "lynx", "taylor"):
        text = "names = ['a']\n\ndef load():\n    return np.array([1.5, 2, -3, 4])\n"
        (folder / f"{module}.py").write_text(text)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    found = list(packaged.list_pmdarima())

    assert found[0].frame["value"].tolist() == [1.5, 2, -3, 4]
    assert [series.traits[0] for series in found][-1] == "half-hourly"
    assert catalogue._list_if_there("pmdarima", packaged.list_pmdarima)


def test_the_document_names_each_series(collection: list[Series]) -> None:
    told = (Path(__file__).parents[3] / "docs" / "collection.md").read_text()
    assert [series.name for series in collection if series.name not in told] == []

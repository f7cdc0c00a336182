"""What was filled in is drawn apart from what is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.charts.core.gaps import FILLED, find_gap_edges, make_known_traces
from lstm_core.charts.core.selection import sample_preview, select_history
from lstm_core.charts.forecasting.attention import draw_attention
from lstm_core.charts.forecasting.forecast import draw_forecast
from lstm_core.charts.forecasting.preview import draw_preview
from lstm_core.charts.forecasting.what_if import draw_what_if
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import SeriesDataSpec
from tests.charts.forecasting.test_forecast import (
    BASELINE,
    make_forecast,
    make_history,
    make_predictions,
)


def make_rows(filled: list[int], count: int = 8) -> pd.DataFrame:
    times = pd.date_range("2024-01-01", periods=count, freq="D")
    is_filled = [place in filled for place in range(count)]
    return pd.DataFrame({"timestamp": times, "value": np.arange(float(count)), "filled": is_filled})


def test_without_gaps_there_is_one_line() -> None:
    (line,) = make_known_traces(make_rows([]), "actual", "#000000", 2)
    assert line.mode == "lines"
    (line,) = make_known_traces(make_rows([]).drop(columns="filled"), "actual", "#000000", 2)
    assert list(line.y) == list(range(8))


def test_the_line_ends_at_a_gap_and_a_dotted_one_goes_on() -> None:
    known, filled = make_known_traces(make_rows([3, 4]), "actual", "#000000", 2)
    assert np.flatnonzero(np.isnan(known.y)).tolist() == [3, 4]
    assert not known.connectgaps
    assert np.flatnonzero(~np.isnan(filled.y)).tolist() == [2, 3, 4, 5]
    assert (filled.name, filled.line.dash, filled.hoverinfo) == (FILLED, "dot", "skip")


def test_a_value_between_two_gaps_is_seen() -> None:
    known, _ = make_known_traces(make_rows([1, 3, 4]), "actual", "#000000", 2)
    assert [size > 0 for size in known.marker.size] == [True, False, True, *[False] * 5]


def make_dataset(num_rows: int, blank: slice) -> Dataset:
    frame = pd.DataFrame(
        {
            "day": pd.date_range("2020-01-01", periods=num_rows, freq="D").astype(str),
            "sales": np.sin(np.arange(num_rows)) + 5,
        }
    )
    frame.loc[frame.index[blank], "sales"] = np.nan
    spec = SeriesDataSpec(source="csv", name="a.csv", time="day", targets=("sales",))
    return build_dataset(SourceTable(frame, "a.csv"), spec)


@pytest.mark.parametrize("num_rows", [60, 6_000])
def test_tables_of_charts_tell_what_was_filled(num_rows: int) -> None:
    dataset = make_dataset(num_rows, slice(20, 30))
    history = select_history(dataset, ("", "sales"))
    assert history["filled"].to_numpy().nonzero()[0].tolist() == list(range(20, 30))
    preview = sample_preview(dataset)
    shown = preview[preview["filled"]]["timestamp"]
    assert shown.min() == history["timestamp"][20]
    assert shown.max() == history["timestamp"][29]
    assert [trace.name for trace in draw_preview(preview).data][1] == FILLED


def test_only_the_longest_gaps_are_kept_of_many() -> None:
    is_filled = np.zeros(100, dtype=bool)
    is_filled[[5, 10, 11, 12, 50, 51]] = True
    assert find_gap_edges(is_filled, most=1).tolist() == [9, 10, 12, 13]
    assert find_gap_edges(np.zeros(3, dtype=bool), most=2).tolist() == []


def test_gaps_of_several_series_have_one_name() -> None:
    table = pd.concat([make_rows([2]).assign(series=name) for name in "ab"])
    figure = draw_preview(table)
    named = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert named == ["a", FILLED, "b"]
    assert figure.layout.showlegend


def list_gaps(figure: go.Figure) -> int:
    return sum(trace.name == FILLED for trace in figure.data)


def test_every_chart_of_a_series_draws_gaps_apart() -> None:
    history = make_history().assign(filled=lambda rows: rows.index == len(rows) - 3)
    forecast = make_forecast()
    assert list_gaps(draw_forecast(history, make_predictions(), forecast, BASELINE)) == 1
    assert list_gaps(draw_what_if(history, forecast, forecast)) == 1
    attention = history[["timestamp"]].assign(weight=1 / len(history))
    assert list_gaps(draw_attention(history, attention)) == 1

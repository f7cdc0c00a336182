from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.forecasting.folds import MOST_FOLD_LABELS, MOST_HISTORY_POINTS, draw_folds

DAYS = pd.date_range("2024-01-01", periods=100)


def make_history(num_rows: int = 100) -> pd.DataFrame:
    times = pd.date_range("2024-01-01", periods=num_rows)
    return pd.DataFrame({"timestamp": times, "value": np.sin(np.arange(num_rows))})


def make_predictions() -> pd.DataFrame:
    """Two windows of ten days in the test part, with an 80% range."""
    rows = np.arange(80, 100)
    return pd.DataFrame(
        {
            "cutoff": DAYS[np.repeat([79, 89], 10)],
            "step": np.tile(np.arange(1, 11), 2),
            "timestamp": DAYS[rows],
            "model": rows.astype(float),
            "low_80": rows - 1.0,
            "high_80": rows + 1.0,
        }
    )


def make_regions(*lanes: list[tuple[str, int, int, int]]) -> pd.DataFrame:
    """For each training ``(part, fold, first row, last row)``."""
    return pd.DataFrame(
        [
            (number, part, fold, DAYS[first], DAYS[last])
            for number, lane in enumerate(lanes, 1)
            for part, fold, first, last in lane
        ],
        columns=["training", "part", "fold", "start", "end"],
    )


ONE = make_regions(
    [("train", 0, 0, 55), ("validation", 0, 60, 75), ("test", 1, 80, 90), ("test", 2, 90, 99)]
)
REFIT = make_regions(
    [("train", 0, 0, 60), ("validation", 0, 60, 80), ("test", 1, 80, 90)],
    [("train", 0, 0, 70), ("validation", 0, 70, 90), ("test", 2, 90, 99)],
)


def list_lanes(figure: go.Figure) -> list[tuple[str, int, pd.Timestamp, pd.Timestamp]]:
    return [
        (trace.name, trace.y[0], pd.Timestamp(trace.x[0]), pd.Timestamp(trace.x[-1]))
        for trace in figure.data
        if trace.yaxis == "y2"
    ]


def test_each_fold_is_shaded_and_numbered_over_the_series() -> None:
    figure = draw_folds(make_history(), make_predictions(), ONE)
    shaded = [(pd.Timestamp(shape.x0), pd.Timestamp(shape.x1)) for shape in figure.layout.shapes]
    assert shaded == [(DAYS[80], DAYS[90]), (DAYS[90], DAYS[99])]
    assert {shape.yref for shape in figure.layout.shapes} == {"y domain"}
    assert len({shape.opacity for shape in figure.layout.shapes}) == 2
    assert [note.text for note in figure.layout.annotations] == ["1", "2"]
    figure.to_json()


def test_the_parts_are_named_once_and_a_gap_stays_empty() -> None:
    figure = draw_folds(make_history(), make_predictions(), ONE)
    assert list_lanes(figure) == [
        ("training part", 1, DAYS[0], DAYS[55]),
        ("validation part", 1, DAYS[60], DAYS[75]),
        ("test part", 1, DAYS[80], DAYS[90]),
        ("test part", 1, DAYS[90], DAYS[99]),
    ]
    named = [trace.name for trace in figure.data if trace.showlegend and trace.yaxis == "y2"]
    assert named == ["training part", "validation part", "test part"]
    assert "2024-01-01 to 2024-02-25" in figure.data[3].hovertemplate


def test_each_training_has_a_lane_of_its_own() -> None:
    figure = draw_folds(make_history(), make_predictions(), REFIT)
    assert [lane for _, lane, _, _ in list_lanes(figure)] == [1, 1, 1, 2, 2, 2]
    assert figure.layout.yaxis2.range == (2.5, 0.5)
    assert figure.layout.yaxis2.showticklabels
    single = draw_folds(make_history(), make_predictions(), ONE)
    assert not single.layout.yaxis2.showticklabels
    assert figure.layout.height > single.layout.height


def test_past_predictions_lie_in_their_range_and_windows_are_apart() -> None:
    band, actual, model, *_ = draw_folds(make_history(), make_predictions(), ONE).data
    assert (band.name, actual.name, model.name) == ("its 80% range", "actual", "model")
    assert np.flatnonzero(np.isnan(model.y)).tolist() == [10]
    assert np.flatnonzero(np.isnan(band.y)).tolist() == [20]


def test_predictions_without_ranges_are_drawn() -> None:
    old = make_predictions().drop(columns=["low_80", "high_80"])
    names = [trace.name for trace in draw_folds(make_history(), old, ONE).data]
    assert names[:2] == ["actual", "model"]


def test_a_long_series_is_thinned_and_keeps_its_peak() -> None:
    history = make_history(100_000)
    history.loc[54_321, "value"] = 99.0
    actual = draw_folds(history, make_predictions(), ONE).data[1]
    assert len(actual.x) <= MOST_HISTORY_POINTS + 2  # its ends
    assert max(actual.y) == 99.0


def test_numbers_of_many_folds_do_not_run_into_each_other() -> None:
    tests = [("test", fold, 80 + fold - 1, 80 + fold) for fold in range(1, 20)]
    regions = make_regions([("train", 0, 0, 60), ("validation", 0, 60, 80), *tests])
    notes = draw_folds(make_history(), make_predictions(), regions).layout.annotations
    assert [note.text for note in notes] == ["1", "5", "9", "13", "17"]
    assert len(notes) <= MOST_FOLD_LABELS


def test_numbered_rows_are_drawn_as_well() -> None:
    history, predictions, regions = make_history(), make_predictions(), ONE.copy()
    for table in (history, predictions, regions):
        for column in {"timestamp", "cutoff", "start", "end"} & set(table.columns):
            table[column] = (table[column] - DAYS[0]).dt.days
    figure = draw_folds(history, predictions, regions)
    assert [shape.x0 for shape in figure.layout.shapes] == [80, 90]
    assert "0 to 55" in figure.data[3].hovertemplate

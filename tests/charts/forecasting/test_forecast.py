from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.forecasting.forecast import (
    draw_errors_by_step,
    draw_forecast,
    draw_residuals,
)

HORIZON = 3
BASELINE = ("last_value", "Last value")


def make_history(num_rows: int = 100) -> pd.DataFrame:
    times = pd.date_range("2024-01-01", periods=num_rows)
    return pd.DataFrame({"timestamp": times, "value": np.arange(num_rows, dtype=float)})


def make_predictions(num_cutoffs: int = 10) -> pd.DataFrame:
    """One window a day up to the end of the history; the model is one too high."""
    history = make_history()
    tables = []
    for last in range(len(history) - HORIZON - num_cutoffs, len(history) - HORIZON):
        ahead = history.iloc[last + 1 : last + 1 + HORIZON]
        tables.append(
            pd.DataFrame(
                {
                    "cutoff": history["timestamp"][last],
                    "step": range(1, HORIZON + 1),
                    "timestamp": ahead["timestamp"],
                    "actual": ahead["value"],
                    "model": ahead["value"] + 1,
                    "last_value": history["value"][last],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def make_forecast() -> pd.DataFrame:
    times = pd.date_range("2024-04-10", periods=HORIZON)
    return pd.DataFrame({"timestamp": times, "value": [100.0, 101.0, 102.0]})


def make_ranges() -> pd.DataFrame:
    """The forecast with a range of each level, a tenth of its percent to both sides."""
    forecast = make_forecast()
    for level in (50, 80, 95):
        forecast[f"low_{level}"] = forecast["value"] - level / 10
        forecast[f"high_{level}"] = forecast["value"] + level / 10
    return forecast


def draw() -> dict[str, go.Scatter]:
    figure = draw_forecast(make_history(), make_predictions(), make_forecast(), BASELINE)
    figure.to_json()
    return {trace.name: trace for trace in figure.data}


def test_the_forecast_continues_what_is_known() -> None:
    traces = draw()
    assert list(traces) == ["actual", "Last value", "model, on the test part", "forecast"]
    assert list(traces["forecast"].y) == [99.0, 100.0, 101.0, 102.0]
    assert pd.Timestamp(traces["forecast"].x[0]) == pd.Timestamp("2024-04-09")
    assert pd.Timestamp(traces["actual"].x[-1]) == pd.Timestamp("2024-04-09")


def test_a_forecast_without_ranges_is_drawn_as_a_line() -> None:
    traces = draw()
    assert not any(trace.fill for trace in traces.values())
    assert traces["forecast"].hovertemplate is None


def test_ranges_open_like_a_fan_from_the_last_known_value() -> None:
    figure = draw_forecast(make_history(), make_predictions(), make_ranges(), BASELINE)
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [list(band.y) for band in bands] == [
        [99.0, 100 - width, 101 - width, 102 - width, 102 + width, 101 + width, 100 + width, 99.0]
        for width in (9.5, 8.0, 5.0)
    ]
    assert [pd.Timestamp(time).day for time in bands[0].x] == [9, 10, 11, 12, 12, 11, 10, 9]
    assert list(figure.data).index(bands[-1]) < [trace.name for trace in figure.data].index(
        "forecast"
    )


def test_the_fan_has_one_entry_in_the_legend_and_its_numbers_in_the_line() -> None:
    figure = draw_forecast(make_history(), make_predictions(), make_ranges(), BASELINE)
    named = [trace.name for trace in figure.data if trace.fill and trace.showlegend]
    assert named == ["ranges of 50%, 80%, 95%"]
    assert {trace.legendgroup for trace in figure.data if trace.fill} == {"ranges"}
    (line,) = [trace for trace in figure.data if trace.name == "forecast"]
    assert list(line.customdata) == [
        "", " (80%: 92 to 108)", " (80%: 93 to 109)", " (80%: 94 to 110)"
    ]  # fmt: skip
    assert "%{customdata}" in line.hovertemplate


def test_only_the_recent_past_is_drawn() -> None:
    assert len(draw()["actual"].x) == 60


def test_windows_of_the_test_part_do_not_overlap_and_are_not_joined() -> None:
    model = draw()["model, on the test part"]
    values = list(model.y)
    assert [None if np.isnan(value) else value for value in values] == [
        *(89.0, 90.0, 91.0, None), *(92.0, 93.0, 94.0, None),
        *(95.0, 96.0, 97.0, None), *(98.0, 99.0, 100.0),
    ]  # fmt: skip
    times = [pd.Timestamp(t) for t, value in zip(model.x, values, strict=True) if value == value]
    assert times == sorted(set(times))
    assert times[-1] == pd.Timestamp("2024-04-09")


def test_a_thinned_table_is_drawn_by_its_times() -> None:
    predictions = make_predictions()
    kept = predictions["cutoff"].drop_duplicates().iloc[[0, 1, 6, 9]]
    thinned = predictions[predictions["cutoff"].isin(kept)]
    figure = draw_forecast(make_history(), thinned, make_forecast(), BASELINE)
    assert [value for value in figure.data[2].y if not np.isnan(value)] == [
        *(90.0, 91.0, 92.0), *(95.0, 96.0, 97.0), *(98.0, 99.0, 100.0)
    ]  # fmt: skip


def test_numbered_rows_are_drawn_as_well() -> None:
    history, predictions, forecast = make_history(), make_predictions(), make_forecast()
    start = history["timestamp"][0]
    for table in (history, predictions, forecast):
        for column in {"timestamp", "cutoff"} & set(table.columns):
            table[column] = (table[column] - start).dt.days
    figure = draw_forecast(history, predictions, forecast, BASELINE)
    assert list(figure.data[3].x) == [99, 100, 101, 102]


def test_residuals_are_actual_less_predicted_where_known() -> None:
    predictions = make_predictions()
    predictions.loc[0, "actual"] = float("nan")
    (histogram,) = draw_residuals(predictions).data
    assert list(histogram.x) == [-1.0] * (len(predictions) - 1)


def test_the_error_of_a_single_step_is_a_point() -> None:
    predictions = make_predictions()
    figure = draw_errors_by_step(predictions[predictions["step"] == 1], BASELINE)
    assert {trace.mode for trace in figure.data} == {"markers"}


def test_errors_grow_with_the_step_as_the_table_says() -> None:
    baseline, model = draw_errors_by_step(make_predictions(), BASELINE).data
    assert (list(baseline.x), list(baseline.y)) == ([1, 2, 3], [1.0, 2.0, 3.0])
    assert list(model.y) == [1.0, 1.0, 1.0]

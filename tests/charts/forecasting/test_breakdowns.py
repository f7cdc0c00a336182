from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from lstm_core.charts.forecasting.breakdowns import MOST_BARS, draw_breakdown, list_breakdowns

BASELINE = ("drift", "Drift")


def make_table(**values: list[Any]) -> pd.DataFrame:
    """For each way its values; the model's error is the place, a baseline's is twice that."""
    return pd.DataFrame(
        [
            (by, str(value), 10, float(place), 2.0 * place, 9.0)
            for by, found in values.items()
            for place, value in enumerate(found)
        ],
        columns=["by", "value", "num", "model", "drift", "ets"],
    )


def test_only_ways_with_something_to_compare_are_offered() -> None:
    table = make_table(series=["a", "b"], fold=[1], hour=[3, 4], step=[1, 2], odd=[1, 2])
    assert list_breakdowns(table) == ["step", "hour", "series"]


@pytest.mark.parametrize("by", ["step", "hour"])
def test_steps_and_hours_are_lines_in_the_order_of_numbers(by: str) -> None:
    figure = draw_breakdown(make_table(**{by: [1, 10, 2]}), by, BASELINE)
    baseline, model = figure.data
    assert {baseline.type, model.type} == {"scatter"}
    assert (baseline.name, model.name) == ("Drift", "this model")
    assert list(model.x) == [1, 2, 10]
    assert list(model.y) == [0, 2, 1]
    assert list(baseline.y) == [0, 4, 2]


@pytest.mark.parametrize(
    ("by", "values", "labels"),
    [
        ("fold", [1, 10, 2], ["1", "2", "10"]),
        ("weekday", [6, 0], ["Mon", "Sun"]),
        ("month", [1, 12, 2], ["Jan", "Feb", "Dec"]),
    ],
)
def test_the_rest_are_bars_with_names(by: str, values: list[int], labels: list[str]) -> None:
    figure = draw_breakdown(make_table(**{by: values}), by, BASELINE)
    assert {trace.type for trace in figure.data} == {"bar"}
    assert [trace.name for trace in figure.data] == ["this model", "Drift"]
    assert list(figure.layout.xaxis.ticktext) == labels


def test_series_lie_with_the_hardest_first() -> None:
    figure = draw_breakdown(make_table(series=["easy", "mid", "hard"]), "series", BASELINE)
    model, baseline = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["hard", "mid", "easy"]
    assert (list(model.x), list(baseline.x)) == ([2, 1, 0], [4, 2, 0])
    assert figure.layout.yaxis.autorange == "reversed"


def test_of_many_series_those_with_the_largest_errors_are_drawn() -> None:
    names = [f"series {number}" for number in range(MOST_BARS + 5)]
    figure = draw_breakdown(make_table(series=names), "series", BASELINE)
    assert list(figure.layout.yaxis.ticktext) == names[:4:-1]


def test_names_of_series_are_labels_and_nothing_else() -> None:
    name = '<a href="https://evil">$x$</a>'
    figure = draw_breakdown(make_table(series=["plain", name]), "series", BASELINE)
    assert figure.layout.yaxis.ticktext[0] == '&lt;a href="https://evil"&gt;…'
    assert figure.data[0].customdata[0] == '&lt;a href="https://evil"&gt;x&lt;/a&gt;'


def test_long_names_that_begin_alike_stay_apart() -> None:
    names = [f"{'a very long name of a shop' * 3} {number}" for number in (1, 2)]
    figure = draw_breakdown(make_table(series=names), "series", BASELINE)
    first, second = figure.layout.yaxis.ticktext
    assert first == second
    assert list(figure.data[0].y) == [0, 1]


@pytest.mark.parametrize("by", ["step", "weekday", "series"])
def test_another_model_has_a_line_of_its_own_where_the_table_has_it(by: str) -> None:
    table = make_table(**{by: [1, 2]})
    peers = [("ets", "Another"), ("unknown", "Nobody")]
    figure = draw_breakdown(table, by, BASELINE, peers)
    assert {trace.name for trace in figure.data} == {"this model", "Drift", "Another"}
    (line,) = [trace for trace in figure.data if trace.name == "Another"]
    assert list(line.x if by == "series" else line.y) == [9, 9]
    others = {trace.name for trace in draw_breakdown(table, by, BASELINE).data}
    assert others == {"this model", "Drift"}

"""The data before training, as lines with their parts shaded."""

from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.charts.core.legend import list_names
from lstm_core.charts.forecasting.preview import draw_preview


def make_history(num_rows: int) -> pd.DataFrame:
    days = pd.date_range("2024-01-01", periods=num_rows)
    return pd.DataFrame({"timestamp": days, "value": range(num_rows), "filled": False})


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ('<a href="https://evil">x</a>', '&lt;a href="https://evil"&gt;x&lt;/a&gt;'),
        ("$\\alpha$ & co", "\\alpha &amp; co"),
        ("plain", "plain"),
    ],
)
def test_names_from_files_are_labels_and_nothing_else(name: str, label: str) -> None:
    table = make_history(5).assign(series=name)
    (trace,) = draw_preview(table).data
    assert trace.name == label


def test_a_preview_has_a_line_and_an_entry_for_each_series() -> None:
    table = pd.concat([make_history(5).assign(series=name) for name in ("b", "a")])
    figure = draw_preview(table)
    assert [trace.name for trace in figure.data] == ["b", "a"]
    assert figure.layout.showlegend
    assert not draw_preview(make_history(5).assign(series="b")).layout.showlegend


def test_parts_are_shaded_and_named_once() -> None:
    table = make_history(20).assign(series="a")
    days = table["timestamp"]
    parts = pd.DataFrame(
        {"part": ["validation", "test"], "start": [days[10], days[15]], "end": [days[15], days[19]]}
    )
    figure = draw_preview(table, parts)
    drawn = [(pd.Timestamp(shape.x0), pd.Timestamp(shape.x1)) for shape in figure.layout.shapes]
    assert drawn == [(days[10], days[15]), (days[15], days[19])]
    assert list_names(figure) == ["a", "validation part", "test part"]
    assert figure.layout.showlegend
    assert not draw_preview(table, parts.iloc[:0]).layout.shapes


def test_what_stands_out_is_ringed() -> None:
    table = make_history(20).assign(series="a", stands_out=False)
    table.loc[7, "stands_out"] = True
    _, rings = draw_preview(table).data
    assert (rings.name, list(rings.y), rings.mode) == ("stands out", [7], "markers")
    assert len(draw_preview(table.assign(stands_out=False)).data) == 1

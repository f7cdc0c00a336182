from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from lstm_core.charts.forecasting.film import (
    ACTUALLY,
    KNOWN,
    MAX_FRAMES,
    PREDICTION,
    Epoch,
    draw_film,
    draw_film_live,
    make_film_rows,
    thin_epochs,
)

DAYS = [f"2024-01-0{day}T00:00:00" for day in range(1, 6)]


def make_frame(times: list[Any] | None = None) -> dict[str, Any]:
    """Three days known (1, 2, 3), two to come (4, unknown)."""
    times = times or DAYS
    return {
        "series": "all",
        "target": "sales",
        "history": {"timestamps": times[:3], "values": [1.0, 2.0, 3.0]},
        "future": {"timestamps": times[3:], "values": [4.0, None]},
    }


def select(rows: list[dict[str, Any]], line: str) -> list[tuple[Any, Any]]:
    return [(str(row["time"])[:10], row["value"]) for row in rows if row["line"] == line]


def test_the_lines_meet_where_the_known_past_ends() -> None:
    rows = make_film_rows(make_frame(), (3.5, 4.5))
    assert select(rows, KNOWN) == [("2024-01-01", 1.0), ("2024-01-02", 2.0), ("2024-01-03", 3.0)]
    assert select(rows, ACTUALLY) == [
        ("2024-01-03", 3.0), ("2024-01-04", 4.0), ("2024-01-05", None)
    ]  # fmt: skip
    assert select(rows, PREDICTION) == [
        ("2024-01-03", 3.0), ("2024-01-04", 3.5), ("2024-01-05", 4.5)
    ]  # fmt: skip


def test_before_the_first_epoch_there_is_no_forecast() -> None:
    assert select(make_film_rows(make_frame(), ()), PREDICTION) == []


def test_a_prediction_that_exploded_leaves_a_hole() -> None:
    rows = make_film_rows(make_frame(), (math.nan, math.inf))
    assert [value for _, value in select(rows, PREDICTION)] == [3.0, None, None]
    figure = draw_film(make_frame(), [("", 1, (math.nan, math.inf)), ("", 2, (3.0, 4.0))])
    assert "NaN" not in figure.to_json()


def test_times_stay_as_the_file_has_them() -> None:
    zoned = [f"2024-10-27T0{hour}:00:00+02:00" for hour in range(5)]
    rows = make_film_rows(make_frame(zoned), (3.5, 4.5))
    assert rows[2]["time"] == pd.Timestamp("2024-10-27 02:00")


def test_the_live_chart_reads_the_fields_of_the_rows_and_never_changes() -> None:
    frame = make_frame()
    spec = draw_film_live(frame)
    (row, *_) = make_film_rows(frame, ())
    encoding = spec["encoding"]
    assert {encoding[channel]["field"] for channel in ("x", "y", "color")} == set(row)
    assert encoding["color"]["scale"]["domain"] == [KNOWN, ACTUALLY, PREDICTION]
    assert json.dumps(spec) == json.dumps(draw_film_live(frame))


@pytest.mark.parametrize(("times", "kind"), [(DAYS, "temporal"), (list(range(5)), "quantitative")])
def test_numbered_rows_have_an_axis_of_numbers(times: list[Any], kind: str) -> None:
    frame = make_frame(times)
    assert draw_film_live(frame)["encoding"]["x"]["type"] == kind
    assert len(draw_film(frame, [("", 1, (3.0, 4.0))]).data[2].x) == 3


def test_the_film_begins_at_its_end_and_each_frame_is_an_epoch() -> None:
    epochs: list[Epoch] = [("", 1, (9.0, 9.0)), ("", 2, (4.0, 5.0))]
    figure = draw_film(make_frame(), epochs)
    assert list(figure.data[2].y) == [3.0, 4.0, 5.0]
    assert [list(frame.data[0].y) for frame in figure.frames] == [[3.0, 9.0, 9.0], [3.0, 4.0, 5.0]]
    assert {frame.traces for frame in figure.frames} == {(2,)}
    (slider,) = figure.layout.sliders
    assert slider.active == 1
    assert [step.label for step in slider.steps] == ["epoch 1", "epoch 2"]
    assert [step.args[0] for step in slider.steps] == [(frame.name,) for frame in figure.frames]
    json.loads(figure.to_json())


def test_titles_are_labels_and_nothing_else() -> None:
    figure = draw_film(make_frame(), [("<b>$x$</b> & co", 3, (4.0, 5.0))])
    assert figure.layout.sliders[0].steps[0].label == "&lt;b&gt;x&lt;/b&gt; &amp; co, epoch 3"


def test_one_wild_epoch_does_not_flatten_the_others() -> None:
    figure = draw_film(make_frame(), [("", 1, (1e9, -1e9)), ("", 2, (4.0, 5.0))])
    low, high = figure.layout.yaxis.range
    assert -3 < low < 1
    assert 5 < high < 8


@pytest.mark.parametrize("count", [1, MAX_FRAMES, MAX_FRAMES + 1, 1_000])
def test_a_long_film_is_thinned_evenly_and_keeps_its_ends(count: int) -> None:
    epochs: list[Epoch] = [("", number, (0.0, 0.0)) for number in range(1, count + 1)]
    numbers = [epoch for _, epoch, _ in thin_epochs(epochs)]
    assert len(numbers) == min(count, MAX_FRAMES)
    assert (numbers[0], numbers[-1]) == (1, count)
    gaps = {later - earlier for earlier, later in pairwise(numbers)}
    assert not gaps or max(gaps) - min(gaps) <= 1

from __future__ import annotations

import json

import pytest

from lstm_core.charts.training.curves import (
    MOST_DRAWN,
    TRAINING,
    VALIDATION,
    draw_curves,
    make_curve_rows,
)


def test_every_epoch_is_a_point_on_both_curves() -> None:
    rows = make_curve_rows([(1, "", 1, 0.5, 0.6), (1, "", 2, 0.4, 0.7)])
    assert [(row["epoch"], row["value"], row["curve"]) for row in rows] == [
        (1, 0.5, TRAINING),
        (1, 0.6, VALIDATION),
        (2, 0.4, TRAINING),
        (2, 0.7, VALIDATION),
    ]
    assert {row["shown"] for row in rows} == {"latest"}
    assert make_curve_rows([]) == []


@pytest.mark.parametrize("count", [1, MOST_DRAWN, MOST_DRAWN + 1, 5_000, 100_000])
def test_of_very_many_epochs_as_many_are_drawn_as_can_be_told_apart(count: int) -> None:
    best = count // 3 + 1
    points = [(1, "", epoch, 0.5, abs(epoch - best) / count) for epoch in range(1, count + 1)]
    drawn = [row["epoch"] for row in make_curve_rows([*points, (2, "", 1, 0.5, 0.5)])][::2]
    assert drawn[-1] == 1  # of the next network
    own = drawn[:-1]
    assert own == sorted(set(own))
    assert {1, best, count} <= {*own}
    assert min(count, MOST_DRAWN // 2) <= len(own) <= MOST_DRAWN + 2


def test_a_curve_that_grows_keeps_its_points_until_there_are_twice_as_many() -> None:
    points = [(1, "", epoch, 0.5, 1 / epoch) for epoch in range(1, 1_000)]
    before, after = (
        {row["epoch"] for row in make_curve_rows(points[:count])} for count in (600, 800)
    )
    assert before - {600} < after


def test_of_several_networks_the_latest_stands_out_and_each_has_its_title() -> None:
    titles = ["trial: none", "seed 1 of 2", ""]
    points = [(network, title, 1, 0.5, 0.6) for network, title in enumerate(titles, 1)]
    rows = make_curve_rows(points)
    assert [(row["title"], row["shown"]) for row in rows[::2]] == [
        ("trial: none", "earlier"),
        ("seed 1 of 2", "earlier"),
        ("network 3", "latest"),
    ]


def test_networks_with_the_same_title_are_lines_of_their_own() -> None:
    rows = make_curve_rows([(1, "seed 1 of 1", 1, 0.5, 0.6), (2, "seed 1 of 1", 1, 0.4, 0.7)])
    detail = draw_curves(10, 2)["encoding"]["detail"]["field"]
    assert [row[detail] for row in rows] == [1, 1, 2, 2]
    assert [row["shown"] for row in rows] == ["earlier", "earlier", "latest", "latest"]


def test_the_chart_reads_the_fields_of_the_rows() -> None:
    (row, _) = make_curve_rows([(1, "", 1, 0.5, 0.6)])
    encoding = draw_curves(10, 2)["encoding"]
    read = {channel["field"] for name, channel in encoding.items() if name != "tooltip"}
    assert read | {channel["field"] for channel in encoding["tooltip"]} == set(row)
    assert encoding["color"]["scale"]["domain"] == [TRAINING, VALIDATION]
    assert row["shown"] in encoding["opacity"]["scale"]["domain"]


def test_one_network_needs_no_name() -> None:
    def list_tooltip(num_networks: int) -> list[str]:
        return [entry["field"] for entry in draw_curves(10, num_networks)["encoding"]["tooltip"]]

    assert list_tooltip(1) == ["curve", "epoch", "value"]
    assert list_tooltip(2) == ["title", "curve", "epoch", "value"]


def test_the_axis_is_as_long_as_the_training_may_last() -> None:
    assert draw_curves(50)["encoding"]["x"]["scale"]["domain"] == [1, 50]
    assert draw_curves(1)["encoding"]["x"]["scale"]["domain"] == [1, 2]


def test_the_chart_does_not_change_while_points_arrive() -> None:
    assert json.dumps(draw_curves(50, 3)) == json.dumps(draw_curves(50, 3))


def test_the_axis_begins_where_the_curves_begin() -> None:
    assert draw_curves(10)["encoding"]["x"]["scale"]["domain"] == [1, 10]
    assert draw_curves(10, first_epoch=0)["encoding"]["x"]["scale"]["domain"] == [0, 10]

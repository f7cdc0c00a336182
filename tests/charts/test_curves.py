from __future__ import annotations

import json

from lstm_core.charts.curves import TRAINING, VALIDATION, draw_curves, make_curve_rows


def test_every_epoch_is_a_point_on_both_curves() -> None:
    assert make_curve_rows([(1, 0.5, 0.6), (2, 0.4, 0.7)]) == [
        {"epoch": 1, "value": 0.5, "curve": TRAINING},
        {"epoch": 1, "value": 0.6, "curve": VALIDATION},
        {"epoch": 2, "value": 0.4, "curve": TRAINING},
        {"epoch": 2, "value": 0.7, "curve": VALIDATION},
    ]


def test_the_chart_reads_the_fields_of_the_rows() -> None:
    (row, _) = make_curve_rows([(1, 0.5, 0.6)])
    encoding = draw_curves(10)["encoding"]
    assert {encoding[channel]["field"] for channel in ("x", "y", "color")} == set(row)
    assert encoding["color"]["scale"]["domain"] == [TRAINING, VALIDATION]


def test_the_axis_is_as_long_as_the_training_may_last() -> None:
    assert draw_curves(50)["encoding"]["x"]["scale"]["domain"] == [1, 50]
    assert draw_curves(1)["encoding"]["x"]["scale"]["domain"] == [1, 2]


def test_the_chart_does_not_change_while_points_arrive() -> None:
    assert json.dumps(draw_curves(50)) == json.dumps(draw_curves(50))

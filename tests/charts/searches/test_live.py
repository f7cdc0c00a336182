from __future__ import annotations

import math

import pandas as pd

from lstm_core.charts.searches.live import (
    BEST,
    LIMIT,
    MOST_POINTS,
    OTHERS,
    RUNNING,
    draw_live_curves,
    make_live_rows,
    spans_decades,
)


def make_curves(num_trials: int, num_epochs: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"trial": trial, "epoch": epoch, "validation_loss": (1 + trial) / epoch}
            for trial in range(num_trials)
            for epoch in range(1, num_epochs + 1)
        ]
    )


def test_the_best_lies_above_all_others() -> None:
    rows = make_live_rows(make_curves(4, 2), best=1, running=[3], limit=[5.0, None, 4.0])
    assert list(dict.fromkeys(rows["line"])) == [OTHERS, RUNNING, LIMIT, BEST]
    assert rows[rows["line"] == BEST]["trial"].unique().tolist() == [1]
    assert rows[rows["line"] == RUNNING]["trial"].unique().tolist() == [3]
    assert rows[rows["line"] == LIMIT]["epoch"].tolist() == [1, 3]


def test_many_curves_are_thinned_and_keep_their_ends() -> None:
    rows = make_live_rows(make_curves(200, 50), best=0)
    others = rows[rows["line"] == OTHERS]
    assert len(others) <= MOST_POINTS + 200
    assert others.groupby("trial")["epoch"].max().eq(50).all()
    assert len(rows[rows["line"] == BEST]) == 50


def test_what_is_no_loss_is_left_out() -> None:
    curves = make_curves(1, 4)
    curves["validation_loss"] = [math.nan, math.inf, 0.0, 2.0]
    assert make_live_rows(curves)["loss"].tolist() == [2.0]
    assert make_live_rows(curves.iloc[:3]).empty


def test_only_losses_far_apart_get_a_logarithmic_axis() -> None:
    near, far = make_live_rows(make_curves(2, 2)), make_live_rows(make_curves(2, 50))
    assert not spans_decades(near)
    assert spans_decades(far)
    assert not spans_decades(near.iloc[:0])
    assert "type" not in draw_live_curves(is_log=False)["encoding"]["y"]["scale"]
    assert draw_live_curves(is_log=True)["encoding"]["y"]["scale"]["type"] == "log"

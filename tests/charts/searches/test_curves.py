from __future__ import annotations

import math

import numpy as np
import pandas as pd

from lstm_core.charts.searches.curves import MOST_POINTS, draw_trial_curves
from lstm_core.charts.searches.trials import BEST


def make_curves(num_trials: int = 4, num_epochs: int = 3) -> pd.DataFrame:
    trial, epoch = np.divmod(np.arange(num_trials * num_epochs), num_epochs)
    loss = 1.0 + 0.1 * trial + 1.0 / (1 + epoch)
    return pd.DataFrame({"trial": trial, "epoch": epoch + 1, "validation_loss": loss})


def test_the_rest_is_one_trace_with_gaps_between_trials() -> None:
    rest, running, best = draw_trial_curves(make_curves(), best=2, running=[3]).data
    assert rest.x.tolist() == [1, 2, 3, 0, 1, 2, 3]
    assert np.isnan(rest.y).tolist() == [False] * 3 + [True] + [False] * 3
    assert rest.customdata.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert (running.name, set(running.customdata)) == ("running", {3})
    assert (best.name, best.line.color, set(best.customdata)) == ("best: trial 2", BEST, {2})
    assert "trial %{customdata}" in rest.hovertemplate


def test_two_hundred_trials_are_small() -> None:
    curves = make_curves(200, 395)
    (rest,) = draw_trial_curves(curves).data
    assert len(rest.x) <= MOST_POINTS + 2 * 200
    assert set(rest.customdata) == set(range(200))
    assert (rest.x == 395).sum() == 200  # each curve ends where it ended
    assert len(draw_trial_curves(curves).to_json()) < 300_000


def test_the_best_is_never_thinned() -> None:
    _, best = draw_trial_curves(make_curves(200, 395), best=7).data
    assert len(best.x) == 395


def test_losses_over_decades_have_a_log_axis() -> None:
    curves = make_curves()
    assert draw_trial_curves(curves).layout.yaxis.type is None
    curves.loc[0, "validation_loss"] = 500.0
    figure = draw_trial_curves(curves)
    assert figure.layout.yaxis.type == "log"
    assert "100" in figure.layout.yaxis.ticktext
    curves.loc[1, "validation_loss"] = -0.1
    assert draw_trial_curves(curves).layout.yaxis.type is None


def test_a_loss_that_is_no_number_is_left_out() -> None:
    curves = make_curves(1, 3)
    curves.loc[1, "validation_loss"] = math.inf
    (rest,) = draw_trial_curves(curves).data
    assert rest.x.tolist() == [1, 3]


def test_the_limit_is_a_line_from_the_first_epoch() -> None:
    figure = draw_trial_curves(make_curves(), limit=[2.0, 1.5])
    (limit,) = (trace for trace in figure.data if trace.name == "ended early above")
    assert (limit.x, limit.y) == ((1, 2), (2.0, 1.5))


def test_without_an_epoch_the_chart_says_so() -> None:
    figure = draw_trial_curves(pd.DataFrame(columns=["trial", "epoch", "validation_loss"]))
    assert not figure.data
    assert "No trial" in figure.layout.annotations[0].text

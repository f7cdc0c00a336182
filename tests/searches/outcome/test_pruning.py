"""When a trial is hopeless."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lstm_core.searches.outcome.pruning import find_limit, is_hopeless


def make_curves(*curves: list[float]) -> pd.DataFrame:
    rows = [
        (trial, f"run {trial}", epoch, loss)
        for trial, losses in enumerate(curves, start=1)
        for epoch, loss in enumerate(losses, start=1)
    ]
    return pd.DataFrame(rows, columns=["trial", "run_id", "epoch", "validation_loss"])


FIVE = make_curves(*([[10.0 * level / epoch for epoch in range(1, 11)] for level in range(1, 6)]))
ALL = [1, 2, 3, 4, 5]


def test_there_is_no_limit_before_five_trials_can_be_compared() -> None:
    assert find_limit(FIVE, ALL[:4]) is None
    assert find_limit(FIVE, ALL) is not None
    assert find_limit(FIVE.iloc[:0], ALL) is None


def test_the_limit_is_the_median_of_the_best_losses_after_a_warm_up() -> None:
    limit = find_limit(FIVE, ALL)
    assert limit is not None
    assert limit[:2] == [None, None]
    assert limit[2:] == pytest.approx([30.0 / epoch for epoch in range(3, 11)])


def test_a_loss_that_rises_again_or_a_trial_that_stopped_keeps_its_best() -> None:
    curves = make_curves(*[[1.0, 0.5, 2.0, 3.0]] * 3, *[[1.0, 0.4]] * 2)
    assert find_limit(curves, ALL) == [None, None, 0.5, 0.5]


def test_a_repeated_run_counts_once() -> None:
    again = FIVE[FIVE["trial"] == 5].assign(run_id="run 6", validation_loss=0.0)
    both = pd.concat([FIVE, again], ignore_index=True)
    assert find_limit(both, ALL) == find_limit(FIVE, ALL)


@pytest.mark.parametrize(
    ("losses", "hopeless"),
    [
        ([9.0, 9.0], False),  # warm-up
        ([9.0, 9.0, 0.6], True),
        ([9.0, 0.4, 0.6], False),  # its best so far counts
        ([9.0, 9.0, 0.5], False),  # as good as the median
        ([math.nan, math.nan, math.nan], True),
        ([9.0] * 5, False),  # longer than any before it
    ],
)
def test_only_what_is_worse_than_the_limit_is_hopeless(losses: list[float], hopeless: bool) -> None:
    assert is_hopeless(losses, [None, None, 0.5, 0.4]) is hopeless
    assert is_hopeless(losses, None) is False

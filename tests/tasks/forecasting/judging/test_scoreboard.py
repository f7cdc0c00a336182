from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.tasks.forecasting.judging.metrics import METRICS
from lstm_core.tasks.forecasting.judging.scoreboard import MOST_WINDOWS_LISTED, Block, Scoreboard
from lstm_core.tasks.forecasting.levels import LEVELS

NAN = float("nan")


def make_block(
    actual: np.ndarray,
    model: np.ndarray,
    *,
    name: str = "a",
    scale: float = 1.0,
    fold: int = 1,
    reach: float = 1.0,
) -> Block:
    """Make windows whose baseline is off by 2 and whose ranges reach 1, 2 and 3 ``reach``."""
    widths = reach * np.arange(1, len(LEVELS) + 1)[:, None] * np.array([-1.0, 1.0])
    return Block(
        (name, "y"),
        scale,
        np.full(len(actual), fold),
        np.arange(len(actual)),
        actual,
        {"model": model, "last_value": np.nan_to_num(actual) + 2.0},
        model[..., None, None] + widths,
    )


def test_a_score_is_the_mean_over_lines_however_long_each_is() -> None:
    board = Scoreboard()
    board.add(make_block(np.zeros((2, 3)), np.ones((2, 3)), name="a", scale=2.0))
    board.add(make_block(np.zeros((9, 3)), np.full((9, 3), 3.0), name="b", scale=0.0))
    scores = board.score("model")
    assert tuple(scores) == METRICS
    assert scores["mae"] == 2.0
    assert scores["mase"] == 0.5  # undefined for b, so of a alone
    assert scores["r2"] is None
    assert board.score("last_value")["mae"] == 2.0
    assert board.names == ["model", "last_value"]


def test_what_is_not_known_counts_nowhere() -> None:
    board = Scoreboard()
    board.add(make_block(np.array([[1.0, NAN], [NAN, NAN]]), np.array([[2.0, 9.0], [9.0, 9.0]])))
    assert board.score("model")["mae"] == 1.0
    assert len(board.list_windows()) == 1
    assert board.break_down_by_step()["num"].tolist() == [1, 0]
    assert board.score_ranges() == {"coverage_50": 1.0, "coverage_80": 1.0, "coverage_95": 1.0}


def test_coverage_is_the_share_that_lay_inside() -> None:
    board = Scoreboard()
    board.add(make_block(np.array([[0.5, 1.5, 2.5, 3.5]]), np.zeros((1, 4))))
    assert board.score_ranges() == {"coverage_50": 0.25, "coverage_80": 0.5, "coverage_95": 0.75}


def test_many_windows_are_listed_as_their_means_fold_by_fold() -> None:
    plain, merged = Scoreboard(), Scoreboard()
    merged.expect(4 * MOST_WINDOWS_LISTED)
    errors = np.random.default_rng(0).random((10, 3))
    block = replace(
        make_block(np.zeros((10, 3)), errors), fold=np.array([1] * 6 + [2] * 4), scale=2.0
    )
    for board in (plain, merged):
        board.add(block)
    windows = merged.list_windows()
    assert windows["cutoff"].tolist() == [0, 4, 6, 8]
    assert windows["fold"].tolist() == [1, 1, 2, 2]
    assert windows["num"].tolist() == [4, 2, 2, 2]
    whole = plain.list_windows()
    for columns in (whole, windows):
        weights = columns["num"]
        assert np.average(columns["model"], weights=weights) == pytest.approx(errors.mean() / 2)
    assert len(whole) == 10


def test_errors_by_step_are_in_units_of_the_scale() -> None:
    board = Scoreboard()
    for fold in (1, 2):
        board.add(make_block(np.zeros((3, 2)), np.array([[1.0, 4.0]] * 3), scale=2.0, fold=fold))
    steps = board.break_down_by_step()
    assert steps["value"].tolist() == ["1", "2"]
    assert steps["model"].tolist() == [0.5, 2.0]
    assert steps["num"].tolist() == [6, 6]
    windows = board.list_windows()
    assert windows["model"].tolist() == [pytest.approx(1.25)] * 6
    assert windows["fold"].tolist() == [1, 1, 1, 2, 2, 2]

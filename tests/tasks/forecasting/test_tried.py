"""What one run has chosen by its validation part, put into another one's spec."""

from __future__ import annotations

import pytest

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.tried import TRIED, list_tried, settle

OPEN = ExperimentSpec()
CHOSEN = OPEN.with_values(
    {
        "task.window_normalisation": "season",
        "task.season_ahead": 24,
        "task.covariates": "none",
        "task.calendar_read": "all",
    }
)


def test_what_is_open_is_filled_in() -> None:
    assert list_tried(OPEN) == tuple(TRIED.values())
    settled = settle(OPEN, CHOSEN)
    assert list_tried(settled) == ()
    assert settled == CHOSEN


def test_what_is_given_stays() -> None:
    given = OPEN.with_values({"task.window_normalisation": "none", "task.covariates": "all"})
    task = settle(given, CHOSEN).task
    assert (task.window_normalisation, task.covariates) == ("none", "all")
    assert (task.season_ahead, task.calendar_read) == (None, "all")


def test_what_was_not_chosen_stays_open() -> None:
    chosen = OPEN.with_values({"task.covariates": "none"})
    assert list_tried(settle(OPEN, chosen)) == ("task.window_normalisation", "task.calendar_read")


@pytest.mark.parametrize("architecture", ["pretrained"])
def test_a_network_that_comes_trained_is_left_alone(architecture: str) -> None:
    spec = OPEN.with_values({"model.architecture": architecture})
    assert list_tried(spec) == ()
    assert settle(spec, CHOSEN) == spec

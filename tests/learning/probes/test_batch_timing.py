from __future__ import annotations

from typing import Any

import pytest

from lstm_core.learning.feeds.table import Course
from lstm_core.learning.feeds.windows import WindowShape, make_noise
from lstm_core.learning.probes import batch_timing
from lstm_core.learning.probes.batch_timing import time_batch
from lstm_core.learning.trainer import Trainer
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind

pytestmark = pytest.mark.backend

SHAPE = WindowShape(6, 2, 1, 3, 1, num_series=2)


def make_spec(**values: Any) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "model.architecture": "simple_rnn",
            "model.units": 4,
            "training.batch_size": 5,
            "training.learning_rate": 1e-3,
            **values,
        }
    )


def time_noise(spec: ExperimentSpec) -> tuple[float, float]:
    tried = find_kind(spec).load_engine().rehearse(SHAPE, spec)
    return time_batch(tried.build_network, tried.feed, tried.objective, spec.training)


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """Batches, their size and epochs of each fit."""
    seen: list[tuple[int, int, int]] = []
    plain = Trainer.learn

    def learn(self: Trainer, course: Course, epochs: int, *rest: Any) -> None:
        (run,) = course.runs
        seen.append((run.count, run.batches.shape[1], epochs))
        plain(self, course, epochs, *rest)

    monkeypatch.setattr(Trainer, "learn", learn)
    return seen


def test_whole_batches_of_the_spec_s_size_are_timed(fits: list[tuple[int, int, int]]) -> None:
    first_seconds, batch_seconds = time_noise(make_spec())
    assert first_seconds > batch_seconds > 0
    assert {batch_size for _, batch_size, _ in fits} == {5}
    num_batches, _, rounds = fits[-1]
    assert num_batches > 1
    assert rounds > 1


def test_a_batch_that_takes_long_is_measured_once(
    fits: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_timing, "_LONG_SECONDS", 0.0)
    first_seconds, batch_seconds = time_noise(make_spec(**{"training.schedule": "cosine"}))
    assert first_seconds > batch_seconds > 0
    assert [num_batches for num_batches, _, _ in fits] == [1, 1]


def test_noise_is_one_whole_window() -> None:
    noise = make_noise(SHAPE)
    assert noise.past.shape == (8, 3)
    assert noise.future.shape == (8, 1)
    assert noise.past.std() > 0.5
    (cutoff,) = noise.cutoffs["train"]
    assert cutoff + 1 == SHAPE.lookback
    assert cutoff + SHAPE.horizon < len(noise.past)

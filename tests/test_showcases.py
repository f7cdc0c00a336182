"""What a newcomer is shown is what it says."""

from __future__ import annotations

import pytest

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.showcases import LESSON, WIN, Showcase
from lstm_core.events import EpochFinished, Event
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.tasks.forecasting.defaults import resolve_spec


def train(showcase: Showcase, seed: int) -> tuple[ExperimentResult, list[EpochFinished]]:
    """Run it from a seed; return the epochs of the networks that predict, too."""
    events: list[Event] = []
    dataset = build_dataset(showcase.sample.load(), showcase.sample.data)
    spec = showcase.spec.with_values({"training.seed": seed})
    result = run_experiment(spec, dataset, on_event=events.append)
    epochs = [event for event in events if isinstance(event, EpochFinished)]
    num_networks = result.spec.training.num_seeds or 1
    last = max(epoch.network for epoch in epochs)
    return result, [epoch for epoch in epochs if epoch.network > last - num_networks]


@pytest.mark.parametrize("showcase", [WIN, LESSON], ids=["win", "lesson"])
def test_it_can_be_trained(showcase: Showcase) -> None:
    dataset = build_dataset(showcase.sample.load(), showcase.sample.data)
    spec, _ = resolve_spec(showcase.spec, dataset)
    assert spec.task.calendar == showcase.spec.task.calendar


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [42, 7, 2024])
def test_the_first_one_wins_and_is_seen_to_learn(seed: int) -> None:
    result, epochs = train(WIN, seed)
    assert result.verdict["outcome"] == "win"
    assert result.verdict["skill"] > 0.3
    first, *_, last = [epoch for epoch in epochs if epoch.network == epochs[0].network]
    assert last.validation_loss < 0.9 * first.validation_loss


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_second_one_does_not() -> None:
    result, _ = train(LESSON, 42)
    assert not result.verdict["beats_baseline"]
    assert result.verdict["advice"]

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress, Task

from lstm_core.commands.telling.progress import ProgressBar
from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    NetworkStarted,
    PhaseStarted,
    TrainingStarted,
)


@pytest.fixture
def progress() -> Progress:
    return Progress(console=Console(file=io.StringIO()))


def get_task(progress: Progress) -> Task:
    (task,) = progress.tasks
    return task


def test_one_network_fills_the_bar_by_its_epochs(progress: Progress) -> None:
    bar = ProgressBar(progress)
    bar(PhaseStarted("Training"))
    bar(TrainingStarted(4, 1, "CPU, TensorFlow"))
    task = get_task(progress)
    assert (task.description, task.fields["detail"]) == ("Training", "CPU, TensorFlow")
    bar(BatchFinished(1, 0.5))
    assert task.percentage == pytest.approx(12.5)
    bar(EpochFinished(2, 0.25, 0.5, 0.1))
    assert task.percentage == pytest.approx(50)
    assert task.fields["detail"] == "loss 0.25, validation 0.5"


def test_several_networks_share_the_bar_and_say_which_one_it_is(progress: Progress) -> None:
    bar = ProgressBar(progress)
    bar(TrainingStarted(10, 1, "CPU", num_networks=4))
    task = get_task(progress)
    bar(NetworkStarted(1, "trial: last value", 2))
    bar(EpochFinished(1, 1, 1, 1, network=1))
    assert (task.description, task.percentage) == ("Trial: last value", 12.5)
    bar(NetworkStarted(2, "seed 1 of 3", 10))
    assert (task.description, task.percentage) == ("Seed 1 of 3", 25)
    bar(BatchFinished(6, 0.0, network=2))
    assert task.percentage == pytest.approx(37.5)

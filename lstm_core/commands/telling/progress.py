"""A progress bar on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    Event,
    Listener,
    NetworkStarted,
    PhaseStarted,
    TrainingStarted,
)


@contextmanager
def show_progress() -> Iterator[Listener]:
    """Yield a listener that draws what it hears; silent lines where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[detail]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield ProgressBar(progress)


class ProgressBar:
    """A listener that moves one bar over all networks of a run; each counts alike."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar: TaskID = progress.add_task("Starting", total=None, detail="")
        self._num_epochs = 1

    def __call__(self, event: Event) -> None:
        match event:
            case PhaseStarted(name):
                self._progress.update(self._bar, description=name)
            case TrainingStarted(num_epochs, _, device, num_networks):
                self._num_epochs = num_epochs
                self._progress.update(self._bar, total=num_networks, detail=device)
            case NetworkStarted(network, title, num_epochs):
                self._num_epochs = num_epochs
                self._progress.update(self._bar, description=title[:1].upper() + title[1:])
                self._move(network, 0.0)
            case BatchFinished(epoch, fraction, network):
                self._move(network, epoch - 1 + fraction)
            case EpochFinished(epoch, loss, validation_loss, _, network):
                detail = f"loss {loss:.4g}, validation {validation_loss:.4g}"
                self._progress.update(self._bar, detail=detail)
                self._move(network, epoch)
            case _:
                return

    def _move(self, network: int, epochs_done: float) -> None:
        completed = network - 1 + min(1.0, epochs_done / self._num_epochs)
        self._progress.update(self._bar, completed=completed)

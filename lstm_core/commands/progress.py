"""A progress bar on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    Event,
    Listener,
    PhaseStarted,
    TrainingStarted,
)


@contextmanager
def show_progress() -> Iterator[Listener]:
    """Yield a listener that draws what it hears; silent lines where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Starting", total=None, detail="")

        def listen(event: Event) -> None:
            match event:
                case PhaseStarted(name):
                    progress.update(bar, description=name)
                case TrainingStarted(num_epochs, _, device):
                    progress.update(bar, total=num_epochs, detail=device)
                case BatchFinished(epoch, fraction):
                    progress.update(bar, completed=epoch - 1 + fraction)
                case EpochFinished(epoch, loss, validation_loss):
                    detail = f"loss {loss:.4g}, validation {validation_loss:.4g}"
                    progress.update(bar, completed=epoch, detail=detail)
                case _:
                    return

        yield listen

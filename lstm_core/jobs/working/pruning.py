"""``Pruner``: ends a trial's run from within, as soon as it is known to be hopeless."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.events import EpochFinished, Event, NetworkStarted
from lstm_core.searches.outcome.pruning import is_hopeless


class Pruner:
    """A listener that follows the first network that is trained for good.

    Args:
        limit: by epoch, the validation loss above which the run is hopeless; None: it never is.
    """

    def __init__(self, limit: Sequence[float | None] | None) -> None:
        self._limit = limit
        self._network: int | None = None
        self._num_epochs = 0
        self._losses: list[float] = []
        self.sentence = ""

    def __call__(self, event: Event) -> None:
        match event:
            case NetworkStarted() if self._network is None and not event.is_tryout:
                self._network, self._num_epochs = event.network, event.num_epochs
            case EpochFinished() if event.network == self._network:
                self._losses.append(event.validation_loss)
                is_last = event.epoch >= self._num_epochs  # its score is as good as there
                if not self.sentence and not is_last and is_hopeless(self._losses, self._limit):
                    self.sentence = self._explain()

    def should_stop(self) -> bool:
        return bool(self.sentence)

    def _explain(self) -> str:
        assert self._limit is not None
        epoch = len(self._losses)
        return (
            f"Ended early: after {epoch} epochs its best validation loss was "
            f"{min(self._losses):.4g}; half of the trials before it had "
            f"{self._limit[epoch - 1]:.4g} or less by then."
        )

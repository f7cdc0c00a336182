"""Runs whose models stay open in a process, for the next question about one of them."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store

if TYPE_CHECKING:
    from lstm_core.tasks.base import Predictor

MOST_OPEN = 3
"""Runs that stay open; the one that was asked for least lately makes room."""


@dataclass(frozen=True)
class Opened:
    """A completed run's model, and the data that it was trained on."""

    predictor: Predictor
    collection: Any


class Reopened:
    """Keeps the runs that were opened last. A run's model and data never change."""

    def __init__(self, most: int = MOST_OPEN) -> None:
        self._most = most
        self._opened: OrderedDict[str, Opened] = OrderedDict()

    def open(self, store: Store, run: Run) -> Opened:
        """Return a run's model and data; the first time loads the training engine.

        Args:
            run: as it now is in the record.

        Raises:
            NotFoundError: the run kept no model.
            DataError: its model was kept by an older version.
        """
        opened = self._opened.pop(run.id, None)
        if opened is None:
            collection = store.collections.get(run.dataset_id)
            opened = Opened(open_predictor(store, run.id), collection)
        self._opened[run.id] = opened
        while len(self._opened) > self._most:
            self._opened.popitem(last=False)
        return opened


REOPENED = Reopened()
"""This process's own."""


def open_predictor(store: Store, run_id: str) -> Predictor:
    """Return a completed run's model, ready to forecast; loads the training engine.

    Raises:
        NotFoundError: the run kept no model.
        DataError: its model was kept by an older version.
    """
    from lstm_core import predictor

    model = json.loads(store.artifacts.get(run_id, "model.json"))
    return predictor.open_predictor(model, store.artifacts.get(run_id, "weights.npz"))

"""The one place that chooses who carries out the work of a server."""

from __future__ import annotations

from lstm_core.jobs.backend import JobBackend
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.stores.store import Store


def start_backend(store: Store) -> JobBackend:
    """Return a backend that goes on with the queue at once; whoever asks for it closes it."""
    return LocalBackend(store, keep_warm=store.settings.keep_warm).start()

"""What every engine that runs runs must offer."""

from __future__ import annotations

from typing import Protocol


class JobBackend(Protocol):
    """Runs what the record has queued. Status, results and errors come back by the record."""

    def submit(self, run_id: str) -> None:
        """Let a queued run begin as soon as there is room. Returns at once."""

    def cancel(self, run_id: str, *, at_once: bool = False) -> None:
        """Stop the run: asked first, then by force. Returns at once.

        Args:
            at_once: it should not judge what it has learnt first.

        Raises:
            NotFoundError: there is no such run.
        """

    def is_alive(self, run_id: str) -> bool:
        """Return whether something executes the run at this moment.

        Raises:
            NotFoundError: there is no such run.
        """

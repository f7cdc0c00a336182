"""Has the process of a running run gone, and what to tell people about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from lstm_core.runs.process import identify_host
from lstm_core.runs.run import Run
from lstm_core.runs.status import RunStatus

_SILENCE = timedelta(seconds=60)
"""How long another machine may say nothing; its processes can't be seen from here."""

_START = timedelta(seconds=30)
"""How long a claimed run may take to get its process."""


def explain_absence(run: Run, now: datetime) -> str | None:
    """Return a sentence for people if the run is marked running but nobody runs it, else None."""
    if run.status != RunStatus.RUNNING:
        return None
    silence = now - (run.heartbeat_at or run.created_at)
    if run.host != identify_host():
        if silence <= _SILENCE:
            return None
        return "The machine that ran it has not been heard of any more. Start the run again."
    if run.process is None:
        return "Its process did not start. Start the run again." if silence > _START else None
    if run.process.is_alive:
        return None
    return (
        "Its process ended in the middle of the work: it was killed, memory ran out, or the "
        "machine was restarted. Start the run again."
    )

"""Has everybody gone who was to run a run, and what to tell people about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from lstm_core.runs.process import ProcessIdentity, identify_host

_SILENCE = timedelta(seconds=60)
"""How long another machine may say nothing; its processes can't be seen from here."""


def is_abandoned(
    host: str | None,
    responsible: ProcessIdentity | None,
    heard_of_at: datetime,
    now: datetime,
) -> bool:
    """Return whether nobody is left of those who were to see to something.

    On this machine the responsible process decides, by whether it lives: a busy machine may take
    minutes to start one. What another machine does is known by what it says alone.

    Args:
        host: the machine that took it.
        responsible: who runs it or is about to, or else who took it; None: nobody said.
        heard_of_at: when a word of it came last.
    """
    if host != identify_host():
        return now - heard_of_at > _SILENCE
    return responsible is None or not responsible.is_alive


def explain_interruption(host: str | None) -> str:
    """Return a sentence for people about a run that had begun and is not run any more."""
    if host != identify_host():
        return "The machine that ran it has not been heard of any more. Start the run again."
    return (
        "Its process ended in the middle of the work: it was killed, memory ran out, or the "
        "machine was restarted. Start the run again."
    )

"""How a process ended, in words for people; its number is for the log."""

from __future__ import annotations

import signal

KILLED = "was ended by the system, most likely because memory ran out"

_BY_SIGNAL: dict[int, str] = {
    signal.SIGKILL: KILLED,
    **dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), "was ended from outside"),
}


def explain_exit(status: int) -> str:
    """Say what an exit status means: "it … was ended by the system", or the like.

    Args:
        status: as ``subprocess`` gives it: of a signal its negative number.
    """
    if status == 0:
        return "ended without a word"
    if status > 0:
        return "met a fault and ended"
    return _BY_SIGNAL.get(-status, "crashed")

"""Whether anybody still reads what a command prints."""

from __future__ import annotations

import os
import select
import sys


def is_unheard() -> bool:
    """Whether who read standard output has closed it, as ``head`` does when it has enough."""
    if not hasattr(select, "poll"):
        return True  # Windows can't tell; a pipe that broke is most likely this one
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def fall_silent() -> None:
    """Let what is still to be printed go nowhere: a flush at the end would fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

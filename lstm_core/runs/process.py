"""Who runs a run: a process, told apart from a later one that got the same number."""

from __future__ import annotations

import logging
import os
import platform
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

_LOGGER = logging.getLogger(__name__)

_START_TOLERANCE_SECONDS = 2.0
"""The kernel gives its boot time in whole seconds, and two readings may round apart."""


@dataclass(frozen=True)
class ProcessIdentity:
    """A process on some machine; ``started`` is in seconds after that machine's boot.

    Seconds after boot rather than a time of day: they stay put when the clock is corrected.
    """

    host: str
    pid: int
    started: float

    @property
    def is_here(self) -> bool:
        """Whether it is, or was, on this machine, so that ``is_alive`` can tell."""
        return self.host == identify_host()

    @property
    def is_alive(self) -> bool:
        """Whether it still runs; a zombie does not.

        Raises:
            ValueError: the process belongs to another machine.
        """
        if not self.is_here:
            raise ValueError("only the machine of a process knows whether it is alive")
        try:
            process = psutil.Process(self.pid)
            started = process.create_time() - psutil.boot_time()
            is_same = abs(started - self.started) <= _START_TOLERANCE_SECONDS
            return is_same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False
        except OSError as error:  # no descriptor to look with, say: that is no sign of death
            _LOGGER.info("Whether process %d lives can't be told now: %s", self.pid, error)
            return True

    def is_same(self, other: ProcessIdentity) -> bool:
        """Whether both are one process."""
        is_near = abs(self.started - other.started) <= _START_TOLERANCE_SECONDS
        return (self.host, self.pid) == (other.host, other.pid) and is_near


def identify_process(pid: int | None = None) -> ProcessIdentity:
    """Return the identity of a living process of this machine; by default this one.

    Raises:
        psutil.NoSuchProcess: it is gone.
        OSError: the machine has no descriptor left to look with.
    """
    process = psutil.Process(pid)
    return ProcessIdentity(identify_host(), process.pid, process.create_time() - psutil.boot_time())


@cache
def identify_host() -> str:
    """Return a name that changes with the machine, its boot and its space of process numbers.

    Two containers may share a host name, and a process number means nothing in the other one.
    """
    parts = [platform.node()]
    boot_id = Path("/proc/sys/kernel/random/boot_id")
    if boot_id.exists():
        parts += [boot_id.read_text().strip(), os.readlink("/proc/self/ns/pid")]
    return "/".join(parts)

"""Processes that a test started, and how they are ended without touching any other."""

from __future__ import annotations

from pathlib import Path

import psutil


def end_processes_of(home: Path) -> None:
    """End every process whose ``LSTM_STUDIO_HOME`` is ``home`` or lies inside it.

    A worker is started in a session of its own, so it is found by the folder it writes to, which
    no other test and no other program uses.
    """
    ours = list_processes_of(home)
    for process in ours:
        _send(process, "terminate")
    _, alive = psutil.wait_procs(ours, timeout=5)
    for process in alive:
        _send(process, "kill")
    psutil.wait_procs(alive, timeout=5)


def list_processes_of(home: Path) -> list[psutil.Process]:
    """Return every other process whose ``LSTM_STUDIO_HOME`` is ``home`` or lies inside it."""
    return [process for process in psutil.process_iter() if _works_in(process, home)]


def _works_in(process: psutil.Process, home: Path) -> bool:
    if process.pid == psutil.Process().pid:
        return False
    try:
        folder = process.environ().get("LSTM_STUDIO_HOME")
    except (psutil.Error, OSError):
        # Gone meanwhile, or somebody else's.
        return False
    return folder is not None and Path(folder).is_relative_to(home)


def _send(process: psutil.Process, signal: str) -> None:
    try:
        getattr(process, signal)()
    except psutil.NoSuchProcess:
        return

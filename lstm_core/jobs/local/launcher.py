"""How a worker's process comes to be: started cold, or taken from one that is waiting warm."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import lstm_core
from lstm_core.jobs.local.logs import turn_over
from lstm_core.settings import Settings

_LOGGER = logging.getLogger(__name__)

WORKER_COMMAND: tuple[str, ...] = (sys.executable, "-m", "lstm_core", "worker")

SEARCHER_COMMAND: tuple[str, ...] = (sys.executable, "-m", "lstm_core", "searcher")
"""With a search's id, its own process: it asks the strategy and starts the trials."""

WAIT_OPTION = "--wait"
"""Added to the command, makes a worker do its imports and then read from stdin what to do."""

ANSWER_OPTION = "--answer"
"""Makes a worker answer questions instead of training; their folders come by its stdin."""

SERVE_OPTION = "--serve"
"""Makes a worker carry out one run after another; see ``pool.WorkerPool``."""

MEMBERS_OPTION = "--members"
"""Makes a worker train some networks of another process's run; see ``jobs.members``."""


class Child(Protocol):
    """A process that was started, or its turn at a run; ``subprocess.Popen`` is one."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self) -> int: ...


class Starter(Protocol):
    """What starts a worker with its arguments, a log and variables of its own."""

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Child: ...

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        """See to it, where it can, that the next worker with these variables begins at once.

        Raises:
            OSError: no process could be started.
        """


class Launcher:
    """Starts workers; several threads may ask for one.

    Owns at most one spare: a process that has loaded the training engine and waits for work.
    The spare ends when this process does, because its stdin ends; once it has a run, it is a
    worker like every other and lives on.

    Args:
        settings: where the logs and the record are.
        command: what to start; a worker's own arguments are added.
        keep_warm: whether there should be a spare at all. It holds about 350 MB of its own
            and saves some seconds of each first epoch.
    """

    def __init__(self, settings: Settings, command: Sequence[str], *, keep_warm: bool) -> None:
        self._settings = settings
        self._command = tuple(command)
        self._keep_warm = keep_warm
        self._spare: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """See to it that a spare is waiting, if there should be one."""
        with self._lock:
            if self._keep_warm and (self._spare is None or self._spare.poll() is not None):
                log_path = self._settings.logs_folder / "spare.log"
                turn_over(log_path)
                self._spare = self._start([WAIT_OPTION], log_path, stdin=subprocess.PIPE)

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Return a process that does what a worker's arguments say: a run's id.

        Args:
            environment: variables to be set for it; the spare has none of its own.

        Raises:
            OSError: none could be started.
        """
        if environment:
            command = (*self._command, *arguments)
            return start_process(command, log_path, self._settings, environment=environment)
        spare = self._take_spare()
        if spare is not None and _hand_over(spare, arguments, log_path):
            return spare
        return self._start(arguments, log_path, stdin=subprocess.DEVNULL)

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        """Warm the spare up; for variables of one's own there is none."""
        if not environment:
            self.warm_up()

    def launch_answerer(self, log_path: Path) -> subprocess.Popen[bytes]:
        """Return a process that answers questions; see ``jobs.answering.answering``.

        Raises:
            OSError: none could be started.
        """
        turn_over(log_path)
        spare = self._take_spare()
        if spare is not None and _hand_over(spare, [ANSWER_OPTION], log_path, is_last=False):
            return spare
        return self._start([ANSWER_OPTION], log_path, stdin=subprocess.PIPE)

    def close(self) -> None:
        """End the spare; it has nothing to lose."""
        spare = self._take_spare()
        if spare is not None:
            spare.terminate()
            spare.communicate()

    def _take_spare(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            spare, self._spare = self._spare, None
            return spare

    def _start(
        self, arguments: Sequence[str], log_path: Path, *, stdin: int
    ) -> subprocess.Popen[bytes]:
        return start_process((*self._command, *arguments), log_path, self._settings, stdin=stdin)


def start_process(
    command: Sequence[str],
    log_path: Path,
    settings: Settings,
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Return a process in a session of its own, which knows this code and this record.

    Args:
        stdout: where what it prints goes; by default into the log, with what it complains of.

    Raises:
        OSError: it could not be started.
    """
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=log if stdout is None else stdout,
            stderr=log,
            env=_make_environment(settings) | dict(environment or {}),
            start_new_session=True,
        )


def _hand_over(
    spare: subprocess.Popen[bytes],
    arguments: Sequence[str],
    log_path: Path,
    *,
    is_last: bool = True,
) -> bool:
    """Give the spare its work, one line of JSON; False if it is gone.

    Args:
        is_last: whether nothing more will come by its stdin.
    """
    assert spare.stdin is not None
    if spare.poll() is not None:
        return False
    try:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        spare.stdin.write(f"{json.dumps([str(log_path), *arguments])}\n".encode())
        if is_last:
            spare.stdin.close()
        else:
            spare.stdin.flush()
    except OSError as error:
        _LOGGER.info("The spare worker is gone, starting another: %s", error)
        return False
    return True


def _make_environment(settings: Settings) -> dict[str, str]:
    """Return an environment in which a worker finds this code and this record."""
    code = str(Path(lstm_core.__file__).parents[1])
    paths = [code, os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [code]
    # NumPy's products are small here: on several threads they only wait for each other.
    return {"OPENBLAS_NUM_THREADS": "1", **os.environ} | {
        "LSTM_STUDIO_HOME": str(settings.home),
        "LSTM_STUDIO_DATABASE_URL": settings.database_url,
        "LSTM_STUDIO_MAX_RUNNING": str(settings.max_running),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
    }

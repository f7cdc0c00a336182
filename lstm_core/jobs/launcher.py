"""How a worker's process comes to be: started cold, or taken from one that is waiting warm."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import lstm_core
from lstm_core.settings import Settings

_LOGGER = logging.getLogger(__name__)

WORKER_COMMAND = (sys.executable, "-m", "lstm_core", "worker")

WAIT_OPTION = "--wait"
"""Added to the command, makes a worker do its imports and then read a run's id from stdin."""


class Launcher:
    """Starts workers.

    Owns at most one spare: a process that has loaded the training engine and waits for a run.
    The spare ends when this process does, because its stdin ends; once it has a run, it is a
    worker like every other and lives on.

    Args:
        settings: where the logs and the record are.
        command: what to start; the run's id is added as the last argument.
        keep_warm: whether there should be a spare at all. It costs about 560 MB while it waits
            and saves some seconds of each first epoch.
    """

    def __init__(self, settings: Settings, command: Sequence[str], *, keep_warm: bool) -> None:
        self._settings = settings
        self._command = tuple(command)
        self._keep_warm = keep_warm
        self._spare: subprocess.Popen[bytes] | None = None

    def warm_up(self) -> None:
        """See to it that a spare is waiting, if there should be one."""
        if self._keep_warm and (self._spare is None or self._spare.poll() is not None):
            log_path = self._settings.logs_folder / "spare.log"
            self._spare = self._start([WAIT_OPTION], log_path, stdin=subprocess.PIPE)

    def launch(self, run_id: str, log_path: Path) -> subprocess.Popen[bytes]:
        """Return a process that carries out the run.

        Raises:
            OSError: none could be started.
        """
        spare, self._spare = self._spare, None
        if spare is not None and _hand_over(spare, run_id):
            return spare
        return self._start([run_id], log_path, stdin=subprocess.DEVNULL)

    def close(self) -> None:
        """End the spare; it has nothing to lose."""
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.terminate()
            spare.communicate()

    def _start(
        self, arguments: Sequence[str], log_path: Path, *, stdin: int
    ) -> subprocess.Popen[bytes]:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        with log_path.open("ab") as log:
            return subprocess.Popen(
                [*self._command, *arguments],
                stdin=stdin,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=_make_environment(self._settings),
                start_new_session=True,
            )


def was_spare(worker: subprocess.Popen[bytes]) -> bool:
    """Return whether a worker waited warm before it got its run."""
    return worker.stdin is not None


def _hand_over(spare: subprocess.Popen[bytes], run_id: str) -> bool:
    """Give the spare its run; False if it is gone."""
    assert spare.stdin is not None
    if spare.poll() is not None:
        return False
    try:
        spare.stdin.write(f"{run_id}\n".encode())
        spare.stdin.close()
    except OSError as error:
        _LOGGER.info("The spare worker is gone, starting another: %s", error)
        return False
    return True


def _make_environment(settings: Settings) -> dict[str, str]:
    """Return an environment in which a worker finds this code and this record."""
    code = str(Path(lstm_core.__file__).parents[1])
    paths = [code, os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [code]
    return os.environ | {
        "LSTM_STUDIO_HOME": str(settings.home),
        "LSTM_STUDIO_DATABASE_URL": settings.database_url,
        "LSTM_STUDIO_MAX_RUNNING": str(settings.max_running),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
    }

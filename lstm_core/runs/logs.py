"""``Logs``: where the processes of runs and searches write what they print."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lstm_core.runs.database.engine import explain_failure
from lstm_core.runs.database.queries import check_id, is_id


class Logs:
    """A folder with a log for each run or search that had a process.

    Who else has logs there names them otherwise.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, run_id: str) -> Path:
        """Return where the process of the run or search writes what it prints."""
        return self._folder / f"{check_id(run_id)}.log"

    def delete(self, run_id: str) -> None:
        """Remove the log; one that is not there is no error.

        Raises:
            RecordError: it can't be removed.
        """
        try:
            self.path(run_id).unlink(missing_ok=True)
        except OSError as error:
            raise explain_failure(error) from error

    def list_idle(self, idle_seconds: float) -> Iterator[str]:
        """Yield whose logs nobody has written into for so long."""
        oldest = time.time() - idle_seconds
        for path in self._folder.glob("*.log"):
            with suppress(FileNotFoundError):  # somebody else sweeps as well
                if is_id(path.stem) and path.stat().st_mtime < oldest:
                    yield path.stem

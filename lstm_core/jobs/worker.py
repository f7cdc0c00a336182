"""The process of one run: ``python -m lstm_core worker RUN_ID``, or ``--wait`` for one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from lstm_core.errors import StudioError
from lstm_core.jobs.execution import Experiment, execute_run
from lstm_core.runs.status import RunStatus
from lstm_core.runs.store import Store
from lstm_core.settings import load_settings

_LOGGER = logging.getLogger(__name__)


READY = "Waiting for a run."
"""What a spare worker writes to its log once its imports are done."""


def _load_engine() -> None:
    import lstm_core.pipeline
    import lstm_core.training  # noqa: F401 - loading it is the point


def wait_for_run(
    *, load_engine: Callable[[], None] = _load_engine, experiment: Experiment | None = None
) -> int:
    """Load what training needs, read a run's id from stdin, and carry that run out.

    Ends with 0 when stdin ends without one: whoever would have given it is gone.
    """
    load_engine()
    print(READY, flush=True)
    run_id = sys.stdin.readline().strip()
    if not run_id:
        return 0
    log_path = load_settings().logs_folder / f"{run_id}.log"
    with log_path.open("ab") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    return run_worker(run_id, experiment=experiment)


def run_worker(run_id: str, *, experiment: Experiment | None = None) -> int:
    """Adopt a claimed run, carry it out, and return the exit status: 0 only if it completed.

    Everything that happens goes into the record; what is printed goes into the run's log.
    """
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    try:
        with Store.open(load_settings()) as store:
            run = store.adopt_run(run_id)
            if run is None:
                _LOGGER.warning("This run is not waiting for a process; nothing to do")
                return 1
            run = execute_run(store, run, experiment=experiment)
            _LOGGER.info("The run is %s. %s", run.status, run.message)
            return 0 if run.status == RunStatus.COMPLETED else 1
    except StudioError as error:
        _LOGGER.error("%s", error)
        return 1

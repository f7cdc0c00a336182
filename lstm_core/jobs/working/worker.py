"""The process of one run: ``python -m lstm_core worker RUN_ID``, or ``--wait`` for one.

With ``--serve`` it carries out one run after another; see ``jobs.local.pool``. With ``--answer`` it
answers questions instead; see ``jobs.questions.question``.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from lstm_core.engines.choosing import settle_engine
from lstm_core.errors import StudioError
from lstm_core.jobs.answering.answering import Answer, answer, answer_questions
from lstm_core.jobs.local.launcher import ANSWER_OPTION
from lstm_core.jobs.local.logs import log_to_stderr
from lstm_core.jobs.working.execution import Experiment, execute_run
from lstm_core.machine import LeftOut, return_memory
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.tasks.registry import get_kind, list_kinds, load_engine

_LOGGER = logging.getLogger(__name__)


MOST_GROWTH_BYTES = 500_000_000
"""By how much a process may have grown since the end of its first run."""

_NO_JAX = LeftOut("jax")

READY = "Waiting for a run."
"""What a spare worker writes to its log once its imports are done."""


def _load_engines() -> None:
    """Import what any run will need: what is left for later, a person waits for."""
    _prepare_engine()
    for kind in list_kinds():
        load_engine(get_kind(kind))


def _prepare_engine() -> None:
    """Keep TensorFlow from loading JAX, which it would where JAX is installed: 110 MB for nothing.

    Only in a process that is a worker and nothing else.
    """
    if settle_engine().engine == "tensorflow" and _NO_JAX not in sys.meta_path:
        sys.meta_path.insert(0, _NO_JAX)


def wait_for_run(
    *,
    load: Callable[[], None] = _load_engines,
    experiment: Experiment | None = None,
    answer: Answer = answer,
) -> int:
    """Load what training needs, read from stdin what to do and where to log it, and do it.

    Ends with 0 when stdin ends without a word: whoever would have given it is gone.
    """
    load()
    print(READY, flush=True)
    line = sys.stdin.readline()
    if not line.strip():
        return 0
    log_path, *arguments = json.loads(line)
    _write_to(log_path)
    if arguments[0] == ANSWER_OPTION:
        return run_answerer(answer=answer)
    return run_worker(arguments[0], experiment=experiment)


def serve_runs(
    *, load: Callable[[], None] = _load_engines, experiment: Experiment | None = None
) -> int:
    """Carry out the runs that come by stdin, and say of each by stdout how it ended.

    A line of stdin is a log's path and a run's id, or nothing: then it loads what any run will
    need. One of stdout is an exit status and whether another run is welcome. It ends when stdin
    does, or when it has grown too large.
    """
    settle_engine(of_many_shapes=True)
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed is no report
    usual_bytes = None
    for line in iter(sys.stdin.readline, ""):
        if not line.strip():
            load()
            continue
        log_path, run_id = json.loads(line)
        _write_to(log_path)
        status = run_worker(run_id, experiment=experiment)
        num_bytes = _clear_up()
        usual_bytes = usual_bytes or num_bytes
        has_grown = num_bytes - usual_bytes > MOST_GROWTH_BYTES
        if has_grown:
            _LOGGER.info("This process holds %d MB: another one goes on.", num_bytes // 10**6)
        try:
            print(json.dumps([status, not has_grown]), file=reports, flush=True)
        except BrokenPipeError:
            _LOGGER.info("Whoever started this process is gone, and it ends with this run.")
            os._exit(0)  # what could not be told would be tried once more on the way out
        if has_grown:
            break
    return 0


def _write_to(log_path: str) -> None:
    """Let all that is printed go into a log."""
    Path(log_path).parent.mkdir(parents=True, exist_ok=True)
    with Path(log_path).open("ab") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())


def _clear_up() -> int:
    """Let go of a run's networks; return the bytes that this process still holds."""
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.backend.clear_session()
    gc.collect()
    return_memory()
    return int(psutil.Process().memory_info().rss)


def run_answerer(*, answer: Answer = answer) -> int:
    """Answer the questions that come by stdin, and return the exit status."""
    _prepare_engine()
    # While it waits for the next one, a run may need the whole of a GPU.
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    log_to_stderr()
    return answer_questions(sys.stdin, answer=answer)


def run_worker(run_id: str, *, experiment: Experiment | None = None) -> int:
    """Adopt a claimed run, carry it out, and return the exit status: 0 only if it completed.

    Everything that happens goes into the record; what is printed goes into the run's log.
    """
    _prepare_engine()
    log_to_stderr()
    try:
        with Store.open(load_settings()) as store:
            run = store.run_queue.adopt(run_id)
            if run is None:
                _LOGGER.warning("This run is not waiting for a process; nothing to do")
                return 1
            run = execute_run(store, run, experiment=experiment)
            _LOGGER.info("The run is %s. %s", run.status, run.message)
            return 0 if run.status == RunStatus.COMPLETED else 1
    except StudioError as error:
        _LOGGER.error("%s", error)
        return 1

"""The process that helps a run: ``python -m lstm_core worker --members``.

It reads an order from stdin, and tells by stdout what happens; see ``messages``. It ends when its
jobs are done, or with the process that it helps: then its stdin ends.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from dataclasses import asdict
from functools import partial
from typing import Any, TextIO

from lstm_core.errors import NothingLearnt, RunCancelled
from lstm_core.events import Event
from lstm_core.jobs.local.logs import log_to_stderr
from lstm_core.jobs.members.messages import Order, event_to_json
from lstm_core.models.fitted import members_to_bytes
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import parse_spec
from lstm_core.tasks.registry import find_kind, load_engine

_LOGGER = logging.getLogger(__name__)


def help_a_run() -> int:
    """Train what stdin asks for, and return the exit status."""
    log_to_stderr()
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed is no report
    order = Order.from_line(sys.stdin.readline())
    signs = _Signs(sys.stdin)
    try:
        train_members(order, signs, reports)
    except (RunCancelled, BrokenPipeError):
        _LOGGER.info("Nobody waits for this process any more.")
        os._exit(0)  # what could not be told would be tried once more on the way out
    return 0


class _Signs:
    """What is said to it while it trains."""

    def __init__(self, said: TextIO) -> None:
        self._is_to_conclude, self._is_left = threading.Event(), threading.Event()
        threading.Thread(target=self._listen, args=(said,), name="signs", daemon=True).start()

    def should_conclude(self) -> bool:
        return self._is_to_conclude.is_set()

    def should_stop(self) -> bool:
        return self._is_left.is_set()

    def _listen(self, said: TextIO) -> None:
        for _ in said:
            self._is_to_conclude.set()
        self._is_left.set()


def train_members(order: Order, signs: _Signs, reports: TextIO) -> None:
    """Train an order's members as the run's own process would, in their order.

    Raises:
        RunCancelled: whoever gave the order is gone.
    """
    from lstm_core.learning.ensemble import Tried
    from lstm_core.pipeline import make_ensemble

    with Store.open(load_settings()) as store:
        collection = store.collections.get(order.dataset_id)
    spec = parse_spec(order.spec)
    task = load_engine(find_kind(spec)).make_task(spec, collection)
    feed = task.prepare(task.folds[0])
    choices = task.choices()
    ensemble = make_ensemble(
        task,
        choices,
        spec,
        partial(_tell_event, reports),
        signs.should_stop,
        signs.should_conclude,
    )
    ensemble.begin(feed)
    ensemble.take_kinds(order.kinds)
    for choice in choices:
        task.settle(choice, Tried(order.kinds[choice.layer], {}))
    fold = 0
    for job in order.jobs:
        if job.fold != fold:
            fold = job.fold
            feed = task.prepare(task.folds[fold])
            ensemble.begin(feed)
        try:
            member = ensemble.train_member(feed, job)
        except NothingLearnt:
            member = None
        told: dict[str, Any] = {"job": [job.fold, job.member], "fit": None}
        if member is not None:
            both = members_to_bytes([member.weights, member.judged_weights])
            order.name_file(job).write_bytes(both)
            told["fit"] = asdict(member.fit)
        _tell(reports, told)


def _tell_event(reports: TextIO, event: Event) -> None:
    told = event_to_json(event)
    if told is not None:
        _tell(reports, told)


def _tell(reports: TextIO, message: dict[str, Any]) -> None:
    print(json.dumps(message), file=reports, flush=True)

"""``Helpers``: processes that train some of a run's networks while its own trains others."""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil

from lstm_core.engines.choosing import ENGINE_VARIABLE, settle_engine
from lstm_core.errors import NothingLearnt, RunCancelled
from lstm_core.events import Listener
from lstm_core.jobs.local.launcher import MEMBERS_OPTION, WORKER_COMMAND, start_process
from lstm_core.jobs.local.logs import turn_over
from lstm_core.jobs.local.slots import limit_threads
from lstm_core.jobs.members.messages import CONCLUDE, Order, event_from_json
from lstm_core.learning.elsewhere import Job
from lstm_core.machine import count_cores, list_gpus, measure_memory_bytes
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

if TYPE_CHECKING:
    from lstm_core.learning.ensemble import Member

_LOGGER = logging.getLogger(__name__)

START_SECONDS = 6.0
"""What a helper takes before its first network learns: imports, the data, compiling."""

LEAST_GAIN_SECONDS = 5.0
"""By how much sooner a run has to end for another process to be worth its memory."""

MEMORY_SHARE = 1.5
"""So many times of what this process holds has to be free for each helper."""

LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class _Signs:
    on_event: Listener
    should_stop: Callable[[], bool]
    should_conclude: Callable[[], bool]


class Helpers:
    """An ``Elsewhere`` of processes of one thread each.

    Owns them, from the first offer that is worth it to ``close``; they end with this process in
    any case. What a helper had that is gone, is trained here.

    Args:
        dataset_id: of the run's data.
    """

    def __init__(self, settings: Settings, dataset_id: str) -> None:
        self._settings = settings
        self._dataset_id = dataset_id
        self._most = 0
        self._spec: ExperimentSpec | None = None
        self._signs: _Signs | None = None
        self._owners: dict[tuple[int, int], _Helper] = {}
        self._helpers: list[_Helper] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def begin(
        self,
        spec: ExperimentSpec,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool],
    ) -> Self | None:
        """Take a run's spec and signs; None where nobody will help. See ``pipeline.Hire``."""
        self._most = count_helpers(self._settings)
        if not self._most:
            return None
        self._spec = spec
        self._signs = _Signs(on_event, should_stop, should_conclude)
        return self

    def offer(self, jobs: Sequence[Job], kinds: Mapping[str, str], seconds: float) -> None:
        count = 0 if self._helpers else count_worth(len(jobs), seconds, self._most)
        if not count or not _has_room(count):
            return
        shares = [list(jobs[number :: count + 1]) for number in range(1, count + 1)]
        for share in filter(None, shares):
            try:
                helper = self._start(share, kinds)
            except OSError as error:
                _LOGGER.info("No process could be started to help: %s", error)
                return
            self._helpers.append(helper)
            self._owners |= {(job.fold, job.member): helper for job in share}

    def take(self, job: Job) -> Member | None:
        helper = self._owners.pop((job.fold, job.member), None)
        if helper is None:
            return None
        assert self._signs is not None
        while True:
            message = helper.hear()
            if message is None:
                if self._signs.should_stop():
                    raise RunCancelled
                if self._signs.should_conclude():
                    helper.conclude()
            elif not message:
                _LOGGER.warning("Process %d, which helped, is gone.", helper.process.pid)
                self._owners = {at: own for at, own in self._owners.items() if own is not helper}
                return None
            elif "event" in message:
                self._signs.on_event(event_from_json(message))
            elif message["job"] == [job.fold, job.member]:
                if message["fit"] is None:
                    raise NothingLearnt
                return _read_member(helper.order.name_file(job), message["fit"])

    def close(self) -> None:
        """End them all; what they have told and nobody has taken is lost."""
        for helper in self._helpers:
            helper.end()
        self._helpers.clear()
        self._owners.clear()
        if self._folder is not None:
            self._folder.cleanup()

    def _start(self, jobs: Sequence[Job], kinds: Mapping[str, str]) -> _Helper:
        assert self._spec is not None
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="lstm-studio-members-")
        spec = self._spec.model_dump(mode="json")
        order = Order(self._dataset_id, spec, dict(kinds), tuple(jobs), self._folder.name)
        log_path = self._settings.logs_folder / "members.log"
        turn_over(log_path)
        process = start_process(
            (*WORKER_COMMAND, MEMBERS_OPTION),
            log_path,
            self._settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            environment={ENGINE_VARIABLE: settle_engine().engine, **limit_threads(1)},
        )
        return _Helper(process, order)


class _Helper:
    """A process, and what it has told so far."""

    def __init__(self, process: subprocess.Popen[bytes], order: Order) -> None:
        self.process = process
        self.order = order
        self._told: queue.Queue[dict[str, Any]] = queue.Queue()
        self._is_concluding = False
        self._say(order.to_line())
        threading.Thread(target=self._listen, name=f"hear-{process.pid}", daemon=True).start()

    def hear(self) -> dict[str, Any] | None:
        """Return the next message; an empty one: it is gone; None: nothing was told for a while."""
        try:
            return self._told.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            return None

    def conclude(self) -> None:
        if not self._is_concluding:
            self._is_concluding = True
            self._say(f"{CONCLUDE}\n")

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.kill()
        self.process.wait()
        with suppress(OSError):  # a line that it never read
            self.process.stdin.close()

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        with suppress(OSError):  # it is gone, which will be heard
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as reports:
            for line in reports:
                self._told.put(json.loads(line))
        self._told.put({})


def count_helpers(settings: Settings) -> int:
    """Return how many processes may help one run: its share of the cores, without its own.

    None do on a GPU, or within the slot of a search.
    """
    if "LSTM_STUDIO_PLACE" in os.environ or list_gpus():
        return 0
    return max(0, count_cores() // settings.max_running - 1)


def count_worth(num_jobs: int, seconds: float, most: int) -> int:
    """Return with how many helpers the jobs end soonest; 0 where too little is gained.

    Args:
        seconds: what one job takes.
    """
    gains = {}
    for count in range(1, min(most, num_jobs - 1) + 1):
        own, theirs = -(-num_jobs // (count + 1)), -(-(num_jobs - 1) // (count + 1))
        gains[count] = seconds * num_jobs - max(seconds * own, START_SECONDS + seconds * theirs)
    best = max(gains, key=lambda count: gains[count], default=0)
    return best if best and gains[best] >= LEAST_GAIN_SECONDS else 0


def _has_room(count: int) -> bool:
    """Whether memory is free for so many processes like this one."""
    held = psutil.Process().memory_info().rss
    wanted = int(count * MEMORY_SHARE * held)
    limit = measure_memory_bytes()
    fits = limit is None or limit - held >= wanted
    return fits and psutil.virtual_memory().available >= wanted


def _read_member(path: Path, fit: Mapping[str, Any]) -> Member:
    from lstm_core.learning.ensemble import Member
    from lstm_core.learning.fitting import Fit
    from lstm_core.models.fitted import members_from_bytes

    weights, judged = members_from_bytes(path.read_bytes(), 2)
    return Member(weights, judged, Fit(**fit))

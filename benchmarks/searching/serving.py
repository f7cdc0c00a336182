"""What the measurements of searches share: a small search, a web server, and their processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import load_sample
from lstm_core.runs.snapshots.search import Search
from lstm_core.runs.stores.store import Store
from lstm_core.searches.plan import plan_search
from lstm_core.searches.submission import submit_planned
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.search import parse_search, parse_space

TINY: Mapping[str, Any] = {
    "model.architecture": "vanilla",
    "training.epochs": 2,
    "training.windows_per_epoch": 256,
    "training.preset": "fast",
    "task.lookback": 24,
    "task.horizon": 8,
    "task.window_normalisation": "last_value",
}
"""A spec whose training takes a moment."""

SPACE: Mapping[str, Any] = {
    "model.units": {"kind": "int", "low": 4, "high": 16},
    "model.dropout": {"kind": "float", "low": 0.0, "high": 0.5},
    "training.learning_rate": {"kind": "float", "low": 0.0003, "high": 0.03, "scale": "log"},
}


def submit(store: Store, sample: str, values: Mapping[str, Any] = TINY, **settings: Any) -> Search:
    """Queue a search on one of the samples."""
    data = SeriesDataSpec(source="sample", name=sample)
    spec = ExperimentSpec(data=data).with_values(values)
    dataset = build_dataset(load_sample(sample), data)
    plan, development = plan_search(spec, dataset, parse_search(settings), parse_space(SPACE))
    return submit_planned(store, plan, dataset, development)


class WebServer:
    """The app, served for the record of some settings; owns the process until ``close``.

    Args:
        settings: where its record and its logs lie.
        descriptors: the soft limit on open files that it starts with; None: this process's own.
        keep_warm: whether a worker with its imports done waits for the next run.
    """

    def __init__(
        self, settings: Settings, descriptors: int | None = None, *, keep_warm: bool = False
    ) -> None:
        self._settings, self._descriptors, self._keep_warm = settings, descriptors, keep_warm
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = self._start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def restart(self) -> None:
        """Start it again on the same port after it was killed."""
        self.process.wait()
        self.process = self._start()

    def await_ready(self, timeout_seconds: float = 60.0) -> None:
        """Wait until it serves.

        Raises:
            TimeoutError: it does not.
        """
        wait_for(self._is_ready, timeout_seconds, "the web server was ready")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _start(self) -> subprocess.Popen[bytes]:
        log = self._settings.logs_folder / "web.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        options = {
            "server.port": self.port,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "browser.gatherUsageStats": "false",
        }
        limited = ("sh", "-c", f'ulimit -Sn {self._descriptors}; exec "$@"', "sh")
        with log.open("ab") as stream:
            return subprocess.Popen(
                [
                    *(limited if self._descriptors else ()),
                    *(sys.executable, "-m", "streamlit", "run", "app.py"),
                    *(f"--{name}={value}" for name, value in options.items()),
                ],
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=os.environ
                | {
                    "LSTM_STUDIO_HOME": str(self._settings.home),
                    "LSTM_STUDIO_KEEP_WARM": str(int(self._keep_warm)),
                },
            )


@contextmanager
def serving(
    settings: Settings, descriptors: int | None = None, *, keep_warm: bool = False
) -> Iterator[WebServer]:
    """Serve for as long as the block lasts; see ``WebServer``."""
    server = WebServer(settings, descriptors, keep_warm=keep_warm)
    try:
        server.await_ready()
        yield server
    finally:
        server.close()


def list_trial_processes(home: Path) -> list[psutil.Process]:
    """Return the workers that write into this home."""
    return [each for each in psutil.process_iter(["cmdline"]) if _is_worker_of(each, home)]


def _is_worker_of(process: psutil.Process, home: Path) -> bool:
    try:
        is_worker = "worker" in (process.info["cmdline"] or ())
        return is_worker and process.environ().get("LSTM_STUDIO_HOME") == str(home)
    except psutil.Error:  # gone meanwhile, or somebody else's
        return False


def wait_for(is_reached: Callable[[], bool], timeout_seconds: float, what: str) -> None:
    """Look again and again.

    Raises:
        TimeoutError: it was not reached in time.
    """
    deadline = time.monotonic() + timeout_seconds
    while not is_reached():
        if time.monotonic() > deadline:
            raise TimeoutError(f"It was not reached in {timeout_seconds:.0f} seconds that {what}.")
        time.sleep(0.2)

"""The command line as a test meets it: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core.__main__ import main
from tests.tasks.datasets import make_sine

QUICK = [
    *("--set", "model.units=4", "--set", "training.epochs=2", "--set", "training.batch_size=64"),
    *("--set", "task.lookback=8", "--horizon", "4"),
    *("--set", "training.num_seeds=1", "--set", "task.refit=false"),
    *("--set", "task.window_normalisation=last_value", "--set", "task.calendar_tried=[]"),
]
"""Options of ``fit`` for a training that takes a moment."""

EXPLODING = [
    *("--set", "model.l2=1", "--set", "training.learning_rate=10"),
    *("--set", "training.optimizer=sgd", "--set", "training.clip_norm=null"),
    *("--set", "training.epochs=60", "--set", "training.patience=null"),
]
"""Options under which every step makes each weight 19 times as large."""


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    status: int
    stdout: str
    stderr: str

    @property
    def content(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        (line,) = self.stdout.splitlines()
        content = json.loads(line, parse_constant=_refuse_constant)
        assert isinstance(content, dict)
        return content


class Terminal:
    """Runs commands in this process and keeps what they print apart."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd

    def __call__(self, *arguments: str | Path) -> Answer:
        self._capfd.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse's way to refuse
            status = int(stop.code or 0)
        return Answer(status, *self._capfd.readouterr())


def run_process(home: Path, *arguments: str | Path) -> Answer:
    """Run ``python -m lstm_core`` as a person would."""
    done = subprocess.run(
        [sys.executable, "-m", "lstm_core", *map(str, arguments)],
        env={**os.environ, "LSTM_STUDIO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def write_sine(path: Path, num_rows: int = 150) -> Path:
    """Write a daily wave as CSV."""
    days = np.datetime64("2024-01-01") + np.arange(num_rows)
    lines = [f"{day},{value:.4f}" for day, value in zip(days, make_sine(num_rows), strict=True)]
    path.write_text("\n".join(["day,value", *lines, ""]))
    return path


def write_promotions(path: Path, num_rows: int = 150, num_ahead: int = 4) -> Path:
    """Write a daily wave that promotions lift, and the promotions of some days after its end."""
    days = np.datetime64("2024-01-01") + np.arange(num_rows + num_ahead)
    promo = np.random.default_rng(1).integers(0, 2, len(days))
    sales = [f"{value:.4f}" for value in make_sine(num_rows) + 2 * promo[:num_rows]]
    lines = zip(days, [*sales, *[""] * num_ahead], promo, strict=True)
    path.write_text("\n".join(["day,sales,promo", *(f"{d},{s},{p}" for d, s, p in lines), ""]))
    return path


def list_files(home: Path) -> list[Path]:
    """Whatever was saved there; the empty record counts as well."""
    return [path for path in home.rglob("*") if path.is_file()] if home.exists() else []


def _refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")

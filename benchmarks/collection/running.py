"""One default run as somebody starts it: a file, the command ``fit``, and what was recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.collection.series import TARGET, TIME, Series
from benchmarks.harness import temporary_home
from benchmarks.processor import count_seconds
from lstm_core.data.series.dataset import Dataset
from lstm_core.judging.verdict import Verdict
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.verdicts import read_verdict

FIRST_SEED = 42
"""The app's own; it is left as it is."""
_ROOT = Path(__file__).parents[2]


class RunFailedError(Exception):
    """A run came to no result; the message is the last that it said."""


@dataclass(frozen=True)
class Finished:
    """What a run left behind.

    Attributes:
        spec: with every default filled in.
        predictions: of the test part; see ``judging.prediction_table``.
        seconds: of the processor, from the start of the program to its end.
        wall_seconds: by the clock.
    """

    spec: ExperimentSpec
    dataset: Dataset
    predictions: pd.DataFrame
    verdict: Verdict
    seconds: float
    wall_seconds: float


def run_default(
    series: Series, num_rows: int, seed: int = FIRST_SEED, settings: Sequence[str] = ()
) -> Finished:
    """Fit the first rows of a series in a process of its own, on a home of its own.

    Args:
        settings: ``section.key=value``, to try something else than the default.

    Raises:
        RunFailedError: it came to no result.
    """
    with temporary_home() as home, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{series.name}.csv"
        series.cut(num_rows).to_csv(path, index=False, float_format="%.10g")
        command = [
            *(sys.executable, "-m", "lstm_core", "fit", str(path), "--json"),
            *("--time", TIME, "--target", TARGET),
        ]
        chosen = [f"training.seed={seed}"] if seed != FIRST_SEED else []
        if series.known_ahead:
            chosen.append(f"data.known_future_covariates={json.dumps(series.known_ahead)}")
        for setting in (*chosen, *settings):
            command += ["--set", setting]
        told = call_program(command, home.home)
        with Store.open(home) as store:
            run = store.runs.get(told["run_id"])
            verdict, spec = read_verdict(run), run.resolved_spec
            if verdict is None or spec is None:
                raise RunFailedError("The record has no verdict of it.")
            kept = store.artifacts.get(run.id, "predictions.parquet")
            dataset = store.collections.get_as(run.dataset_id, Dataset)
            return Finished(
                spec=spec,
                dataset=dataset,
                predictions=table_from_parquet(kept),
                verdict=verdict,
                seconds=told["processor_seconds"],
                wall_seconds=told["seconds"],
            )


def call_program(command: Sequence[str], home: Path) -> dict[str, Any]:
    """Return the JSON that a command prints, with ``processor_seconds``.

    Args:
        home: of the program; nothing else that the environment says of one counts.

    Raises:
        RunFailedError: it ended with another status than 0.
    """
    kept = {name: value for name, value in os.environ.items() if name[:12] != "LSTM_STUDIO_"}
    began = count_seconds()
    finished = subprocess.run(
        command,
        cwd=_ROOT,
        env=kept | {"LSTM_STUDIO_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    if finished.returncode:
        said = finished.stderr.strip().splitlines() or [f"exit status {finished.returncode}"]
        raise RunFailedError(said[-1])
    told: dict[str, Any] = json.loads(finished.stdout)
    return told | {"processor_seconds": count_seconds() - began}

"""What the command line prints as JSON, with what is never twice the same masked.

Specs are given as files in the layout of version 1, which every later version has to read.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pandas as pd
from threadpoolctl import threadpool_limits

from tests.goldens.made_up import make_daily, make_hourly
from tests.goldens.runs import leave_out_newer
from tests.goldens.subject import ASK, ENGINELESS, IS_FASTER, LAUNCHER, BatchTiming, main
from tests.jobs.searching import ThreadStarter

SMALL = {
    "schema_version": 1,
    "forecast": {"lookback": 8, "horizon": 4, "window_normalisation": "last_value"},
    "backtest": {"refit": False},
    "model": {"units": 4},
    "training": {"epochs": 2, "batch_size": 64, "num_seeds": 1},
}
"""A spec whose training takes a moment."""

_MASK = "*"
_IDENTITIES = ("run_id", "run_ids", "race_id", "search_id", "runs")
_CLOCKS = ("seconds", "created_at", "created", "places", "engine_reason")
"""Keys whose values follow from the clock, the machine or chance."""


class Studio:
    """The command line with a home of its own; ``folder`` is for the files that it reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_ids: list[str] = []

    def __call__(self, *arguments: str | Path) -> dict[str, Any]:
        """Return the one JSON object that a command prints, masked, and its exit status."""
        told = io.StringIO()
        home = {"LSTM_STUDIO_HOME": str(self.folder / "home"), "LSTM_STUDIO_KEEP_WARM": "0"}
        with patch.dict(os.environ, home), redirect_stdout(told), threadpool_limits(1):
            status = main([*map(str, arguments), "--json"])
        content = json.loads(told.getvalue())
        if "run_id" in content:
            self.run_ids.append(content["run_id"])
        return {"status": status, "said": mask(content)}

    def write_table(self, name: str, table: pd.DataFrame) -> Path:
        path = self.folder / name
        table.to_csv(path, index=False)
        return path

    def write_json(self, name: str, content: Mapping[str, Any]) -> Path:
        path = self.folder / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path


def mask(content: Any) -> Any:
    """Blank out ids and times, wherever they stand; whether there are any, and how many, stays."""
    if isinstance(content, Mapping):
        return {
            key: _blank(value) if key in _IDENTITIES + _CLOCKS else mask(value)
            for key, value in leave_out_newer(content).items()
        }
    if isinstance(content, list):
        return [mask(each) for each in content]
    return content


def _blank(value: Any) -> Any:
    """Keep that nothing is there; a race's runs are objects and are looked into."""
    if isinstance(value, list):
        return [mask(each) if isinstance(each, Mapping) else _blank(each) for each in value]
    return None if value is None else _MASK


def say_fit(studio: Studio) -> dict[str, Any]:
    """A run, its forecast again, beyond newer data, and the list of runs."""
    spec = studio.write_json("spec.json", SMALL)
    data = studio.write_table("daily.csv", make_daily(150))
    newer = studio.write_table("newer.csv", make_daily(158))
    said = {"fit": studio("fit", data, "--target", "visits", "--spec", spec)}
    run_id = studio.run_ids[0]
    said["forecast"] = studio("forecast", run_id)
    said["forecast of newer data"] = studio("forecast", run_id, "--csv", newer)
    said["runs"] = studio("runs")
    return said


def say_future(studio: Studio) -> dict[str, Any]:
    """A run with what is known ahead, and its forecast with that changed."""
    forecast = {**SMALL["forecast"], "shrink": False}  # type: ignore[dict-item]
    covariates = {"data": {"known_future_covariates": ["shifts"]}, "forecast": forecast}
    spec = studio.write_json("spec.json", SMALL | covariates)
    hours = make_hourly(150, 4)
    data = studio.write_table("hourly.csv", hours)
    future = hours.tail(4)[["time"]].assign(shifts=[0, 2, 2, 1])
    changed = studio.write_table("future.csv", future)
    said = {"fit": studio("fit", data, "--target", "load", "--time", "time", "--spec", spec)}
    said["forecast with another future"] = studio(
        "forecast", studio.run_ids[0], "--future", changed
    )
    return said


def say_race(studio: Studio) -> dict[str, Any]:
    """Two architectures, three seeds each; none is faster than the other."""
    spec = studio.write_json("spec.json", SMALL)
    data = studio.write_table("daily.csv", make_daily(120))
    contestants = ["--architecture", "gru", "--architecture", "simple_rnn", "--epochs", "1"]
    with patch(IS_FASTER, lambda *_: False):
        said = studio("race", data, "--target", "visits", "--spec", spec, *contestants)
    return {"race": said}


def say_search(studio: Studio, num_trials: int = 3) -> dict[str, Any]:
    """Trials, one after another in processes of their own, and the list of searches."""
    spec = studio.write_json("spec.json", SMALL)
    data = studio.write_table("daily.csv", make_daily(120))
    rate = {"kind": "float", "low": 0.001, "high": 0.1, "scale": "log"}
    space = studio.write_json(
        "space.json", {"model.dropout": [0.1, 0.4], "training.learning_rate": rate}
    )
    how = ["--trials", str(num_trials), "--strategy", "bayesian", "--slots", "1", "--no-prune"]
    with patch(ENGINELESS, lambda: None):
        begun = studio("search", data, "--spec", spec, "--space", space, *how)
    return {"search": begun, "searches": studio("search", "--list")}


def say_trials(studio: Studio) -> dict[str, Any]:
    """A search whose trials train nothing: what they score follows from their settings."""
    timing = BatchTiming("CPU", 1.0, 0.1, 2.0)
    with (
        patch(LAUNCHER, lambda *_, **__: ThreadStarter("scored")),
        patch(ASK, lambda _, question, *__: (timing,) * len(question.batches)),
    ):
        return say_search(studio, num_trials=6)


COMMANDS: dict[str, Callable[[Studio], dict[str, Any]]] = {
    "fit": say_fit,
    "future": say_future,
    "race": say_race,
    "search": say_search,
    "trials": say_trials,
}
LONG = ("race", "search")
"""Those that take long: their runs are processes that each load an engine."""


def take_commands(name: str) -> dict[str, Any]:
    """Give the commands of one of ``COMMANDS`` and return what they said."""
    with _in_folder() as folder:
        return COMMANDS[name](Studio(folder))


@contextmanager
def _in_folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="goldens-") as folder:
        yield Path(folder)

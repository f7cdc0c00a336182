"""A run whose network came trained is told by a script that trains nothing."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.tasks.forecasting.export.exporter import EXPORTER
from tests.export.running import ScriptRunner, train_nothing
from tests.shares import share
from tests.tasks.forecasting.export.test_scripts import (
    PLAIN,
    assert_same_predictions,
    list_imports,
    make_case,
    put_down,
)
from tests.test_pipeline import SMALL

NONE = {"model.fine_tune": "none", "training.epochs": 0}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "as it comes": ("single", NONE),
    "several targets with gaps, and a power": (
        "several targets",
        NONE | {"task.transform": "boxcox", "task.stride": 2},
    ),
    "several series, a logarithm, and nothing below zero": (
        "several series",
        NONE | {"task.transform": "log", "task.floor": "zero"},
    ),
    "several series, fold by fold": (
        "several series",
        NONE | {"task.refit": True, "task.num_folds": 2, "task.gap": 2},
    ),
    "what is known ahead, which it does not read": (
        "known future",
        NONE | {"task.calendar": ["weekday"]},
    ),
    "fold by fold": ("single", NONE | {"task.refit": True, "task.num_folds": 3}),
    "all of it fine-tuned": ("single", {"model.fine_tune": "all"}),
    "its head, of three beginnings": (
        "several targets",
        {"model.fine_tune": "head", "training.num_seeds": 3},
    ),
    "fine-tuned anew for each fold": (
        "several series",
        {"model.fine_tune": "all", "task.refit": True, "task.num_folds": 2},
    ),
}
LAST_ONLY = "fine-tuned anew for each fold"


QUICK = ("several targets with gaps, and a power",)


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def open_case(case: str) -> tuple[Dataset, ExperimentSpec]:
    kind, options = CASES[case]
    return make_case(kind, "pretrained", {"model.units": None} | options)


def check_script(
    folder: Path, runner: ScriptRunner, result: ExperimentResult, dataset: Dataset
) -> str:
    script = put_down(folder, result, dataset)
    assert list_imports(script) == {"numpy", "pandas", "pretrained"}
    runner.run(folder, ["script.py"])
    assert_same_predictions(folder, result, dataset)
    return script


@pytest.mark.parametrize("case", share([case for case in CASES if case != LAST_ONLY], QUICK))
def test_a_script_predicts_what_its_run_predicts(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    dataset, spec = open_case(case)
    script = check_script(tmp_path, runner, run_experiment(spec, dataset), dataset)
    names = Counter(
        node.name
        for node in ast.walk(ast.parse(script))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )
    assert set(names.values()) == {1}


@pytest.mark.slow
@pytest.mark.parametrize("fine_tune", ["head", "all"])
def test_what_was_learnt_is_carried_beside(
    fine_tune: str, tmp_path: Path, runner: ScriptRunner
) -> None:
    learning = {"model.fine_tune": fine_tune, "training.learning_rate": 1e-3}
    dataset, spec = make_case("single", "pretrained", {"model.units": None} | learning)
    result = run_experiment(spec, dataset)
    check_script(tmp_path, runner, result, dataset)


def test_of_what_is_trained_anew_the_last_stretch_is_left(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    dataset, spec = open_case(LAST_ONLY)
    result = run_experiment(spec, dataset)
    table = result.tables["predictions"]
    result.tables["predictions"] = table[table["fold"] == table["fold"].max()]
    script = check_script(tmp_path, runner, result, dataset)
    assert "All but the last stretch of the test part" in " ".join(script.split())


def make_own(values: np.ndarray, **options: Any) -> tuple[Dataset, ExperimentSpec]:
    """Monthly values as they are, and a network that stays as it comes."""
    times = pd.date_range("2005-01-01", periods=len(values), freq="MS")
    table = pd.DataFrame({"month": times, "sales": values})
    data = SeriesDataSpec(time="month", targets=["sales"])
    spec = ExperimentSpec(data=data).with_values(
        SMALL | PLAIN | {"model.units": None, "model.architecture": "pretrained"} | NONE | options
    )
    return build_dataset(SourceTable(table, "sales"), data), spec


def test_a_season_that_shows_late_is_known_late(tmp_path: Path, runner: ScriptRunner) -> None:
    rng = np.random.default_rng(1)
    swing = np.where(np.arange(200) < 120, 0, 20 * np.sin(np.arange(200) * np.pi / 6))
    folds = {"task.refit": True, "task.num_folds": 3, "task.test_fraction": 0.4}
    dataset, spec = make_own(100 + rng.normal(size=200) + swing, **folds)
    script = check_script(tmp_path, runner, run_experiment(spec, dataset), dataset)
    assert "SEASONS = [(), " in script


def test_gaps_and_outliers_are_read_as_the_run_reads_them(
    tmp_path: Path, runner: ScriptRunner
) -> None:
    values = 50 + np.random.default_rng(2).normal(size=200).cumsum()
    values[[20, 90, 180]] += 80
    values[[60, 61, 62, 174, 175, 188, 189]] = np.nan
    dataset, spec = make_own(values, **{"task.outliers": "clip", "task.stride": 3})
    check_script(tmp_path, runner, run_experiment(spec, dataset), dataset)


def test_a_notebooks_cells_do_the_same(tmp_path: Path, runner: ScriptRunner) -> None:
    dataset, spec = open_case("as it comes")
    result = run_experiment(spec, dataset)
    put_down(tmp_path, result, dataset)
    files = []
    notebook = json.loads(EXPORTER.write_notebook(result.spec, dataset))
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            files.append(f"{number}.py")
            (tmp_path / files[-1]).write_text("".join(cell["source"]), encoding="utf-8")
    runner.run(tmp_path, files)
    assert_same_predictions(tmp_path, result, dataset)

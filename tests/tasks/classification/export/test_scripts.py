"""A classifier's script says what its run says, with nothing of ours beside it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.export.cells import read_text
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.classification.answering import ANSWERS
from lstm_core.tasks.classification.export.exporter import EXPORTER
from lstm_core.tasks.classification.judging.tables.predictions import PROBABILITY
from lstm_core.tasks.classification.judging.tempering import temper
from tests.export.running import ScriptRunner, train_nothing
from tests.shares import share
from tests.tasks.classification.examples import ask_for, make_moods, make_motifs, make_waves

TOLERANCE = 1e-3
"""Largest difference of a probability: other kernels round otherwise."""

HOSTILE = "=cmd|' /C calc'!A0\"\"\"\n'''); import os #\\N{x}\u2028{0}%s"

MAKE: dict[str, Callable[[], ItemCollection]] = {
    "texts": make_moods,
    "many": partial(make_moods, 500),
    "signals": make_waves,
    "channels": partial(make_waves, num_channels=3),
    "symbols": make_motifs,
}

PLAIN: dict[str, Any] = {"model__units": 4, "task__embedding": 4}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "words": ("texts", {}),
    "characters, two networks, trained again": (
        "texts",
        {
            "task__tokens": "characters",
            "task__hide": 0.2,
            "training__num_seeds": 2,
            "training__retrain": True,
            "training__schedule": "decay",
        },
    ),
    "signals": ("signals", {"task__jitter": 0.1, "task__stretch": 0.2, "task__crop": 0.6}),
    "signals of several channels, through convolutions": (
        "channels",
        {
            "task__scaling": "training",
            "task__convolutions": 2,
            "task__filters": 4,
            "task__kernel": 3,
            "task__shorten": 2,
            "task__pooling": "attention",
            "training__schedule": "cosine",
            "training__retrain": True,
        },
    ),
    "signals as they are": (
        "signals",
        {"task__scaling": "none", "task__pooling": "last", "task__most_steps": 15},
    ),
    "places": ("symbols", {"task__places": True, "task__pooling": "each"}),
    "runs of symbols": (
        "symbols",
        {"task__tokens": "kmers", "task__kmer": 3, "task__places": False, "task__pooling": "max"},
    ),
    "folds": ("texts", {"task__num_folds": 3, "task__split": "stratified"}),
    "uneven labels": (
        "texts",
        {
            "task__class_weights": "balanced",
            "task__label_smoothing": 0.2,
            "task__focus": 2.0,
            "task__rarest": 2,
            "task__vocabulary": 10,
        },
    ),
    "a temperature": ("many", {"training__epochs": 2}),
    "no temperature": ("texts", {"task__calibrate": False, "task__label_smoothing": 0.0}),
    "16 bits": ("texts", {"training__precision": "mixed_bfloat16"}),
}
WIDE = {"16 bits": 1e-2}

UNREAD = ("seq2seq", "custom")
"""Architectures that no label comes of."""


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def make_case(kind: str, values: dict[str, Any]) -> tuple[ItemCollection, ExperimentSpec]:
    return hide_labels(MAKE[kind]()), ask_for(**{**PLAIN, **values})


def hide_labels(collection: ItemCollection, every: int = 9) -> ItemCollection:
    """Leave some items without a label, to be asked about."""
    labels = as_objects(collection.labels)
    labels[::every] = None
    return replace(collection, labels=labels)


def put_down(
    folder: Path, result: ExperimentResult, collection: ItemCollection, *, with_weights: bool
) -> str:
    script = EXPORTER.write_script(result.spec, collection)
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / EXPORTER.data_file).write_bytes(EXPORTER.write_data(result.spec, collection))
    if with_weights:
        for name in EXPORTER.kept:
            (folder / name).write_bytes(result.artifacts()[name])
    return script


def read(path: Path) -> pd.DataFrame:
    texts = dict.fromkeys(("item", "label", "said"), str)
    return pd.read_csv(path, dtype=texts, keep_default_na=False)


def assert_same(folder: Path, result: ExperimentResult, tolerance: float = TOLERANCE) -> None:
    """Compare what the script and the run say of each item, in whatever order."""
    own = result.tables["predictions"]
    said = read(folder / "predictions.csv")
    if len(own["fold"].unique()) > 1 and len(said) < len(own):
        own = own[own["fold"] == own["fold"].max()]
    assert_same_shares(own, said, tolerance)
    if ANSWERS in result.tables:
        assert_same_shares(result.tables[ANSWERS], read(folder / "answers.csv"), tolerance)


def assert_same_shares(own: pd.DataFrame, said: pd.DataFrame, tolerance: float) -> None:
    assert len(own) == len(said)
    both = own.merge(said, on="item", suffixes=("", " of the script"))
    assert len(both) == len(own)
    names = [name for name in own.columns if name.startswith(PROBABILITY)]
    assert names
    for name in names:
        difference = np.abs(both[name] - both[f"{name} of the script"])
        assert difference.max() <= tolerance, name


def list_imports(script: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    "case",
    share(
        [case for case in CASES if case != "a temperature"],
        ("words", "signals of several channels, through convolutions"),
    ),
)
def test_with_the_runs_weights_a_script_says_what_its_run_says(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case(*CASES[case])
    result = run_experiment(spec, collection)
    script = put_down(tmp_path, result, collection, with_weights=True)
    assert list_imports(script) == {"keras", "numpy", "pandas"}
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result, WIDE.get(case, TOLERANCE))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_script_trains_what_its_run_trains(
    case: str, tmp_path: Path, runner: ScriptRunner
) -> None:
    collection, spec = make_case(*CASES[case])
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=False)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result, WIDE.get(case, TOLERANCE))


def test_of_folds_it_says_what_the_last_one_that_was_trained_says(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case(*CASES["folds"])
    asked = count()  # before each fold and each network
    result = run_experiment(spec, collection, should_conclude=lambda: next(asked) > 2)
    own = result.tables["predictions"]
    assert result.stopped
    assert own["fold"].max() == result.model["task"]["fold"] < 3
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


def test_it_is_at_the_same_temperature(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("texts", {})
    result = run_experiment(spec, collection)
    assert result.model["task"]["temperature"] == 1.0
    result.model["task"]["temperature"] = 0.25
    for table in (result.tables["predictions"], result.tables[ANSWERS]):
        shares = [name for name in table.columns if name.startswith(PROBABILITY)]
        table[shares] = temper(table[shares].to_numpy(np.float64), 0.25)
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
def test_a_notebooks_cells_do_the_same(tmp_path: Path, runner: ScriptRunner) -> None:
    collection, spec = make_case("symbols", {"training__epochs": 1})
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    notebook = json.loads(EXPORTER.write_notebook(result.spec, collection))
    files = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            files.append(f"{number}.py")
            (tmp_path / files[-1]).write_text("".join(cell["source"]), encoding="utf-8")
    runner.run(tmp_path, files)
    assert_same(tmp_path, result)


@pytest.mark.parametrize(
    "name",
    [
        name if name == "transformer" else pytest.param(name, marks=pytest.mark.slow)
        for name in BUILT
        if name not in UNREAD
    ],
)
def test_every_architecture_reads_alike(
    name: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    values = {"model__architecture": name, "model__segment": 4, "training__num_seeds": 2}
    collection, spec = make_case("signals", values)
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
def test_a_script_runs_on_another_engine(tmp_path: Path) -> None:
    collection, spec = make_case("texts", {})
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    command = [sys.executable, "-I", "script.py"]
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert_same(tmp_path, result)
    for name in EXPORTER.kept:
        (tmp_path / name).unlink()
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    own, said = result.tables["predictions"], read(tmp_path / "predictions.csv")
    assert sorted(own["item"]) == sorted(said["item"])


def test_hostile_names_are_data(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("texts", {})
    assert collection.texts is not None
    named = {"glad": HOSTILE, "sad": "NA", None: None}
    hostile = replace(
        collection,
        ids=as_objects([f"{HOSTILE}{number}" for number in range(collection.num_items)]),
        labels=as_objects([named[label] for label in collection.labels]),
        texts=as_objects([f"{HOSTILE} {text} \t'=1" for text in collection.texts]),
    )
    result = run_experiment(spec, hostile)
    script = put_down(tmp_path, result, hostile, with_weights=True)
    for line in script.splitlines():
        assert "import os" not in line.partition("#")[2]
    runner.run(tmp_path, ["script.py"])
    said = read(tmp_path / "predictions.csv")
    assert not said[["item", "label", "said"]].map(lambda cell: cell.startswith("=")).any(axis=None)
    said["item"] = said["item"].map(read_text)
    said.columns = [read_text(name.removeprefix(PROBABILITY)) for name in said.columns]
    own = result.tables["predictions"]
    own.columns = [name.removeprefix(PROBABILITY) for name in own.columns]
    both = own.merge(said, on="item", suffixes=("", " of the script"))
    assert len(both) == len(own)
    for name in (HOSTILE, "NA"):
        np.testing.assert_allclose(both[name], both[f"{name} of the script"], atol=TOLERANCE)


def test_hostile_channels_are_data(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("channels", {})
    assert collection.signals is not None
    signals = replace(collection.signals, channels=(HOSTILE, "item", "item"))
    collection = replace(collection, signals=signals)
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)

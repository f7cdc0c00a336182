"""A translator's script says what its run says, with nothing of ours beside it."""

from __future__ import annotations

import ast
import json
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

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.events import EpochFinished, Event
from lstm_core.export.cells import read_text
from lstm_core.learning import ensemble
from lstm_core.learning.encoding.units import EDGE
from lstm_core.learning.fitting import Fit
from lstm_core.learning.trainer import Trainer
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.answering import ANSWERS
from lstm_core.tasks.translation.export.exporter import EXPORTER
from lstm_core.tasks.translation.kind import KIND
from tests.export.running import ScriptRunner
from tests.shares import share
from tests.tasks.translation.examples import ask_for, make_pairs

ROUNDING = 1e-4
"""Largest difference of a certainty, of the same weights."""

TRAINED = 2e-3
"""The same of weights that were trained anew: other kernels round otherwise."""

HOSTILE = "=cmd|' /C calc'!A0\"\"\"\n'''); import os #\\N{x}\u2028{0}%s \u202e\U0001f40d"


def make_hostile(num_pairs: int = 60) -> PairCollection:
    """Numbers with what nobody should run on either side, three of them without digits."""
    pairs = make_pairs(num_pairs, num_unknown=3)
    sources = [
        f"{text} {HOSTILE}" if place % 3 else text for place, text in enumerate(pairs.sources)
    ]
    targets = [
        text if text is None or place % 4 else f"{HOSTILE}{text}"
        for place, text in enumerate(pairs.targets)
    ]
    return replace(pairs, sources=as_objects(sources), targets=as_objects(targets))


MAKE: dict[str, Callable[[], PairCollection]] = {
    "plain": partial(make_pairs, 60),
    "hostile": make_hostile,
}

PLAIN: dict[str, Any] = {
    "training__epochs": 2,
    "task__embedding": 6,
    "task__decoder_units": 10,
    "task__test_fraction": 0.3,
}

WORDS = {"task__source_units": "words", "task__target_units": "characters"}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "characters": ("hostile", {"task__beam": 3}),
    "two networks, looking by a small network": (
        "plain",
        {
            **WORDS,
            "training__num_seeds": 2,
            "task__attention": "additive",
            "task__decoder_layers": 2,
        },
    ),
    "not looking, units apart, no dropout": (
        "plain",
        {
            **WORDS,
            "task__attention": "none",
            "task__tied": False,
            "task__input_dropout": 0.0,
            "task__head_dropout": 0.0,
            "task__smoothing": 0.0,
            "task__length_penalty": 0.0,
            "task__beam": 1,
        },
    ),
    "own words, smoothed": (
        "plain",
        {**WORDS, "task__own_words": 0.3, "task__smoothing": 0.1, "training__schedule": "decay"},
    ),
    "pieces": (
        "hostile",
        {
            "task__source_units": "pieces",
            "task__target_units": "pieces",
            "task__source_vocabulary": 300,
            "task__target_vocabulary": 290,
            "task__rarest": 2,
        },
    ),
    "long ones": ("plain", {"task__most_steps": 18}),
    "folds": ("plain", {**WORDS, "task__num_folds": 2, "task__split": "stratified"}),
    "trained again": (
        "plain",
        {**WORDS, "training__retrain": True, "training__schedule": "plateau"},
    ),
    "trained at once on both parts": (
        "plain",
        {**WORDS, "training__retrain": True, "training__schedule": "one_cycle"},
    ),
    "own stack": (
        "plain",
        {
            **WORDS,
            "model__architecture": "custom",
            "model__units": None,
            "model__layers": None,
            "model__stack": [
                {"kind": "gru", "units": 7},
                {"kind": "dense", "units": 5, "activation": "relu"},
            ],
        },
    ),
    "16 bits": ("plain", {**WORDS, "training__precision": "mixed_bfloat16"}),
}
QUICK = ("characters", "two networks, looking by a small network")
WIDE = {"16 bits": 2e-2}


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def make_case(name: str) -> tuple[PairCollection, ExperimentSpec]:
    make, values = CASES[name]
    return MAKE[make](), ask_for(**{**PLAIN, **values})


def fill_with_noise(patch: pytest.MonkeyPatch) -> None:
    """Make every run of the test say much, without any training."""
    generator = np.random.default_rng(3)

    def fit(trainer: Trainer, *_: Any, **__: Any) -> Fit:
        for weight in trainer.network.trainable_variables:
            weight.assign(generator.normal(0.0, 1.2, weight.shape).astype("float32"))
        bias = trainer.network.get_layer("head").bias
        never = np.where(np.arange(bias.shape[0]) == EDGE, -4.0, 0.0)  # ends late
        bias.assign(never.astype("float32"))
        return Fit(validation_loss=0.0, best_epoch=1, num_epochs=1)

    patch.setattr(ensemble, "fit_network", fit)


def put_down(
    folder: Path, result: ExperimentResult, collection: PairCollection, *, with_weights: bool
) -> str:
    script = EXPORTER.write_script(result.spec, collection)
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / EXPORTER.data_file).write_bytes(EXPORTER.write_data(result.spec, collection))
    if with_weights:
        for name in EXPORTER.kept:
            (folder / name).write_bytes(result.artifacts()[name])
    return script


def read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=dict.fromkeys(_TEXTS, str), keep_default_na=False)
    texts = [name for name in _TEXTS if name in table]
    return table.assign(**{name: table[name].map(read_text) for name in texts})


_TEXTS = ("id", "source", "target", "said")


def assert_same(folder: Path, result: ExperimentResult, tolerance: float = ROUNDING) -> None:
    """Compare what the script and the run say of each pair; of folds, of those that it judges."""
    said = read(folder / "predictions.csv")
    own = result.tables["predictions"]
    if result.spec.task.num_folds > 1:
        own = own[own["id"].isin(said["id"])]
    assert_same_texts(own, said, tolerance)
    if ANSWERS in result.tables:
        assert_same_texts(result.tables[ANSWERS], read(folder / "answers.csv"), tolerance)


def assert_same_texts(own: pd.DataFrame, said: pd.DataFrame, tolerance: float) -> None:
    assert len(own) == len(said) > 0
    own = own.set_index("id").loc[said["id"]]
    for column in set(_TEXTS) & set(said) - {"id", "said"}:
        assert said[column].tolist() == own[column].tolist()
    is_other = said["said"].to_numpy() != own["said"].to_numpy()
    # Where two translations are as likely, rounding decides between them.
    assert is_other.mean() <= (0.0 if tolerance <= ROUNDING else 0.2)
    difference = np.abs(said["certainty"].to_numpy() - own["certainty"].to_numpy())
    assert difference[~is_other].max() <= tolerance


def list_imports(script: str) -> set[str]:
    """Return whom a script can't do without: what functions import may be missing."""
    found = set()
    for node in ast.parse(script).body:
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names)


def run_script(folder: Path) -> str:
    """Return what a script prints."""
    return subprocess.run(
        [sys.executable, "-I", "script.py"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.mark.parametrize("case", share(CASES, QUICK))
def test_with_the_runs_weights_a_script_says_what_its_run_says(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_with_noise(monkeypatch)
    collection, spec = make_case(case)
    result = run_experiment(spec, collection)
    script = put_down(tmp_path, result, collection, with_weights=True)
    assert list_imports(script) == {"keras", "numpy", "pandas"}
    assert result.tables["predictions"]["said"].nunique() > 2
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result, WIDE.get(case, ROUNDING))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_script_trains_what_its_run_trains(
    case: str, tmp_path: Path, runner: ScriptRunner
) -> None:
    collection, spec = make_case(case)
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=False)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result, WIDE.get(case, TRAINED))


@pytest.mark.slow
@pytest.mark.parametrize(
    "values",
    [
        {"task__own_words": 0.5, "task__smoothing": 0.2, "task__source_units": "words"},
        {"task__attention": "additive", "task__tied": False, "training__windows_per_epoch": 8},
    ],
)
def test_its_losses_fall_as_those_of_its_run(values: dict[str, Any], tmp_path: Path) -> None:
    collection = make_pairs(400)
    spec = ask_for(**values, training__epochs=4)
    losses: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            losses.append(event.validation_loss)

    result = run_experiment(spec, collection, on_event=listen)
    put_down(tmp_path, result, collection, with_weights=False)
    told = run_script(tmp_path)
    lines = [line.partition("val_nats: ")[2] for line in told.splitlines()]
    said = [float(line.split()[0]) for line in lines if line]
    assert said[-1] < said[0]
    assert said == pytest.approx(losses, abs=5e-3)


@pytest.mark.slow
def test_of_folds_it_says_what_the_last_one_that_was_trained_says(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_with_noise(monkeypatch)
    collection, spec = (
        MAKE["plain"](),
        ask_for(**PLAIN, **WORDS, **{"task__num_folds": 3, "task__split": "stratified"}),
    )
    asked = count()  # before each fold and each network
    result = run_experiment(spec, collection, should_conclude=lambda: next(asked) > 2)
    assert result.stopped
    assert result.model["task"]["fold"] < 3
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
def test_a_script_prints_its_scores_and_a_translation_and_a_notebook_holds_the_same(
    tmp_path: Path,
) -> None:
    collection, spec = make_case("characters")
    result = run_experiment(spec, collection)
    script = put_down(tmp_path, result, collection, with_weights=True)
    told = run_script(tmp_path)
    for name, key in (("exact match", "exact_match"), ("BLEU", "bleu"), ("chrF", "chrf")):
        score = result.metrics[key]
        assert score is not None
        printed = float(told.partition(f"{name} ")[2].split(",")[0].split()[0])
        assert printed == pytest.approx(100 * score if key == "exact_match" else score, abs=0.01)
    first = result.tables["predictions"].iloc[0]
    assert told.splitlines()[-1] == f"{first['source']!r} -> {first['said']!r}"
    notebook = json.loads(EXPORTER.write_notebook(result.spec, collection))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert ast.dump(ast.parse("\n".join(cells))) == ast.dump(ast.parse(script)).replace(
        ast.dump(ast.parse(script).body[0]) + ", ", ""
    )


def test_what_stands_in_texts_is_data() -> None:
    """Nothing of a text, not even of its units, is written into a script."""
    collection = make_hostile()
    spec = make_case("characters")[1]
    resolved, _ = KIND.resolve(spec, collection)
    script = EXPORTER.write_script(resolved, collection)
    assert "cmd" not in script
    assert "\u202e" not in script
    lines = EXPORTER.write_data(resolved, collection).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["source"] for row in rows} == set(collection.sources.tolist())
    assert sum(row["target"] is None for row in rows) == 3

"""A writer's script says what its run says, with nothing of ours beside it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.items.collection import as_objects
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.export.exporter import EXPORTER
from tests.data.documents.collections import make_documents, write_prose
from tests.export.running import ScriptRunner, train_nothing
from tests.shares import share
from tests.tasks.language.examples import ask_for, make_tales

ROUNDING = 1e-3
"""Largest difference of a logarithm, of the same weights."""

TRAINED = 2e-2
"""The same of weights that were trained anew: other kernels round otherwise."""

HOSTILE = "=cmd|' /C calc'!A0\"\"\"\n'''); import os #\\N{x}\u2028{0}%s \u202e\U0001f40d"


def make_hostile() -> DocumentCollection:
    texts = [f"{text}{HOSTILE}\n" for text in make_tales(40).texts]
    return replace(make_tales(40), texts=as_objects(texts))


def make_one() -> DocumentCollection:
    return make_documents([write_prose(40)])


PLAIN: dict[str, Any] = {
    "model__units": 5,
    "task__embedding": 4,
    "task__steps": 8,
    "training__epochs": 2,
}

CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "characters": (make_hostile, {}),
    "the end of one text": (make_one, {"training__num_seeds": 2}),
    "words, tied": (make_tales, {"task__units": "words", "task__tied": True}),
    "pieces": (
        make_hostile,
        {"task__units": "pieces", "task__vocabulary": 300, "model__architecture": "gru"},
    ),
    "another network": (
        make_one,
        {"model__architecture": "peephole", "training__schedule": "plateau"},
    ),
    "16 bits": (make_one, {"training__precision": "mixed_bfloat16"}),
}
QUICK = ("characters", "words, tied")
WIDE = {"16 bits": 5e-2}


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def make_case(name: str) -> tuple[DocumentCollection, ExperimentSpec]:
    make, values = CASES[name]
    return make(), ask_for(**{**PLAIN, **values})


def put_down(
    folder: Path, result: ExperimentResult, collection: DocumentCollection, *, with_weights: bool
) -> str:
    script = EXPORTER.write_script(result.spec, collection)
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / EXPORTER.data_file).write_bytes(EXPORTER.write_data(result.spec, collection))
    if with_weights:
        for name in EXPORTER.kept:
            (folder / name).write_bytes(result.artifacts()[name])
    return script


def assert_same(folder: Path, result: ExperimentResult, tolerance: float) -> None:
    """Compare how likely the script and the run hold each unit; the run may leave copies out."""
    said = pd.read_csv(folder / "predictions.csv", keep_default_na=False)
    own = result.tables["predictions"]
    place = ["document", "start", "stop"]
    both = own.merge(said, on=place, suffixes=("", "_said"), validate="one_to_one")
    assert len(both) == len(own) > 0
    assert (both["unit"].astype(str) == both["unit_said"]).all()
    assert np.abs(both["log"] - both["log_said"]).max() <= tolerance


def list_imports(script: str) -> set[str]:
    found = set()
    for node in ast.parse(script).body:
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names)


@pytest.mark.parametrize("case", share(CASES, QUICK))
def test_with_the_runs_weights_a_script_says_what_its_run_says(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case(case)
    result = run_experiment(spec, collection)
    script = put_down(tmp_path, result, collection, with_weights=True)
    assert list_imports(script) == {"keras", "numpy", "pandas"}
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
def test_a_script_prints_its_figure_and_a_text_and_a_notebook_holds_the_same(
    tmp_path: Path,
) -> None:
    collection, spec = make_case("the end of one text")
    result = run_experiment(spec, collection)
    script = put_down(tmp_path, result, collection, with_weights=True)
    told = subprocess.run(
        [sys.executable, "-I", "script.py"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    nats = result.metrics["nats"]
    assert nats is not None
    assert float(told.partition(" nats a character")[0].split()[-1]) == pytest.approx(
        nats, abs=1e-3
    )
    assert len(told.partition("perplexity")[2]) > 200
    notebook = json.loads(EXPORTER.write_notebook(result.spec, collection))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert ast.dump(ast.parse("\n".join(cells))) == ast.dump(ast.parse(script)).replace(
        ast.dump(ast.parse(script).body[0]) + ", ", ""
    )

"""A tagger's script says what its run says, with nothing of ours beside it."""

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

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.export.cells import read_text
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.tagging.answering import ANSWERS
from lstm_core.tasks.tagging.export.exporter import EXPORTER
from lstm_core.tasks.tagging.kind import KIND
from tests.export.running import ScriptRunner, train_nothing
from tests.shares import share
from tests.tasks.tagging.examples import (
    ask_for,
    make_motions,
    make_requests,
    make_tagged,
    make_words_of_speech,
)

ROUNDING = 1e-4
"""Largest difference of a certainty, of the same weights."""

TRAINED = 1e-3
"""The same of weights that were trained anew: other kernels round otherwise."""

HOSTILE = "=cmd|' /C calc'!A0\"\"\"\n'''); import os #\\N{x}\u2028{0}%s"


def make_long() -> TaggedCollection:
    """Sentences of 5 to 45 words: the tag is told by the word before."""
    generator = np.random.default_rng(6)
    sentences = []
    for number in range(40):
        words = generator.choice(["a", "the", "Rome", "x1"], 5 + number)
        tags = ["O", *("B-place" if word == "the" else "O" for word in words[:-1])]
        sentences.append((" ".join(words), " ".join(tags) if number % 8 else None))
    return make_tagged(sentences)


def make_rare() -> TaggedCollection:
    """Sentences with a type that only the parts beside the training part have."""
    requests = make_requests(60)
    parts = as_objects([("train", "train", "validation", "test")[n % 4] for n in range(60)])
    tags = as_objects(requests.tags.tolist())
    for number in range(2, 60, 4):
        tags[requests.find_steps(number).start] = "B-other"
    return replace(requests, parts=parts, tags=tags)


MAKE: dict[str, Callable[[], TaggedCollection]] = {
    "requests": partial(make_requests, 60, 4),
    "words of speech": make_words_of_speech,
    "motions": make_motions,
    "long": make_long,
    "rare": make_rare,
}

PLAIN: dict[str, Any] = {
    "model__units": 4,
    "task__embedding": 4,
    "task__letters": 4,
    "training__epochs": 2,
}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "words": ("requests", {}),
    "each tag by itself, two networks": (
        "requests",
        {
            "task__chain": "softmax",
            "task__spelling": "convolution",
            "task__hide": 0.0,
            "training__num_seeds": 2,
        },
    ),
    "no letters, trained again": (
        "requests",
        {
            "task__spelling": "none",
            "task__rarest": 2,
            "training__retrain": True,
            "training__schedule": "decay",
            "training__num_seeds": 2,
        },
    ),
    "trained at once on both parts": (
        "requests",
        {"training__retrain": True, "training__schedule": "one_cycle"},
    ),
    "plain tags": ("words of speech", {"task__hide": 1.0, "training__schedule": "plateau"}),
    "plain tags by themselves": (
        "words of speech",
        {"task__chain": "softmax", "task__spelling": "none", "training__num_seeds": 2},
    ),
    "numbers": ("motions", {}),
    "numbers in stretches": (
        "motions",
        {"task__most_steps": 16, "task__scaling": "item", "task__chain": "softmax"},
    ),
    "numbers as they are": ("motions", {"task__scaling": "none", "task__jitter": 0.0}),
    "long sentences": ("long", {"task__most_steps": 16, "training__num_seeds": 2}),
    "long sentences, one network": ("long", {"task__most_steps": 16}),
    "folds": ("requests", {"task__num_folds": 2, "task__split": "stratified"}),
    "folds of stretches": ("motions", {"task__num_folds": 2, "task__most_steps": 16}),
    "tags that are not learnt": (
        "rare",
        {"task__split": "given", "training__retrain": True, "training__num_seeds": 1},
    ),
    "16 bits": ("requests", {"training__precision": "mixed_bfloat16"}),
}
QUICK = ("words", "each tag by itself, two networks", "numbers in stretches")
WIDE = {"16 bits": 2e-2}

UNREAD = ("seq2seq", "attention", "cnn_lstm", "transformer", "custom")
"""Architectures that leave no steps to tag."""


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def make_case(kind: str, values: dict[str, Any]) -> tuple[TaggedCollection, ExperimentSpec]:
    return MAKE[kind](), ask_for(**{**PLAIN, **values})


def put_down(
    folder: Path, result: ExperimentResult, collection: TaggedCollection, *, with_weights: bool
) -> str:
    script = EXPORTER.write_script(result.spec, collection)
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / EXPORTER.data_file).write_bytes(EXPORTER.write_data(result.spec, collection))
    if with_weights:
        for name in EXPORTER.kept:
            (folder / name).write_bytes(result.artifacts()[name])
    return script


def read(path: Path) -> pd.DataFrame:
    texts = dict.fromkeys(("item", "word", "tag", "said"), str)
    return pd.read_csv(path, dtype=texts, keep_default_na=False)


def assert_same(folder: Path, result: ExperimentResult, tolerance: float = ROUNDING) -> None:
    """Compare what the script and the run say of each step."""
    said = read(folder / "predictions.csv")
    own = result.tables["predictions"]
    if result.spec.task.num_folds > 1:
        own = own[own["item"].isin(said["item"])]
    assert_same_tags(own, said, tolerance)
    assert said["tag"].tolist() == match(own, said)["tag"].tolist()
    if ANSWERS in result.tables:
        assert_same_tags(result.tables[ANSWERS], read(folder / "answers.csv"), tolerance)


def assert_same_tags(own: pd.DataFrame, said: pd.DataFrame, tolerance: float) -> None:
    assert len(own) == len(said) > 0
    own = match(own, said)
    if "word" in said:
        assert said["word"].tolist() == own["token"].tolist()
    difference = np.abs(said["certainty"].to_numpy() - own["certainty"].to_numpy())
    is_other = said["said"].to_numpy() != own["said"].to_numpy()
    # Where two paths are as likely, rounding decides between them.
    assert is_other.mean() <= (0.0 if tolerance <= ROUNDING else 0.02)
    assert difference[~is_other].max() <= tolerance


def match(own: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Return the run's rows in the order of the script's."""
    return own.set_index(["item", "step"]).loc[list(zip(said["item"], said["step"], strict=True))]


def list_imports(script: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names)


def list_losses(told: str) -> list[float]:
    """Return the loss of the validation part, epoch by epoch, of what a script has printed."""
    lines = [line.partition("val_nats: ")[2] for line in told.splitlines()]
    return [float(line.split()[0]) for line in lines if line]


@pytest.mark.parametrize("case", share(CASES, QUICK))
def test_with_the_runs_weights_a_script_says_what_its_run_says(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case(*CASES[case])
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
    collection, spec = make_case(*CASES[case])
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=False)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result, WIDE.get(case, TRAINED))


@pytest.mark.slow
def test_a_script_learns(tmp_path: Path) -> None:
    collection, spec = make_case("requests", {"training__epochs": 6, "model__units": 8})
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=False)
    told = subprocess.run(
        [sys.executable, "-I", "script.py"],
        cwd=tmp_path,
        env=os.environ,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    losses = list_losses(told)
    assert losses[-1] < 0.5 * losses[0]
    score = result.metrics["entity_f1"]
    assert score is not None
    assert float(told.partition("entity F1 ")[2].partition(",")[0]) == pytest.approx(
        score, abs=0.05
    )
    assert_same(tmp_path, result, TRAINED)


@pytest.mark.slow
def test_what_a_script_prints_is_what_its_run_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runner: ScriptRunner
) -> None:
    train_nothing(monkeypatch)
    for case in ("words", "plain tags"):
        collection, spec = make_case(*CASES[case])
        result = run_experiment(spec, collection)
        put_down(tmp_path, result, collection, with_weights=True)
        (tmp_path / "after.py").write_text(
            "told = [float(np.mean(f1)), float(is_right.mean())]\n"
            "import json\nPath('told').write_text(json.dumps(told))"
        )
        runner.run(tmp_path, ["script.py", "after.py"])
        key = "entity_f1" if collection.scheme == "bio" else "macro_f1"
        told = json.loads((tmp_path / "told").read_text())
        assert told == pytest.approx([result.metrics[key], result.metrics["accuracy"]])


def test_of_folds_it_says_what_the_last_one_that_was_trained_says(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("requests", {"task__num_folds": 3, "task__split": "stratified"})
    asked = count()  # before each fold and each network
    result = run_experiment(spec, collection, should_conclude=lambda: next(asked) > 2)
    assert result.stopped
    assert result.model["task"]["fold"] < 3
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
def test_a_run_that_was_cut_short_has_fewer_networks(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("requests", {"training__num_seeds": 3})
    asked = count()
    result = run_experiment(spec, collection, should_conclude=lambda: next(asked) > 1)
    assert result.stopped
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
def test_a_notebooks_cells_do_the_same(tmp_path: Path, runner: ScriptRunner) -> None:
    collection, spec = make_case("requests", {"training__epochs": 1})
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


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BUILT if name not in UNREAD])
def test_every_architecture_reads_alike(
    name: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    values = {"model__architecture": name, "training__num_seeds": 2}
    collection, spec = make_case("motions", values)
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["words", "each tag by itself, two networks"])
def test_a_script_runs_on_another_engine(case: str, tmp_path: Path) -> None:
    collection, spec = make_case(*CASES[case])
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    command = [sys.executable, "-I", "script.py"]
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert_same(tmp_path, result)
    for name in EXPORTER.kept:
        (tmp_path / name).unlink()
    told = subprocess.run(
        command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    ).stdout
    losses = [
        line.partition("val_nats: ")[2].split()[0] for line in told.splitlines() if "val_" in line
    ]
    assert float(losses[-1]) < float(losses[0])
    own, said = result.tables["predictions"], read(tmp_path / "predictions.csv")
    assert sorted(own["item"]) == sorted(said["item"])


def test_only_what_is_needed_is_written() -> None:
    def write(kind: str, **values: Any) -> str:
        collection, spec = make_case(kind, values)
        spec = KIND.resolve(spec, collection)[0]
        return EXPORTER.write_script(spec, collection)

    plain = write("words of speech", task__spelling="none", task__chain="softmax", task__hide=0.0)
    for name in ('"letters"', "Hiding", "sum_paths", "Stretches", "mix_chains", "choose_path"):
        assert name not in plain
    numbers = write("motions", task__jitter=0.0)
    for name in ("Vocabulary", "read_text", "Shaking", "find_entities", '"word"'):
        assert name not in numbers
    assert "score_path" in numbers


def test_no_definition_stands_there_twice() -> None:
    for case in CASES.values():
        collection, spec = make_case(*case)
        spec = KIND.resolve(spec, collection)[0]
        tree = ast.parse(EXPORTER.write_script(spec, collection))
        names = [
            node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)
        ]
        assert len(names) == len(set(names))
        assigned = {
            node.id
            for node in ast.walk(ast.Module(find_plain(tree), []))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        assert not assigned & set(names), "a function is written over"


def find_plain(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in tree.body if not isinstance(node, ast.ClassDef | ast.FunctionDef)]


def test_hostile_names_are_data(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("words of speech", {})
    assert collection.words is not None
    named = {"NOUN": HOSTILE, "VERB": "NA", "DET": "-"}
    hostile = replace(
        collection,
        ids=as_objects([f"{HOSTILE}{number}" for number in range(collection.num_sequences)]),
        tags=as_objects([named[tag] for tag in collection.tags]),
        words=as_objects([{"dog": "=1+1", "cat": HOSTILE}.get(w, w) for w in collection.words]),
    )
    result = run_experiment(spec, hostile)
    script = put_down(tmp_path, result, hostile, with_weights=True)
    for line in script.splitlines():
        assert "import os" not in line.partition("#")[2]
    runner.run(tmp_path, ["script.py"])
    said = read(tmp_path / "predictions.csv")
    texts = ["item", "word", "tag", "said"]
    assert not said[texts].map(lambda cell: cell.startswith(("=", "-"))).any(axis=None)
    said[texts] = said[texts].map(read_text)
    assert_same_tags(result.tables["predictions"], said, ROUNDING)
    assert set(said["tag"]) == set(named.values())


def test_hostile_channels_are_data(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection, spec = make_case("motions", {})
    assert collection.signals is not None
    signals = replace(collection.signals, channels=(HOSTILE, "step"))
    collection = replace(collection, signals=signals)
    result = run_experiment(spec, collection)
    put_down(tmp_path, result, collection, with_weights=True)
    runner.run(tmp_path, ["script.py"])
    assert_same(tmp_path, result)

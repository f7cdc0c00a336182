"""Labels of sequences from the command line: trained, judged, asked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands.terminal import Answer, Terminal

QUICK = [
    *("--set", "training.num_seeds=1", "--set", "training.epochs=2", "--set", "model.units=4"),
    *("--set", "model.architecture=vanilla", "--set", "task.embedding=4"),
    *("--set", "task.convolutions=0", "--set", "task.num_folds=1"),
]


def write_texts(path: Path, counts: Mapping[str, int]) -> Path:
    rows = [
        (f"the film was {label} and {word} in part {number}", label, f"critic {number % 7}")
        for label, word in (("good", "bright"), ("bad", "dull"))
        for number in range(counts[label])
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("said", "mood", "critic"), *rows])
    return path


def fit(terminal: Terminal, data: Path, *options: str) -> Answer:
    named = ("--task", "classification", "--text", "said", "--label", "mood")
    return terminal("fit", data, *named, *QUICK, *options)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "films.csv", {"good": 40, "bad": 40})


def test_labels_are_learnt_told_and_asked_for(
    terminal: Terminal, texts: Path, tmp_path: Path
) -> None:
    answer = fit(terminal, texts, "--json")
    assert answer.status == 0, answer.stderr
    first = answer.stderr.splitlines()[0]
    assert "80 texts" in first
    assert first.endswith('; to be told apart: "bad", "good"')
    content = answer.content
    assert "forecast" not in content
    by_label = content["predictions"]["by_label"]
    assert [row["label"] for row in by_label] == ["bad", "good"]
    assert all(row["num"] > 0 for row in by_label)
    assert "accuracy" in content["metrics"]

    newer = tmp_path / "newer.txt"
    newer.write_text("the film was good and bright\nthe film was bad and dull\n")
    said = terminal("predict", content["run_id"], "--csv", newer, "--json")
    assert said.status == 0, said.stderr
    rows = said.content["predictions"]
    assert len(rows) == 2
    assert all(row["said"] in ("good", "bad") and 0.5 <= row["certainty"] <= 1 for row in rows)
    refused = terminal("forecast", content["run_id"])
    assert (refused.status, refused.stdout) == (2, "")
    assert refused.stderr.rstrip().endswith(f"Use `predict {content['run_id']}`.")


def test_what_decides_where_labels_are_uneven_comes_first(
    terminal: Terminal, tmp_path: Path
) -> None:
    answer = fit(terminal, write_texts(tmp_path / "films.csv", {"good": 90, "bad": 30}))
    assert answer.status == 0, answer.stderr
    titles = next(
        line for line in answer.stdout.splitlines() if line.startswith("on the test part")
    )
    assert titles.removeprefix("on the test part").strip().startswith("Balanced accuracy")
    assert "always saying" in answer.stdout or "most frequent" in answer.stdout
    assert "run `predict " in answer.stdout.splitlines()[-1]


def test_a_group_is_kept_whole_where_a_column_names_it(terminal: Terminal, texts: Path) -> None:
    answer = fit(terminal, texts, "--group", "critic", "--json")
    assert answer.status == 0, answer.stderr
    assert "critic" in answer.stderr


def test_a_column_that_is_not_there_is_refused(terminal: Terminal, texts: Path) -> None:
    answer = terminal("fit", texts, "--task", "classification", "--label", "modd")
    assert answer.status == 2
    (line,) = answer.stderr.splitlines()
    assert "modd" in line

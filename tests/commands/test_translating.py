"""Translation from the command line: learnt, judged, and a line for each line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal
from tests.commands.test_writing import QUICK
from tests.tasks.translation.examples import make_pairs

SMALL = [
    *QUICK,
    *("--set", "task.decoder_units=8", "--set", "model.layers=1", "--set", "task.num_folds=1"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    pairs = make_pairs(90)
    rows = [
        f"{source}\t{target}" for source, target in zip(pairs.sources, pairs.targets, strict=True)
    ]
    path = tmp_path / "numbers.tsv"
    path.write_text("\n".join(["words\tdigits", *rows, "four two\t"]) + "\n")
    return path


def test_pairs_are_learnt_from_and_lines_become_lines(
    terminal: Terminal, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = terminal("fit", table, "--task", "translation", *SMALL, "--json")
    assert fitted.status == 0, fitted.stderr
    assert 'to be said: "digits" for each "words"' in fitted.stderr.splitlines()[0]
    assert fitted.content["metrics"]["exact_match"] is not None
    assert len(fitted.content["predictions"]) == 3
    run = fitted.content["run_id"]

    typed = "two three\n\n  \U0001f40d <b>one</b>  \r\nnine"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    lines = terminal("translate", run)
    assert lines.status == 0, lines.stderr
    assert len(lines.stdout.split("\n")) == 4 + 1
    assert lines.stdout.split("\n")[1] == ""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    told = terminal("translate", run, "--json").content["translations"]
    assert [each["said"] for each in told] == lines.stdout.split("\n")[:-1]
    assert told[1]["certainty"] is None
    assert 0 < told[0]["certainty"] <= 1


def test_who_has_not_learnt_to_translate_says_so(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "\n".join(f"2024-01-{day:02d},{day % 7}" for day in range(1, 32))
    (tmp_path / "sales.csv").write_text(f"day,units\n{rows}\n")
    options = ("--set", "training.epochs=1", "--set", "task.horizon=2", "--json")
    fitted = terminal("fit", tmp_path / "sales.csv", *options)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\n")))
    answer = terminal("translate", fitted.content["run_id"])
    assert answer.status == 2
    (line,) = answer.stderr.splitlines()
    assert "translates nothing" in line

"""Writing on from the command line: learnt, judged, gone on from."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal
from tests.data.documents.collections import write_prose

QUICK = [
    *("--set", "training.num_seeds=1", "--set", "training.epochs=1", "--set", "model.units=8"),
    *("--set", "task.embedding=8"),
]


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    path = tmp_path / "tale.txt"
    path.write_text(write_prose(60))
    return path


def test_a_text_is_learnt_from_gone_on_from_and_read(
    terminal: Terminal, tale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = terminal("fit", tale, "--task", "language", *QUICK, "--json")
    assert answer.status == 0, answer.stderr
    assert answer.stderr.splitlines()[0].endswith("to be foreseen: each next character")
    content = answer.content
    assert content["metrics"]["nats"] > 0
    assert len(content["written"]) == 3
    run = content["run_id"]

    asked = ("--length", "40", "--seed", "3", "--temperature", "0.7")
    once = terminal("write", run, "--prompt", "The old lamp", *asked)
    assert once.status == 0, once.stderr
    assert len(once.stdout) == 40 + 1  # no end of a text was ever learnt
    type_in(monkeypatch, "The old lamp")
    assert terminal("write", run, *asked).stdout == once.stdout
    drafts = terminal("write", run, "--prompt", "The old lamp", *asked, "--drafts", "2", "--json")
    first, second = drafts.content["drafts"]
    assert f"{first}\n" == once.stdout
    assert first != second

    type_in(monkeypatch, "The lamp came in.\n")
    read = terminal("predict", run, "--json")
    assert read.status == 0, read.stderr
    (row,) = read.content["predictions"]
    assert row["nats"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--temperature", "9"), "temperature of 9"),
        (("--length", "0"), "can't be written at once"),
        (("--stop", ""), "stop word"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    terminal: Terminal, tale: Path, options: tuple[str, ...], said: str
) -> None:
    fitted = terminal("fit", tale, "--task", "language", *QUICK, "--json")
    answer = terminal("write", fitted.content["run_id"], "--prompt", "a", *options)
    assert answer.status == 2
    (line,) = answer.stderr.splitlines()
    assert said in line


def test_who_has_not_learnt_to_write_says_so(terminal: Terminal, tmp_path: Path) -> None:
    rows = "\n".join(f"2024-01-{day:02d},{day % 7}" for day in range(1, 32))
    (tmp_path / "sales.csv").write_text(f"day,units\n{rows}\n")
    fitted = terminal(
        "fit",
        tmp_path / "sales.csv",
        "--set",
        "training.epochs=1",
        "--set",
        "task.horizon=2",
        "--json",
    )
    answer = terminal("write", fitted.content["run_id"], "--prompt", "a")
    assert answer.status == 2
    assert "writes nothing" in answer.stderr

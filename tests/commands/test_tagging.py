"""Tags of steps from the command line: trained, judged, asked."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal

QUICK = [
    *("--set", "training.num_seeds=1", "--set", "training.epochs=6", "--set", "model.units=6"),
    *("--set", "training.learning_rate=0.02", "--set", "task.embedding=8"),
    *("--set", "task.letters=4", "--set", "task.num_folds=1"),
]


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    places = ("Rome", "Oslo", "Lima", "Quito")
    lines = []
    for number in range(80):
        lines += ["go\tO", "to\tO", f"{places[number % 4]}\tB-place", f"at\tO\n{number}\tO", ""]
    path = tmp_path / "requests.conll"
    path.write_text("\n".join(lines))
    return path


def test_tags_are_learnt_told_and_asked_for(
    terminal: Terminal, requests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = terminal("fit", requests, "--task", "tagging", *QUICK, "--json")
    assert answer.status == 0, answer.stderr
    first = answer.stderr.splitlines()[0]
    assert "80 sentences" in first
    assert first.endswith('; to be tagged: entities of the type "place"')
    content = answer.content
    assert content["metrics"]["entity_f1"] > 0.9
    assert [row["type"] for row in content["predictions"]["by_type"]] == ["place"]

    type_in(monkeypatch, "go to Lima at 7\n\nto Oslo\n")
    said = terminal("predict", content["run_id"], "--json")
    assert said.status == 0, said.stderr
    rows = said.content["predictions"]
    assert [row["token"] for row in rows] == ["go", "to", "Lima", "at", "7", "to", "Oslo"]
    assert rows[2]["said"] == "B-place"
    assert all(0 <= row["certainty"] <= 1 for row in rows)


def test_nothing_to_ask_about_is_said(
    terminal: Terminal, requests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = terminal("fit", requests, "--task", "tagging", *QUICK, "--json")
    type_in(monkeypatch, "")
    empty = terminal("predict", answer.content["run_id"])
    assert empty.status == 2
    (line,) = empty.stderr.splitlines()
    assert "empty" in line or "nothing" in line
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    waiting = terminal("predict", answer.content["run_id"])
    assert waiting.status == 2
    assert "--csv" in waiting.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("a O\nb O\n\nc O\n", "tag"),
        ("one line without an end " * 50, "tag"),
        ("\x00\x01\x02\x03PNG\x89" * 100, "no text"),
    ],
)
def test_what_holds_no_tags_is_refused_in_one_line(
    terminal: Terminal, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "odd.conll"
    path.write_text(content)
    answer = terminal("fit", path, "--task", "tagging", *QUICK)
    assert answer.status == 2
    (line,) = answer.stderr.splitlines()
    assert said in line

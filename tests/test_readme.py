"""What the README and CONTRIBUTING tell a reader to run, runs."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lstm_core.__main__ import DONE, main
from lstm_core.commands import search
from lstm_core.jobs.conducting import searcher
from lstm_core.runs.stores.store import Store
from lstm_core.searches.space.settings import check_space
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import parse_space
from tests.data.documents.collections import write_prose
from tests.jobs.searching import ThreadStarter
from tests.shares import share

ROOT = Path(__file__).parents[1]


MOMENTARY = [
    *("--set", "training.epochs=1", "--set", "training.num_seeds=1", "--set", "model.units=4"),
]
"""What makes a training short, whatever else a command says."""

UNREFITTED = ["--set", "task.refit=false", "--set", "task.window_normalisation=last_value"]
"""What makes a forecast's training short as well."""


def list_commands(document: str, program: str) -> list[str]:
    """Return the lines of shell blocks that call the program, without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / document).read_text(), flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(program)]
    return [re.sub(r"\s+# .*| *#$", "", line) for line in lines]


TOWNS = ("Rome", "Oslo")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the files that the README speaks of."""
    monkeypatch.chdir(tmp_path)
    days = pd.date_range("2024-01-01", periods=150)
    units = 20 + 5 * np.sin(np.arange(150) * 2 * np.pi / 7)
    sales = pd.DataFrame({"day": days, "units": units, "price": 1.5})
    sales.head(130).to_csv("sales.csv", index=False)
    sales.to_csv("newer.csv", index=False)
    texts = [f"it was {mood} the {n}th time" for n in range(20) for mood in ("fine", "bad")]
    reviews = pd.DataFrame({"review": texts, "mood": [text.split()[2] for text in texts]})
    reviews.to_csv("reviews.csv", index=False)
    reviews[["review"]].tail(5).to_csv("new_reviews.csv", index=False)
    requests = [f"to O\n{town} B-town\nat O\n{n} O\n" for n in range(20) for town in TOWNS]
    (tmp_path / "train.conll").write_text("\n".join(requests[:30]))
    (tmp_path / "test.conll").write_text("\n".join(requests[30:]))
    (tmp_path / "new_sentences.txt").write_text("to Rome at 7\n")
    (tmp_path / "novel.txt").write_text(write_prose(30))
    pairs = [f"number {n} of many\tZahl {n} von vielen" for n in range(60)]
    (tmp_path / "sentences.tsv").write_text("\n".join(["english\tgerman", *pairs]))
    (tmp_path / "new_lines.txt").write_text("number 7 of many\n")
    load = sales.rename(columns={"units": "load"}).assign(holiday=(days.day_of_week == 6) * 1)
    load.loc[130:, "load"] = np.nan
    load.to_csv("load.csv", index=False)
    load.loc[130:135, ["day", "holiday"]].assign(holiday=1).to_csv("holidays.csv", index=False)


def name_part(command: str) -> str:
    """Return which part of the README's story a command belongs to; each part stands alone."""
    if "load.csv" in command or "--future" in command:
        return "what is known ahead"
    if "reviews.csv" in command:
        return "labels"
    if "novel.txt" in command or "write RUN_ID" in command:
        return "texts"
    if "sentences.tsv" in command or "translate RUN_ID" in command:
        return "pairs"
    if ".conll" in command or "new_sentences" in command:
        return "tags"
    name = shlex.split(command)[3]
    return name if name in ("race", "search") else "fit"


PARTS = ("fit", "labels", "tags", "texts", "pairs", "race", "search", "what is known ahead")


@pytest.mark.parametrize("part", share(PARTS, ("fit", "labels", "tags", "texts", "pairs")))
def test_the_command_line_of_the_readme(
    part: str, files: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "forgo_engine", lambda: None)  # other tests train in this process
    monkeypatch.setattr(searcher, "WorkerPool", lambda *_, **__: ThreadStarter("scored"))
    for command in list_commands("README.md", "python -m lstm_core "):
        if name_part(command) != part:
            continue
        arguments = shlex.split(command)[3:]
        if arguments[0] in ("fit", "race", "search"):
            arguments += MOMENTARY + (
                [] if part in ("labels", "tags", "texts", "pairs") else UNREFITTED
            )
        if arguments[0] == "search":
            arguments += ["--trials", "3"]
        if "<" in arguments:
            arguments, (name,) = arguments[: arguments.index("<")], arguments[-1:]
            stdin = io.TextIOWrapper(io.BytesIO(Path(name).read_bytes()))
            monkeypatch.setattr(sys, "stdin", stdin)
        if "RUN_ID" in arguments:
            with Store.open(load_settings()) as store:
                run = store.runs.list_newest()[-1]  # made by the part's first command
            arguments[arguments.index("RUN_ID")] = run.id
        assert main(arguments) == DONE, command
        printed = capsys.readouterr().out
        if "--json" in arguments or "--schema" in arguments:
            json.loads(printed)
        else:
            assert printed, command


def test_every_command_is_told_of() -> None:
    commands = list_commands("README.md", "python -m lstm_core ")
    named = {shlex.split(command)[3] for command in commands}
    kinds = {"profile", "preview", "fit", "race", "search", "runs", "forecast", "predict", "spec"}
    kinds |= {"write", "translate"}
    assert named == kinds
    assert {name_part(command) for command in commands} == set(PARTS)


def test_the_space_of_the_readme_can_be_searched() -> None:
    (written,) = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    check_space(parse_space(written), ExperimentSpec())


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_targets_that_are_named_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = {shlex.split(command)[1] for command in list_commands(document, "make ")}
    assert named
    assert named <= targets


def test_every_variable_of_the_readme_is_read() -> None:
    named = set(re.findall(r"^\| `(LSTM_STUDIO_[A-Z_]+)`", (ROOT / "README.md").read_text(), re.M))
    source = (ROOT / "lstm_core" / "settings.py").read_text()
    assert named == set(re.findall(r"\"(LSTM_STUDIO_[A-Z_]+)\"", source))

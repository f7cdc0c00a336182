from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from tests.commands.conftest import Fitted
from tests.commands.terminal import Terminal, run_process
from tests.runs.records import change_row, create_running, make_dataset


def test_an_empty_record_has_no_runs(terminal: Terminal) -> None:
    assert terminal("runs").stdout == "No runs yet.\n"
    assert terminal("runs", "--json").content == {"runs": []}


def test_who_has_read_enough_is_no_fault(studio_home: Path) -> None:
    with Store.open(load_settings()) as store:
        dataset_id = store.collections.add(make_dataset("sine.csv"))
        for _ in range(3):
            store.runs.create_running(ExperimentSpec(), dataset_id)
    listing = subprocess.Popen(
        [sys.executable, "-m", "lstm_core", "runs"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert listing.stdout is not None
    listing.stdout.close()  # before the first line comes
    assert listing.stderr is not None
    said = listing.stderr.read()
    assert (listing.wait(), said) == (0, "")


def test_runs_are_listed_with_their_outcome(fitted: Fitted, terminal: Terminal) -> None:
    (line,) = terminal("runs").stdout.splitlines()
    sentence = fitted.answer.content["verdict"]["sentence"]
    assert line.startswith(fitted.run_id)
    assert "sine.csv" in line
    assert line.endswith(sentence)
    (entry,) = terminal("runs", "--json").content["runs"]
    for key in ("run_id", "status", "epochs", "metrics", "verdict"):
        assert entry[key] == fitted.answer.content[key]


def test_a_hostile_file_name_is_listed_on_one_line_without_control_characters(
    terminal: Terminal,
) -> None:
    with Store.open(load_settings()) as store:
        dataset_id = store.collections.add(make_dataset("a\n\x1b[31mb.csv"))
        store.runs.create_running(ExperimentSpec(), dataset_id)
    (line,) = terminal("runs").stdout.splitlines()
    assert line.isprintable()
    assert "b.csv" in line


def test_a_run_whose_process_has_gone_is_never_shown_running(terminal: Terminal) -> None:
    with Store.open(load_settings()) as store:
        run = create_running(store)
        change_row(store, run.id, pid=2**22 + 1)
    (entry,) = terminal("runs", "--json").content["runs"]
    assert entry["status"] == "interrupted"
    assert entry["message"]


def test_a_real_process_prints_one_object(tmp_path: Path) -> None:
    answer = run_process(tmp_path / "home", "runs", "--json")
    assert (answer.status, answer.content, answer.stderr) == (0, {"runs": []}, "")

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_core.jobs import in_process
from lstm_core.races.plan import FEWEST_SEEDS
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.commands.terminal import EXPLODING, QUICK, Terminal, list_files, write_sine

TWO = ("--architecture", "gru", "--architecture", "simple_rnn")


def test_a_race_is_run_judged_and_recorded(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal("race", write_sine(tmp_path / "sine.csv"), *QUICK, *TWO, "--json")
    assert answer.status == 0
    content = answer.content
    assert set(content) == {
        *("race_id", "measure", "contestants", "baseline", "peers", "verdict"),
    }
    assert content["measure"] == "mase"
    assert {each["label"] for each in content["contestants"]} == {"GRU", "Simple RNN"}
    for each in content["contestants"]:
        errors = [run["error"] for run in each["runs"]]
        assert len(errors) == FEWEST_SEEDS
        assert each["smallest"] == min(errors) < each["error"] < each["largest"] == max(errors)
        assert each["deviation"] > 0
        assert each["seconds"] > 0
        assert each["parameters"] > 0
    assert content["baseline"]["error"] > 0
    assert [each["name"] for each in content["peers"]] == ["Pre-trained LSTM"]
    assert content["peers"][0]["error"] > 0
    assert content["verdict"]["sentence"].endswith(".")
    assert "6 runs: 2 networks, 3 seeds each" in answer.stderr
    with Store.open(load_settings()) as store:
        group = store.groups.get(content["race_id"], GroupKind.RACE)
        runs = store.runs.list_newest(group_id=group.id)
    assert {run.status for run in runs} == {RunStatus.COMPLETED}
    assert {run.spec.training.seed for run in runs} == {42, 43, 44}
    assert {run.spec.model.units for run in runs} == {4}


def test_a_network_that_explodes_stops_no_other(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = in_process.execute_run

    def refuse_gru(store: Store, run: Run, **options: object) -> Run:
        if run.label == "GRU":
            return store.runs.finish(run.id, RunStatus.FAILED, message="The loss became NaN.")
        return execute(store, run, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(in_process, "execute_run", refuse_gru)
    options = (*QUICK, *TWO, "--epochs", "1")
    answer = terminal("race", write_sine(tmp_path / "sine.csv"), *options)
    assert answer.status == 1  # one alone is no race
    lines = answer.stdout.splitlines()
    assert lines[0].split()[-5:] == ["MASE", "from", "to", "seconds", "weights"]
    assert lines[1].startswith("Simple RNN ")
    assert lines[2].split() == ["GRU", "-", "The", "loss", "became", "NaN."]
    assert lines[-1].endswith("Without a result: GRU.")
    assert answer.stderr.count("The loss became NaN.") == 3
    with Store.open(load_settings()) as store:
        assert {run.spec.training.epochs for run in store.runs.list_newest()} == {1}


def test_a_request_to_stop_ends_the_whole_race(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(store: Store, run: Run, **_: object) -> Run:
        return store.runs.finish(run.id, RunStatus.CANCELLED, message="Stopped on request.")

    monkeypatch.setattr(in_process, "execute_run", stop)
    answer = terminal("race", write_sine(tmp_path / "sine.csv"), *QUICK, *TWO, "--json")
    assert answer.status == 1
    assert answer.content["verdict"]["best"] is None
    with Store.open(load_settings()) as store:
        assert len(store.runs.list_newest()) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--architecture", "gru"), "at least two"),
        (("--architecture", "gru", "--architecture", "?"), "Choose from"),
        ((*TWO, "--seeds", "2"), "at least 3"),
        ((*TWO, "--epochs", "0"), "training.epochs"),
        (
            ("--architecture", "vanilla", *TWO, "--set", "model.layers=2"),
            "LSTM can't take part",
        ),
    ],
)
def test_what_is_no_race_is_refused_in_one_line(
    options: tuple[str, ...], words: str, terminal: Terminal, tmp_path: Path, studio_home: Path
) -> None:
    answer = terminal("race", write_sine(tmp_path / "sine.csv"), *options)
    assert answer.status == 2
    assert answer.stdout == ""
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert list_files(studio_home) == []


@pytest.mark.slow
def test_a_training_that_explodes_is_told(terminal: Terminal, tmp_path: Path) -> None:
    data = write_sine(tmp_path / "sine.csv")
    answer = terminal("race", data, *QUICK, *EXPLODING, *TWO, "--json")
    assert answer.status == 1
    reasons = [run["message"] for each in answer.content["contestants"] for run in each["runs"]]
    assert len(reasons) == 6
    assert all("Lower the learning rate" in reason for reason in reasons)

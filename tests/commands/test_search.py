from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lstm_core.jobs.conducting import searcher
from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.runs.snapshots.search import SearchStatus, Wish
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.settings import load_settings
from tests.commands.terminal import QUICK, Terminal, write_sine
from tests.jobs.searching import ThreadStarter

SPACE = {"model.dropout": [0.1, 0.2, 0.3, 0.6], "training.learning_rate": [0.01, 0.001]}
FEW = ("--strategy", "random", "--slots", "2", "--no-prune")


@pytest.fixture(autouse=True)
def keep_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests train in this process."""
    monkeypatch.setattr("lstm_core.commands.search.forgo_engine", lambda: None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sine(tmp_path / "sine.csv")


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return write_space(tmp_path, SPACE)


def write_space(folder: Path, content: Any) -> Path:
    path = folder / "space.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials are threads that train nothing, and no batch is timed."""
    timing = BatchTiming("CPU", 1.0, 0.1, 2.0)
    monkeypatch.setattr(searcher, "WorkerPool", lambda *_, **__: ThreadStarter("scored"))
    monkeypatch.setattr(
        "lstm_core.jobs.answering.asking.Asker.ask",
        lambda _, question, *__: (timing,) * len(question.batches),
    )


@pytest.mark.slow
def test_a_search_trains_judges_and_records(terminal: Terminal, data: Path, space: Path) -> None:
    """The one test here whose trials are real."""
    answer = terminal("search", data, *QUICK, "--space", space, "--trials", "2", *FEW, "--json")
    assert answer.status == 0, answer.stderr
    content = answer.content
    assert content["status"] == "completed"
    assert [trial["id"] for trial in content["trials"]] == [1, 2]
    for trial in content["trials"]:
        assert trial["status"] == "completed"
        assert trial["score"] > 0
        assert trial["seconds"] > 0
        assert set(trial["hyperparameters"]) == set(SPACE)
        assert trial["hyperparameters"]["model.dropout"] in SPACE["model.dropout"]
        assert "spread" in trial
    assert content["best"]["score"] == min(trial["score"] for trial in content["trials"])
    assert len(content["best"]["confirmation"]["scores"]) == 3
    assert content["default"]["hyperparameters"]["model.dropout"] == 0.0
    assert content["baselines"]["last_value"]["mase"] > 0
    assert content["verdict"]["test"]["score"] > 0
    assert "On the test part" in content["verdict"]["sentence"]
    assert "A space of 8 points; 2 trials on 2 slots" in answer.stderr
    assert "At most about" in answer.stderr


@pytest.mark.usefixtures("without_engine")
def test_without_json_it_prints_a_table_and_a_sentence(
    terminal: Terminal, data: Path, space: Path
) -> None:
    answer = terminal("search", data, *QUICK, "--space", space, "--trials", "3", *FEW)
    assert answer.status == 0, answer.stderr
    assert "MASE" in answer.stdout
    assert "default" in answer.stdout
    assert "On the test part" in answer.stdout
    assert "trial 3" in answer.stderr


@pytest.mark.usefixtures("without_engine")
def test_a_space_is_proposed_where_none_is_given(terminal: Terminal, data: Path) -> None:
    answer = terminal("search", data, "--trials", "2", "--size", "large", *FEW, "--json")
    assert answer.status == 0, answer.stderr
    paths = {path for trial in answer.content["trials"] for path in trial["hyperparameters"]}
    assert {"model.architecture", "training.learning_rate"} <= paths


@pytest.mark.usefixtures("without_engine")
def test_searches_are_listed(terminal: Terminal, data: Path, space: Path) -> None:
    assert terminal("search", "--list").stdout == ""
    begun = terminal("search", data, *QUICK, "--space", space, "--trials", "2", *FEW, "--json")
    (listed,) = terminal("search", "--list", "--json").content["searches"]
    assert listed["search_id"] == begun.content["search_id"]
    assert (listed["status"], listed["trials"], listed["num_trials"]) == ("completed", 2, 2)
    assert begun.content["search_id"] in terminal("search", "--list").stdout


@pytest.mark.usefixtures("without_engine")
def test_a_paused_search_goes_on_with_a_larger_budget(
    terminal: Terminal, data: Path, space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lstm_core.commands import search as command

    class Pauser:
        """Asks for a pause as an interrupt would, with at most two trials on each side of it."""

        def __call__(self, standing: SearchStanding) -> None:
            if standing.num_ended >= 1:
                with Store.open(load_settings()) as store:
                    store.searches.ask(standing.search.id, Wish.PAUSE)

    with monkeypatch.context() as patched:
        patched.setattr(command, "_Teller", Pauser)
        answer = terminal("search", data, *QUICK, "--space", space, "--trials", "6", *FEW, "--json")
    assert answer.status == 1
    content = answer.content
    assert content["status"] == SearchStatus.PAUSED
    assert f"--resume {content['search_id']}" in answer.stderr
    before = {trial["id"]: trial["score"] for trial in content["trials"] if trial["score"]}
    assert 0 < len(before) < 6
    resumed = terminal("search", "--resume", content["search_id"], "--trials", "7", "--json")
    assert resumed.status == 0, resumed.stderr
    after = {trial["id"]: trial["score"] for trial in resumed.content["trials"]}
    assert len(after) == 7
    assert before.items() <= after.items()
    again = terminal("search", "--resume", content["search_id"])
    assert again.status == 2
    assert "it is completed" in again.stderr


@pytest.mark.usefixtures("without_engine")
def test_another_plan_on_resume_is_refused_with_what_differs(
    terminal: Terminal, data: Path, space: Path, tmp_path: Path
) -> None:
    begun = terminal("search", data, *QUICK, "--space", space, "--trials", "2", *FEW, "--json")
    search_id = begun.content["search_id"]
    (tmp_path / "other").mkdir()
    other = write_space(tmp_path / "other", {**SPACE, "model.dropout": [0.1, 0.9]})
    for options, said in (
        (("--space", other), "model.dropout"),
        (("--strategy", "grid"), "strategy was random, and is grid"),
        (("--set", "model.units=9"), "model.units was 4, and is 9"),
    ):
        answer = terminal("search", "--resume", search_id, *options)
        assert answer.status == 2
        assert said in answer.stderr
        assert answer.stdout == ""


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ({"model.units": [4]}, (), "one point"),
        ({"model.units": []}, (), "choose"),
        ({"model.units": {"kind": "int", "low": 8, "high": 4}}, (), "empty"),
        ({"model.unitz": [4, 8]}, (), "model.units"),
        (SPACE, ("--trials", "0"), "num_trials"),
        (SPACE, ("--minutes", "0"), "minutes"),
        (SPACE, ("--slots", "0"), "slots"),
        (
            SPACE,
            ("--strategy", "hyperband", "--trials", "200", "--set", "training.epochs=81"),
            "Hyperband",
        ),
        ("nonsense", (), "object"),
    ],
)
def test_bad_input_is_one_line_and_records_nothing(
    terminal: Terminal,
    data: Path,
    tmp_path: Path,
    content: Any,
    options: tuple[str, ...],
    said: str,
) -> None:
    path = write_space(tmp_path, content)
    answer = terminal("search", data, *QUICK, "--space", path, *options)
    assert answer.status == 2
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    with Store.open(load_settings()) as store:
        assert store.searches.list_newest() == []


def test_there_has_to_be_something_to_search_with(terminal: Terminal) -> None:
    answer = terminal("search")
    assert answer.status == 2
    assert "--resume" in answer.stderr
    unknown = terminal("search", "--resume", "../../etc/passwd")
    assert unknown.status == 2
    assert "not in the record" in unknown.stderr

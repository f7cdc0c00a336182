"""The command line serves a task of which it knows nothing but what the task says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Fitted
from tests.commands.terminal import Answer, Terminal, write_sine
from tests.tasks.toy.moving import move_in


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(monkeypatch)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return write_sine(tmp_path / "data" / "wave.csv")


def fit(terminal: Terminal, data: Path, *options: str) -> Answer:
    return terminal(
        "fit", data, "--task", "toy", "--steps", "4", "--set", "training.epochs=2", *options
    )


def test_a_task_says_what_it_is_about_and_what_can_be_done_with_it(
    terminal: Terminal, data: Path
) -> None:
    answer = fit(terminal, data)
    assert answer.status == 0
    assert "; telling rises from 4 steps" in answer.stderr.splitlines()[0]
    titles, model, baseline = answer.stdout.splitlines()[2:5]
    assert titles.split() == ["on", "the", "test", "part", "Accuracy"]
    assert model.startswith("the model ")
    assert baseline.startswith("always saying what is usual ")
    assert answer.stdout.splitlines()[-1].startswith("Ask it by `predict ")


def test_what_a_program_is_told_is_the_tasks_own(terminal: Terminal, data: Path) -> None:
    content = fit(terminal, data, "--json").content
    assert content["answers"] == []
    assert "forecast" not in content
    assert set(content["metrics"]) == {"accuracy"}


def test_a_model_is_asked_by_the_command_of_its_task(
    terminal: Terminal, data: Path, tmp_path: Path
) -> None:
    run_id = fit(terminal, data, "--json").content["run_id"]
    newer = write_sine(tmp_path / "newer.csv", num_rows=60)
    answer = terminal("predict", run_id, "--csv", newer, "--json")
    assert answer.status == 0
    (row,) = answer.content["predictions"]
    assert isinstance(row["rises"], float)
    out = tmp_path / "said.csv"
    answer = terminal("predict", run_id, "--csv", newer, "--out", out)
    assert (answer.status, answer.stdout) == (0, "")
    name, said = out.read_text().splitlines()
    assert name == "rises"
    assert float(said) == pytest.approx(row["rises"])
    assert "60 rows" in answer.stderr
    refused = terminal("forecast", run_id)
    assert refused.status == 2
    (line,) = refused.stderr.splitlines()
    assert line.endswith(f"Use `predict {run_id}`.")


def test_a_forecast_is_not_asked_by_predict(terminal: Terminal, fitted: Fitted) -> None:
    refused = terminal("predict", fitted.run_id, "--csv", fitted.data)
    assert refused.status == 2
    (line,) = refused.stderr.splitlines()
    assert line.endswith(f"Use `forecast {fitted.run_id}`.")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--task", "toi"], 'There is no task "toi". Did you mean "toy"'),
        (["--task", "toy", "--horizon", "3"], "has no --horizon. Leave it out, or give --task fo"),
        (["--steps", "3"], 'The task "forecasting" has no --steps'),
        (["--task", "toy", "--steps", "1"], "task.steps"),
    ],
)
def test_what_belongs_to_another_task_is_refused(
    options: list[str], said: str, terminal: Terminal, data: Path
) -> None:
    answer = terminal("fit", data, *options)
    assert answer.status == 2
    (line,) = answer.stderr.splitlines()
    assert said in line


def test_one_file_is_enough_for_a_series(terminal: Terminal, data: Path) -> None:
    other = write_sine(data.with_name("other.csv"))
    for given in ([data, other], [data.parent]):
        answer = terminal("fit", *given)
        assert answer.status == 2
        assert "There are 2 files, and forecasting reads one." in answer.stderr
    answer = terminal("fit", data.parent / "nothing")
    assert "There is no file" in answer.stderr

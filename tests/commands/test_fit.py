from __future__ import annotations

import json
import math
import re
import signal
from pathlib import Path

import pytest

from lstm_core.commands.interrupting import first_interrupt_noted
from lstm_core.commands.telling.fit_report import print_report
from lstm_core.commands.telling.progress import ProgressBar
from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.reading.read import read_table
from lstm_core.data.series.bringing import say_choice
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.engines.choosing import settle_engine
from lstm_core.events import EpochFinished, Event
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import SeriesDataSpec
from lstm_core.tasks.forecasting.baselines.words import describe_baseline
from tests.commands.conftest import Fitted
from tests.commands.terminal import EXPLODING, QUICK, Terminal, write_sine
from tests.pages import records
from tests.shares import share

ERRORS = {"mae", "rmse", "mase", "smape", "r2"}
METRICS = ERRORS | {"coverage_50", "coverage_80", "coverage_95"}
BASELINES = [
    *("last_value", "seasonal_mean", "drift", "historic_mean"),
    *("seasonal_naive_7", "seasonal_mean_7", "ets", "theta"),
]
"""Of a wave of days that has no week: the week is asked all the same."""


def test_json_is_one_object_with_everything_in_it(fitted: Fitted) -> None:
    assert fitted.answer.status == 0
    content = fitted.answer.content
    assert set(content) == {
        *("run_id", "status", "stopped_early", "seconds", "epochs", "device", "engine_reason"),
        *("metrics", "baselines", "verdict", "diagnoses", "forecast", "totals"),
    }
    assert (content["status"], content["epochs"]) == ("completed", 2)
    assert content["seconds"] > 0
    assert content["device"] == "CPU, TensorFlow"
    assert content["engine_reason"] == settle_engine().reason
    assert set(content["metrics"]) == METRICS
    assert all(0 <= content["metrics"][name] <= 1 for name in METRICS - ERRORS)
    assert list(content["baselines"]) == BASELINES
    assert isinstance(content["diagnoses"], list)
    assert all(set(scores) == ERRORS for scores in content["baselines"].values())
    assert {"beats_baseline", "best_baseline", "skill", "sentence"} <= set(content["verdict"])
    pretrained = content["verdict"]["pretrained"]
    assert set(pretrained["scores"]) == ERRORS
    assert pretrained["version"]
    assert pretrained["num_windows"] == pretrained["num_all"] > 0


def test_the_forecast_has_a_row_for_each_step(fitted: Fitted) -> None:
    rows = fitted.answer.content["forecast"]
    assert [row["timestamp"][:10] for row in rows] == [f"2024-05-{day}" for day in (30, 31)] + [
        "2024-06-01",
        "2024-06-02",
    ]
    assert all({"series", "timestamp", "value"} <= set(row) for row in rows)
    assert all(math.isfinite(row["value"]) for row in rows)
    assert all(row["low_95"] < row["low_80"] < row["value"] < row["high_95"] for row in rows)


def test_progress_is_on_stderr(fitted: Fitted) -> None:
    stderr = fitted.answer.stderr
    assert "Daily, 150 rows" in stderr
    assert "4 steps ahead" in stderr
    assert "loss" in stderr
    assert "Traceback" not in stderr


def test_the_run_is_in_the_record_with_its_curves_and_files(fitted: Fitted) -> None:
    with Store.open(load_settings()) as store:
        run = store.runs.get(fitted.run_id)
        assert run.status is RunStatus.COMPLETED
        assert run.spec.data.name == "sine.csv"
        assert run.resolved_spec
        assert run.resolved_spec.task.lookback == 8
        assert [point.epoch for point in store.runs.get_epochs(run.id)] == [1, 2]
        assert {entry.name for entry in store.artifacts.list_of(run.id)} == {
            "predictions.parquet", "breakdowns.parquet", "forecast.parquet",
            "model.json", "weights.npz",
        }  # fmt: skip
        assert store.collections.get_as(run.dataset_id, Dataset).num_rows == 150


def test_without_json_people_read_a_verdict_and_a_table(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal("fit", write_sine(tmp_path / "sine.csv"), *QUICK)
    assert answer.status == 0
    lines = answer.stdout.splitlines()
    blank = lines.index("")
    assert all(line.endswith(".") for line in lines[:blank])
    title, *scores = lines[blank + 1 : blank + 7 + len(BASELINES)]
    assert title.split()[-5:] == ["MASE", "MAE", "RMSE", "sMAPE", "R²"]
    num_lines = 2 + len(BASELINES)
    said = [re.split(r" {2,}", line)[0] for line in scores[:num_lines]]
    assert scores[num_lines].startswith(
        "The pre-trained LSTM was trained beforehand on made-up series"
    )
    assert said == [
        "the model",
        "Pre-trained LSTM",
        *(describe_baseline(name, Frequency("D"), 1) for name in BASELINES),
    ]
    assert scores[num_lines + 1] == f"Trained on CPU, TensorFlow: {settle_engine().reason}."
    assert re.fullmatch(r"The 80% range contained \d+% of the test part\.", scores[num_lines + 2])
    assert "run `forecast " in lines[-1]


def test_advice_and_missing_baselines_are_printed(
    studio_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {"advice": "Take the simple rule.", "blend": "", "left_out": {"ets": "No ETS: time."}}
    with Store.open(load_settings()) as store:
        print_report(store, records.complete(store, verdict=records.VERDICT | said))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [records.VERDICT["sentence"], "Take the simple rule."]
    assert lines.count("No ETS: time.") == 1


def test_the_pre_trained_network_is_told_as_a_line_of_its_own(
    studio_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = records.VERDICT | {"pretrained": records.PRETRAINED}
    with Store.open(load_settings()) as store:
        print_report(store, records.complete(store, verdict=verdict))
    lines = capsys.readouterr().out.splitlines()
    assert any("fine-tune it on these rows" in line for line in lines[:3])
    (place,) = [number for number, line in enumerate(lines) if line.startswith("Pre-trained LSTM")]
    assert lines[place - 1].startswith("the model ")
    assert lines[place].split()[2] == "0.5"
    assert any("It is no baseline" in line for line in lines)


def test_duplicate_times_are_averaged_and_told(terminal: Terminal, tmp_path: Path) -> None:
    path = write_sine(tmp_path / "sine.csv")
    with path.open("a") as file:
        file.write("2024-02-01,0.5\n2024-02-02,0.7\n")
    answer = terminal("fit", path, *QUICK, "--json")
    assert answer.status == 0
    assert "4 rows with the same time were averaged." in answer.stderr
    assert answer.content["status"] == "completed"


def test_a_spec_file_options_and_settings_are_put_together(
    terminal: Terminal, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"model": {"units": 3}, "training": {"epochs": 9, "seed": 5}}))
    data = write_sine(tmp_path / "sine.csv")
    options = ["--target", "value", "--time", "day", "--horizon", "5"]
    settings = ["--set", "training.epochs=1", "--set", "task.lookback=6"]
    answer = terminal("fit", data, "--spec", spec, *options, *settings, "--json")
    assert answer.status == 0
    with Store.open(load_settings()) as store:
        run = store.runs.get(answer.content["run_id"])
    assert (run.spec.model.units, run.spec.training.seed, run.spec.training.epochs) == (3, 5, 1)
    assert (run.spec.data.targets, run.spec.data.time) == (("value",), "day")
    assert (run.spec.task.horizon, run.spec.task.lookback) == (5, 6)


@pytest.mark.parametrize("json_too", share([True, False], (True,)))
def test_a_training_that_explodes_is_a_failed_run(
    json_too: bool, terminal: Terminal, tmp_path: Path
) -> None:
    data = write_sine(tmp_path / "sine.csv")
    answer = terminal("fit", data, *QUICK, *EXPLODING, *["--json"][:json_too])
    assert answer.status == 1
    assert "Lower the learning rate" in answer.stderr.splitlines()[-1]
    assert "Traceback" not in answer.stderr
    if json_too:
        content = answer.content
        assert (content["status"], content["forecast"]) == ("failed", [])
        assert (content["metrics"], content["verdict"]) == (None, None)
        assert "Lower the learning rate" in content["message"]
    else:
        assert answer.stdout == ""
    with Store.open(load_settings()) as store:
        (run,) = store.runs.list_newest()
        assert run.status is RunStatus.FAILED
        assert store.artifacts.list_of(run.id) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("units,price", '"units". The other columns are set, and this one follows. Others'),
        ("one,two", 'A guess to be predicted: "two". Several are possible. Others'),
    ],
)
def test_what_else_could_be_predicted_is_told(names: str, said: str) -> None:
    days = [f"2024-01-{day:02},{day * 7 % 13},{day * 5 % 11}" for day in range(1, 31)]
    table = read_table("\n".join([f"day,{names}", *days]).encode(), "table.csv")
    (sentence,) = say_choice(choose_roles(table, SeriesDataSpec(source="csv", name="table.csv")))
    assert said in sentence
    assert sentence.endswith('by --target: "price".' if "price" in names else '"one".')
    named = SeriesDataSpec(source="csv", name="table.csv", targets=(names.split(",")[0],))
    assert say_choice(choose_roles(table, named)) == []


def test_an_interrupt_ends_the_training_and_what_was_learnt_is_judged(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen = ProgressBar.__call__

    def interrupt_in_the_second_epoch(bar: ProgressBar, event: Event) -> None:
        listen(bar, event)
        if isinstance(event, EpochFinished) and event.epoch == 2:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ProgressBar, "__call__", interrupt_in_the_second_epoch)
    data = write_sine(tmp_path / "wave.csv")
    answer = terminal("fit", data, "--json", *QUICK, "--set", "training.epochs=50")
    content = answer.content
    assert answer.status == 1
    assert (content["status"], content["stopped_early"], content["epochs"]) == (
        "cancelled",
        True,
        2,
    )
    assert "2 of at most 50 epochs" in content["message"]
    assert len(content["forecast"]) == 4
    assert content["verdict"]["sentence"]
    assert "Press Ctrl-C again" in answer.stderr
    assert terminal("forecast", content["run_id"]).status == 0
    (entry,) = terminal("runs", "--json").content["runs"]
    assert (entry["stopped_early"], entry["verdict"]) == (True, content["verdict"])
    assert "(stopped early)" in terminal("runs").stdout


def test_a_second_interrupt_ends_at_once() -> None:
    with first_interrupt_noted() as is_noted:
        signal.raise_signal(signal.SIGINT)
        assert is_noted()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

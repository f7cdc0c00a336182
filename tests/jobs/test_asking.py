"""Questions and answers, with real processes that need no training engine."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.errors import StudioError
from lstm_core.jobs.answering import KINDS, answer_in
from lstm_core.jobs.asking import ask
from lstm_core.jobs.find_rate import FindRate, FoundRate
from lstm_core.jobs.launcher import Launcher
from lstm_core.jobs.local import LocalBackend
from lstm_core.jobs.question import Question, read_question
from lstm_core.jobs.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.time_batches import TimeBatches
from lstm_core.jobs.what_if import WhatIf
from lstm_core.runs.store import Store
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import ExampleShape
from tests.jobs.test_launcher import find_spare
from tests.jobs.workers import command
from tests.processes import end_processes_of, list_processes_of
from tests.runs.records import wait_until
from tests.tasks.datasets import make_dataset, make_sine


def make_question(value: float = 1.5, times: pd.Index | None = None) -> WhatIf:
    days = pd.date_range("2024-05-01", periods=2).as_unit("ns") if times is None else times
    index = pd.MultiIndex.from_arrays(
        [pd.Index(["<b>north", "=1"], dtype="str"), days], names=["series", "time"]
    )
    columns = pd.Index(["promo", "series"], dtype="str")
    return WhatIf("abc", pd.DataFrame([[value, 0.1 + 0.2], [-1e-9, 3.0]], index, columns))


@pytest.fixture
def home(studio_home: Path) -> Iterator[Path]:
    yield studio_home
    end_processes_of(studio_home)


def ask_kind(store: Store, kind: str, timeout_seconds: float = 60.0) -> pd.DataFrame:
    launcher = Launcher(store.settings, command(kind), keep_warm=False)
    log_path = store.settings.logs_folder / "questions.log"
    return ask(launcher, make_question(), log_path, timeout_seconds)


@pytest.mark.parametrize("times", [None, pd.Index(np.array([7, 8]))])
def test_a_question_survives_its_file(times: pd.Index | None, tmp_path: Path) -> None:
    question = make_question(times=times)
    question.write(tmp_path)
    again = read_question(tmp_path, KINDS)
    assert isinstance(again, WhatIf)
    assert again.run_id == "abc"
    pd.testing.assert_frame_equal(again.edits, question.edits, check_exact=True, check_freq=False)
    assert again.digest == question.digest


def test_other_values_are_another_question() -> None:
    assert make_question(1.5).digest == make_question(1.5).digest
    assert make_question(1.5).digest != make_question(1.6).digest


def test_another_process_answers(store: Store, home: Path) -> None:
    answer = ask_kind(store, "quick")
    assert answer["run_id"].unique().tolist() == ["abc"]
    assert answer["promo"].tolist() == [1.5, -1e-9]
    assert os.getpid() not in answer["pid"].tolist()


def test_a_refusal_comes_back_in_its_words(store: Store, home: Path) -> None:
    with pytest.raises(StudioError, match="This can't be answered") as caught:
        ask_kind(store, "refuser")
    assert caught.value.remedy == "Ask something else."


def test_a_process_that_dies_is_told(store: Store, home: Path) -> None:
    with pytest.raises(StudioError, match=r"met a fault and ended, .*questions\.log"):
        ask_kind(store, "deserter")


def test_a_process_that_takes_too_long_is_ended(store: Store, home: Path) -> None:
    with pytest.raises(StudioError, match="that forecasts had no answer after 1 seconds"):
        ask_kind(store, "ponderer", timeout_seconds=1.0)
    assert list_processes_of(home) == []


def test_a_process_that_cannot_start_is_told(store: Store, home: Path) -> None:
    launcher = Launcher(store.settings, ["/no/such/program"], keep_warm=False)
    with pytest.raises(StudioError, match="could not be started"):
        ask(launcher, make_question(), store.settings.logs_folder / "questions.log")


def test_the_spare_answers_and_another_one_follows(store: Store, home: Path) -> None:
    with LocalBackend(store, command=command("quick"), poll_seconds=0.1, keep_warm=True) as backend:
        wait_until(lambda: find_spare(home), "a spare was warm")
        spare = find_spare(home)
        assert spare is not None
        assert backend.ask(make_question())["pid"].iloc[0] == spare.pid
        wait_until(
            lambda: (next_one := find_spare(home)) and next_one.pid != spare.pid,
            "the next spare was warm",
        )


def test_one_question_is_answered_at_a_time(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []
    most: list[int] = []
    both_came = threading.Barrier(2)

    def answer(*_: object) -> pd.DataFrame:
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.05)  # time for the other to come in, were there a way
        inside.pop()
        return pd.DataFrame()

    monkeypatch.setattr("lstm_core.jobs.local.ask", answer)
    backend = LocalBackend(store, command=command("quick"))

    def come() -> None:
        both_came.wait()
        backend.ask(make_question())

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1]


def test_an_unforeseen_error_leaves_no_answer(tmp_path: Path) -> None:
    def fail(question: WhatIf) -> pd.DataFrame:
        raise ZeroDivisionError

    make_question().write(tmp_path)
    with pytest.raises(ZeroDivisionError):
        answer_in(tmp_path, answer=fail)
    assert make_question().read_answer(tmp_path) is None


SPEC = ExperimentSpec().with_values({"training.batch_size": 7, "model.units": 3})


@pytest.mark.parametrize(
    "question",
    [
        TimeBatch(SPEC, ExampleShape(6, 3, 1, 2, 0, 4), num_windows=50),
        FindRate(SPEC, "a dataset"),
    ],
)
def test_every_kind_of_question_survives_its_file(question: Question[Any], tmp_path: Path) -> None:
    question.write(tmp_path)
    assert read_question(tmp_path, KINDS) == question
    assert read_question(tmp_path, KINDS).digest == question.digest


def test_kinds_of_questions_are_told_apart() -> None:
    kinds = [WhatIf, TimeBatch, TimeBatches, FindRate]
    assert list(KINDS.values()) == kinds
    assert len(KINDS) == len(kinds)


def test_a_forecast_survives_its_file(tmp_path: Path) -> None:
    forecast = pd.DataFrame({"timestamp": pd.date_range("2024-05-01", periods=2), "value": [1, 2]})
    make_question().write_answer(tmp_path, forecast)
    again = make_question().read_answer(tmp_path)
    assert again is not None
    assert again["value"].tolist() == [1, 2]


def test_a_timing_survives_its_file(tmp_path: Path) -> None:
    timing = BatchTiming("CPU, JAX", 2.5, 0.1, 3.25)
    question = TimeBatch(SPEC, ExampleShape(6, 3, 1, 2, 0))
    question.write_answer(tmp_path, timing)
    assert question.read_answer(tmp_path) == timing


def test_several_timings_survive_their_files(tmp_path: Path) -> None:
    timings = tuple(BatchTiming("CPU, JAX", 2.5, 0.1, float(number)) for number in (1, 2))
    each = TimeBatch(SPEC, ExampleShape(6, 3, 1, 2, 0), 7)
    question = TimeBatches((each, each))
    question.write(tmp_path)
    assert read_question(tmp_path, KINDS) == question
    question.write_answer(tmp_path, timings)
    assert question.read_answer(tmp_path) == timings


def test_a_found_rate_survives_its_file(tmp_path: Path) -> None:
    table = pd.DataFrame({"learning_rate": [1e-6, 1.0], "loss": [0.1 + 0.2, 3.0]})
    question = FindRate(SPEC, "abc")
    question.write_answer(tmp_path, FoundRate(table, 0.003))
    again = question.read_answer(tmp_path)
    assert again is not None
    assert again.rate == 0.003
    pd.testing.assert_frame_equal(again.table, table, check_exact=True)


def test_a_batch_is_timed_in_a_worker_s_process(store: Store, home: Path) -> None:
    spec = SPEC.with_values(
        {"model.architecture": "vanilla", "training.learning_rate": 1e-3}
        | {"training.batch_size": 8, "training.windows_per_epoch": 30}
    )
    question = TimeBatch(spec, ExampleShape(6, 3, 1, 1, 0))
    with LocalBackend(store) as backend:
        timing = backend.ask(question)
    assert timing.device.startswith(("CPU", "GPU"))
    assert timing.first_seconds > timing.batch_seconds > 0
    assert timing.epoch_seconds == pytest.approx(4 * timing.batch_seconds)


def test_a_rate_is_looked_for_in_a_recorded_dataset(store: Store, home: Path) -> None:
    dataset = make_dataset(make_sine(120))
    spec = SPEC.with_values({"model.architecture": "gru", "forecast.horizon": 2})
    with LocalBackend(store) as backend:
        found = backend.ask(FindRate(spec, store.add_dataset(dataset)))
        assert list(found.table) == ["learning_rate", "loss", "smoothed"]
        assert 1e-4 <= found.rate <= 0.1
        with pytest.raises(StudioError, match="dataset is not in the record"):
            backend.ask(FindRate(spec, "unknown"))

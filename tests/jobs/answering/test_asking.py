"""Questions and answers, with real processes that need no training engine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil
import pytest

from lstm_core.errors import StudioError
from lstm_core.jobs.answering import answering
from lstm_core.jobs.answering.answering import KINDS, answer_in, answer_questions
from lstm_core.jobs.answering.asking import Asker
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.local.launcher import Launcher
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.jobs.questions.find_rate import FindRate, FoundRate
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.jobs.questions.question import Question, is_done, read_question
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.jobs.working.worker import READY
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.jobs.local.test_launcher import find_spare
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


@pytest.fixture
def make_asker(store: Store, home: Path) -> Iterator[Callable[[str], Asker]]:
    made: list[Asker] = []

    def make(kind: str) -> Asker:
        launcher = Launcher(store.settings, command(kind), keep_warm=False)
        made.append(Asker(launcher, store.settings.logs_folder / "questions.log"))
        return made[-1]

    yield make
    for asker in made:
        asker.close()


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


def test_another_process_answers_one_question_after_another(
    make_asker: Callable[[str], Asker], home: Path
) -> None:
    asker = make_asker("quick")
    answers = [asker.ask(make_question(value)) for value in (1.5, 2.5)]
    assert [answer["promo"].iloc[0] for answer in answers] == [1.5, 2.5]
    assert answers[0]["run_id"].unique().tolist() == ["abc"]
    pids = {pid for answer in answers for pid in answer["pid"]}
    assert pids == {process.pid for process in list_processes_of(home)}
    asker.close()
    assert list_processes_of(home) == []


def test_a_refusal_comes_back_in_its_words_and_costs_no_process(
    make_asker: Callable[[str], Asker], home: Path
) -> None:
    asker = make_asker("refuser")
    pids = set()
    for _ in range(2):
        with pytest.raises(StudioError, match="This can't be answered") as caught:
            asker.ask(make_question())
        pids |= {process.pid for process in list_processes_of(home)}
    assert caught.value.remedy == "Ask something else."
    assert len(pids) == 1


def test_a_process_that_dies_of_a_question_is_told(make_asker: Callable[[str], Asker]) -> None:
    with pytest.raises(StudioError, match=r"met a fault and ended, without.*questions\.log"):
        make_asker("deserter").ask(make_question())


def test_a_question_whose_process_died_is_asked_again_in_another(
    make_asker: Callable[[str], Asker],
) -> None:
    assert len(make_asker("deserts_once").ask(make_question())) == 2


def test_a_process_that_was_killed_while_it_waited_costs_nothing(
    make_asker: Callable[[str], Asker], home: Path
) -> None:
    asker = make_asker("quick")
    first = asker.ask(make_question())["pid"].iloc[0]
    psutil.Process(first).kill()
    assert asker.ask(make_question())["pid"].iloc[0] != first


def test_a_fault_is_told_and_the_process_goes_on(
    make_asker: Callable[[str], Asker], store: Store
) -> None:
    asker = make_asker("stumbler")
    with pytest.raises(StudioError, match="met a fault, without an answer"):
        asker.ask(make_question())
    log = (store.settings.logs_folder / "questions.log").read_text()
    assert log.count("Traceback") == 1  # it would be no different in another process
    assert len(asker.ask(replace(make_question(), run_id="well"))) == 2


class Enough(BaseException):
    """What a page raises when nobody waits any more."""


def test_who_does_not_want_to_wait_any_more_ends_the_question(
    make_asker: Callable[[str], Asker], home: Path
) -> None:
    waited: list[int] = []

    def give_up() -> None:
        waited.append(1)
        if len(waited) == 3:
            raise Enough

    asker = make_asker("ponderer")
    with pytest.raises(Enough):
        asker.ask(make_question(), give_up)
    assert len(waited) == 3
    assert list_processes_of(home) == []


def test_nobody_s_second_question_waits_without_a_way_out(store: Store, home: Path) -> None:
    """The first one is still being answered."""
    with LocalBackend(store, command=command("ponderer")) as backend:
        is_asked, is_over = threading.Event(), threading.Event()

        def hold() -> None:
            is_asked.set()
            if is_over.is_set():
                raise Enough

        def ask_first() -> None:
            with pytest.raises(Enough):
                backend.ask(make_question(), hold)

        first = threading.Thread(target=ask_first)
        first.start()
        assert is_asked.wait(60)
        with pytest.raises(Enough):
            backend.ask(make_question(), lambda: raise_it(Enough()))
        is_over.set()
        first.join()


def raise_it(error: BaseException) -> None:
    raise error


def answer_lines(folders: Iterable[Path], **options: Any) -> int:
    return answer_questions([json.dumps(str(folder)) for folder in folders], **options)


def test_a_process_ends_when_who_asks_is_gone(tmp_path: Path) -> None:
    make_question().write(tmp_path)
    assert answer_lines([tmp_path], answer=lambda question: question.edits) == 0
    assert is_done(tmp_path)


def wait_for_ever() -> Iterator[str]:
    """Who asks is there, and asks nothing."""
    threading.Event().wait()
    yield ""


def test_a_process_that_nobody_asks_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("LOOK_SECONDS", 0.01), ("IDLE_SECONDS", 0.03)):
        monkeypatch.setattr(answering, name, seconds)
    assert answer_questions(wait_for_ever()) == 0


def test_a_process_makes_room_when_memory_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "is_memory_short", lambda: True)
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
        make_question().write(folder)
    assert answer_lines(folders, answer=lambda question: question.edits) == 0
    assert [is_done(folder) for folder in folders] == [True, False]


def test_a_process_that_cannot_start_is_told(store: Store, home: Path) -> None:
    launcher = Launcher(store.settings, ["/no/such/program"], keep_warm=False)
    with pytest.raises(StudioError, match="could not be started"):
        Asker(launcher, store.settings.logs_folder / "questions.log").ask(make_question())


def test_the_spare_answers_and_another_one_follows(store: Store, home: Path) -> None:
    with LocalBackend(store, command=command("quick"), poll_seconds=0.1, keep_warm=True) as backend:
        wait_until(lambda: find_spare(home), "a spare was warm")
        spare = find_spare(home)
        assert spare is not None
        assert backend.ask(make_question())["pid"].iloc[0] == spare.pid
        log = store.settings.logs_folder / "spare.log"
        wait_until(lambda: log.read_text().count(READY) == 2, "the next spare was warm")
        assert backend.ask(make_question())["pid"].iloc[0] == spare.pid


def test_one_question_is_answered_at_a_time(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []
    most: list[int] = []
    both_came = threading.Barrier(2)

    def answer(self: Asker, *_: object) -> pd.DataFrame:
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.05)  # time for the other to come in, were there a way
        inside.pop()
        return pd.DataFrame()

    monkeypatch.setattr(Asker, "_ask", answer)
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
    answer_in(tmp_path, answer=fail)
    assert is_done(tmp_path)
    assert make_question().read_answer(tmp_path) is None


def test_a_question_that_memory_was_too_short_for_is_not_done(tmp_path: Path) -> None:
    def fail(question: WhatIf) -> pd.DataFrame:
        raise MemoryError

    make_question().write(tmp_path)
    with pytest.raises(MemoryError):
        answer_in(tmp_path, answer=fail)
    assert not is_done(tmp_path)


SPEC = ExperimentSpec().with_values({"training.batch_size": 7, "model.units": 3})


def test_an_answer_comes_in_pieces(make_asker: Callable[[str], Asker]) -> None:
    seen: list[int] = []
    found = make_asker("writer").ask(
        GoOn("abc", {"count": 40}), on_pieces=lambda pieces: seen.append(len(pieces))
    )
    assert [piece["at"] for piece in found] == list(range(40))
    assert seen == sorted(seen)
    assert any(0 < count < 40 for count in seen)


def test_who_has_heard_enough_keeps_the_process_and_its_open_model(
    make_asker: Callable[[str], Asker],
) -> None:
    def leave(pieces: list[Any]) -> None:
        if len(pieces) > 2:
            raise Enough

    asker = make_asker("writer")
    with pytest.raises(Enough):
        asker.ask(GoOn("abc", {"count": 1_000_000}), on_pieces=leave)
    (first,) = asker.ask(GoOn("abc", {"count": 1}))
    (again,) = asker.ask(GoOn("def", {"count": 1}))
    assert first["pid"] == again["pid"]
    assert first["num_asked"] == 2  # the endless one was of the same process


def test_pieces_of_a_process_that_died_are_not_mixed_with_another_s(
    make_asker: Callable[[str], Asker],
) -> None:
    found = make_asker("writes_once").ask(GoOn("abc", {"count": 5}))
    assert [piece["at"] for piece in found] == list(range(5))


@pytest.mark.parametrize(
    "question",
    [
        TimeBatch(SPEC, WindowShape(6, 3, 1, 2, 0, 4), num_windows=50),
        FindRate(SPEC, "a dataset"),
        GoOn("abc", {"prompt": "<b>\n", "temperature": 0.5, "stop": ["\n"]}),
    ],
)
def test_every_kind_of_question_survives_its_file(question: Question[Any], tmp_path: Path) -> None:
    question.write(tmp_path)
    assert read_question(tmp_path, KINDS) == question
    assert read_question(tmp_path, KINDS).digest == question.digest


def test_kinds_of_questions_are_told_apart() -> None:
    kinds = [WhatIf, TimeBatch, TimeBatches, FindRate, AskModel, ExplainItem, GoOn]
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
    question = TimeBatch(SPEC, WindowShape(6, 3, 1, 2, 0))
    question.write_answer(tmp_path, timing)
    assert question.read_answer(tmp_path) == timing


def test_several_timings_survive_their_files(tmp_path: Path) -> None:
    timings = tuple(BatchTiming("CPU, JAX", 2.5, 0.1, float(number)) for number in (1, 2))
    each = TimeBatch(SPEC, WindowShape(6, 3, 1, 2, 0), 7)
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


@pytest.mark.slow
def test_a_batch_is_timed_in_a_worker_s_process(store: Store, home: Path) -> None:
    spec = SPEC.with_values(
        {"model.architecture": "vanilla", "training.learning_rate": 1e-3}
        | {"training.batch_size": 8, "training.windows_per_epoch": 30}
    )
    question = TimeBatch(spec, WindowShape(6, 3, 1, 1, 0))
    with LocalBackend(store) as backend:
        timing = backend.ask(question)
    assert timing.device.startswith(("CPU", "GPU"))
    assert timing.first_seconds > timing.batch_seconds > 0
    assert timing.epoch_seconds == pytest.approx(4 * timing.batch_seconds)


@pytest.mark.slow
def test_a_rate_is_looked_for_in_a_recorded_dataset(store: Store, home: Path) -> None:
    dataset = make_dataset(make_sine(120))
    spec = SPEC.with_values({"model.architecture": "gru", "task.horizon": 2})
    with LocalBackend(store) as backend:
        found = backend.ask(FindRate(spec, store.collections.add(dataset)))
        assert list(found.table) == ["learning_rate", "loss", "smoothed"]
        assert 1e-4 <= found.rate <= 0.1
        with pytest.raises(StudioError, match="dataset is not in the record"):
            backend.ask(FindRate(spec, "unknown"))


@pytest.mark.parametrize(
    "question",
    [
        AskModel("run", "items", b"\x00\xff items"),
        ExplainItem("run", "items", b"\x00\xff items", "gradients", "<b>"),
    ],
)
def test_items_travel_with_the_question(question: AskModel | ExplainItem, tmp_path: Path) -> None:
    question.write(tmp_path)
    assert read_question(tmp_path, KINDS) == question
    assert read_question(tmp_path, KINDS).digest == question.digest

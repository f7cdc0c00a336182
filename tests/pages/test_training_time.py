"""How long the training takes is found out when it is asked for."""

from __future__ import annotations

import pytest

from lstm_core.errors import StudioError, TrainingError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.run_time import estimate_run
from pages._ui.shell.wording import say_duration
from tests.pages.tables import SALES
from tests.pages.visiting import assert_refused, has_button, read_texts, upload

TIMING = BatchTiming("CPU, TensorFlow", 1.0, 0.01, 0.5)


class Clock:
    """Stands where the backend asks another process."""

    def __init__(self) -> None:
        self.asked: list[TimeBatch] = []
        self.error: StudioError | None = None

    def __call__(self, backend: LocalBackend, question: TimeBatch) -> BatchTiming:
        self.asked.append(question)
        if self.error is not None:
            raise self.error
        return TIMING


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Clock:
    clock = Clock()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: clock(*arguments[:2]))
    return clock


def test_the_time_is_asked_for_once_and_for_this_network(clock: Clock) -> None:
    app = upload(SALES)
    assert clock.asked == []  # it costs seconds
    app.button(key="data.how_long").click().run()
    assert not app.exception
    (question,) = clock.asked
    said = f":material/timer: At most {say_duration(estimate_run(question.spec, TIMING))}"
    assert said in read_texts(app)
    assert not has_button(app, "data.how_long")
    app.number_input(key="card.horizon").set_value(5).run()
    assert said not in read_texts(app)
    assert has_button(app, "data.how_long")
    assert len(clock.asked) == 1


def test_where_it_cannot_be_timed_that_is_said(clock: Clock) -> None:
    clock.error = TrainingError("The memory is full.", "Choose a smaller network.")
    app = upload(SALES)
    app.button(key="data.how_long").click().run()
    assert "The memory is full" in assert_refused(app)
    assert has_button(app, "data.train")

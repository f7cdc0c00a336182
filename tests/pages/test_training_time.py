"""How long the training takes is found out when it is asked for."""

from __future__ import annotations

import pytest

from lstm_core.errors import StudioError, TrainingError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.run_time import estimate_run
from lstm_core.runs.stores.store import Store
from pages._ui.data import past_times
from pages._ui.shell.wording import say_duration, say_span
from tests.pages.records import complete
from tests.pages.tables import SALES
from tests.pages.visiting import assert_refused, has_button, read_texts, upload_untrained

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
    app = upload_untrained(SALES)
    assert clock.asked == []  # it costs seconds
    assert [text for text in read_texts(app) if text.startswith(":material/timer: About ")]
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
    app = upload_untrained(SALES)
    app.button(key="data.how_long").click().run()
    assert "The memory is full" in assert_refused(app)
    assert has_button(app, "data.train")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((4, 12), "5 to 10 s"),
        ((30, 100), "1 to 2 min"),
        ((62, 64), "60 to 65 s"),
        ((150, 260), "2 to 4 min"),
        ((3000, 20_000), "1 to 6 h"),
        ((7000, 7400), "2 h"),
    ],
)
def test_a_span_is_no_finer_than_it_is_known(seconds: tuple[float, float], said: str) -> None:
    assert say_span(*seconds) == said


def test_runs_of_the_record_set_it_right(store: Store) -> None:
    run = complete(store)
    assert run.resolved_spec is not None
    (ratio,) = past_times.list_ratios("forecasting")
    assert 0 <= ratio < 10
    assert past_times.list_ratios("classification") == []

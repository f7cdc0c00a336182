"""A search put together, refused, told beforehand and started once."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.runs.snapshots.search import Search, SearchStatus
from lstm_core.runs.stores.store import Store
from tests.pages.tables import SALES
from tests.pages.visiting import (
    assert_refused,
    find,
    join_questions,
    open_page,
    read_texts,
    upload,
    upload_untrained,
)

TIMING = BatchTiming("CPU", first_seconds=1.0, batch_seconds=0.1, epoch_seconds=0.5)
ARCHITECTURE, UNITS, FINE_TUNE = "model.architecture", "model.units", "model.fine_tune"
RATE, LOOKBACK, LAYERS = "training.learning_rate", "task.lookback", "model.layers"


class Timer:
    """Stands where the backend asks another process; answers once it is let."""

    def __init__(self) -> None:
        self.asked: list[TimeBatches] = []
        self.error: StudioError | None = None
        self.may_answer = threading.Event()

    def answer(self) -> None:
        self.may_answer.set()
        join_questions()
        self.may_answer.clear()

    def __call__(self, backend: LocalBackend, question: TimeBatches) -> tuple[BatchTiming, ...]:
        self.asked.append(question)
        assert self.may_answer.wait(20)
        if self.error is not None:
            raise self.error
        return (TIMING,) * len(question.batches)


@pytest.fixture
def timer(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Timer:
    timer = Timer()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: timer(*arguments[:2]))
    return timer


@pytest.fixture
def form() -> AppTest:
    return open_page("tune", upload_untrained(SALES, "sales.csv"))


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def choose_size(app: AppTest, size: str) -> None:
    app.segmented_control(key="tune.size").set_value(size)
    run(app)


def reshape(app: AppTest, path: str, shape: str) -> None:
    find(app, "button_group", f"tune.space.{path}.shape").set_value(shape)
    run(app)


def type_values(app: AppTest, path: str, text: str) -> None:
    find(app, "text_input", f"tune.space.{path}.values").set_value(text)
    run(app)


def type_end(app: AppTest, path: str, end: str, value: float | None) -> None:
    find(app, "number_input", f"tune.space.{path}.{end}").set_value(value)
    run(app)


def pick(app: AppTest, path: str, *values: Any) -> None:
    find(app, "button_group", f"tune.space.{path}.values").set_value(
        [json.dumps(each) for each in values]
    )
    run(app)


def bring(app: AppTest, content: Any) -> None:
    written = content if isinstance(content, bytes) else json.dumps(content).encode()
    app.file_uploader(key="tune.file").set_value(("space.json", written, "application/json"))
    run(app)


def read_space(app: AppTest) -> dict[str, Any]:
    """Return what the download would hold."""
    kept = app.session_state["tune.spaces"][app.session_state["tune.draft"]]
    content: dict[str, Any] = kept.contents[kept.size]
    return content


def find_search(store: Store) -> Search:
    (search,) = store.searches.list_newest()
    return search


def start(app: AppTest, store: Store) -> dict[str, Any]:
    """Press Start; return what the record holds of the search."""
    assert not app.button(key="tune.start").disabled, [error.value for error in app.error]
    press(app, "tune.start")
    search = find_search(store)
    assert search.status is SearchStatus.QUEUED
    assert app.query_params["id"] == search.id
    return search.settings


def refuse(app: AppTest) -> str:
    """Check that it can't be started, and is told why; return the message."""
    assert app.button(key="tune.start").disabled
    return assert_refused(app)


def test_started_as_it_is_it_searches_the_proposal(form: AppTest, store: Store) -> None:
    settings = start(form, store)
    assert settings["search"]["strategy"] == "bayesian"
    assert list(settings["space"]) == [ARCHITECTURE, UNITS, FINE_TUNE, RATE, LOOKBACK]
    assert settings["draft"]["data"]["name"] == "sales.csv"
    search = find_search(store)
    whole = store.collections.get_as(search.dataset_id, Dataset)
    development = store.collections.get_as(settings["development_id"], Dataset)
    assert len(whole.frame) - len(development.frame) == 24


def test_it_says_what_is_touched_and_what_is_not(form: AppTest) -> None:
    text = read(form)
    assert "On sales · sales.csv" in text
    assert "learns from 54 rows; another 18 decide when it stops" in text
    assert "scored on 24 more, in 2 folds" in text
    assert "24 rows are the test part: the search does not touch them" in text


def test_every_setting_of_the_search_is_recorded(form: AppTest, store: Store) -> None:
    form.selectbox(key="tune.strategy").set_value("random")
    form.selectbox(key="tune.objective").set_value("skill")
    form.selectbox(key="tune.refit").set_value("no")
    form.toggle(key="tune.prune").set_value(False)
    numbers = {
        **{"num_trials": 7, "executions": 2, "minutes": 12.5, "slots": 1, "num_folds": 1},
        **{"seed": 3, "num_confirmations": 4, "max_failures": 6},
    }
    for name, value in numbers.items():
        form.number_input(key=f"tune.{name}").set_value(value)
    form.text_input(key="tune.name").set_value(" Narrow ones ")
    settings = start(run(form), store)["search"]
    chosen = {"strategy": "random", "objective": "skill", "prune": False, "refit": False}
    assert settings == {**numbers, **chosen, "trials_per_gpu": 1}
    search = find_search(store)
    assert (search.name, search.num_trials, search.minutes) == ("Narrow ones", 7, 12.5)


def test_a_script_that_runs_twice_starts_one_search(
    form: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages._ui.data.submission.open_search", lambda search_id: None)
    press(form, "tune.start")
    press(form, "tune.start")  # the same click again
    assert len(store.searches.list_newest()) == 1
    run(form)
    press(form, "tune.start")  # another one
    assert len(store.searches.list_newest()) == 2


def test_entries_are_changed_fixed_left_out_and_added(form: AppTest, store: Store) -> None:
    type_end(form, UNITS, "low", 8)
    find(form, "text_input", f"tune.space.{UNITS}.step").set_value("")
    run(form)
    find(form, "selectbox", f"tune.space.{RATE}.scale").set_value("linear")
    run(form)
    type_end(form, RATE, "high", 0.02)
    type_values(form, LOOKBACK, "7; 21")
    reshape(form, ARCHITECTURE, "fixed")
    find(form, "selectbox", f"tune.space.{ARCHITECTURE}.value").set_value('"gru"')
    run(form)
    form.selectbox(key="tune.add").set_value("training.loss")
    run(form)
    pick(form, "training.loss", "huber", "mae")
    press(form, f"tune.drop.{LOOKBACK}")
    form.selectbox(key="tune.add").set_value("training.clip_norm")
    run(form)
    reshape(form, "training.clip_norm", "choice")
    type_values(form, "training.clip_norm", "0.5, 1")
    space = start(form, store)["space"]
    assert space == {
        ARCHITECTURE: {"kind": "fixed", "value": "gru", "when": {}},
        UNITS: {
            **{"kind": "int", "low": 8, "high": 64, "step": None, "scale": "log"},
            "when": {ARCHITECTURE: ["gru"]},
        },
        RATE: {
            **{"kind": "float", "low": 0.001, "high": 0.02, "step": None, "scale": "linear"},
            "when": {},
        },
        "training.loss": {"kind": "choice", "values": ["mae", "huber"], "when": {}},
        "training.clip_norm": {"kind": "choice", "values": [0.5, 1], "when": {}},
    }


def test_each_size_is_proposed_keeps_its_changes_and_can_be_reset(form: AppTest) -> None:
    type_end(form, UNITS, "high", 32)
    choose_size(form, "large")
    assert read_space(form)[UNITS]["high"] == 64
    assert len(read_space(form)) > 8
    choose_size(form, "small")
    assert find(form, "number_input", f"tune.space.{UNITS}.high").value == 32
    press(form, "tune.reset")
    assert find(form, "number_input", f"tune.space.{UNITS}.high").value == 64
    assert form.button(key="tune.reset").disabled


def test_conditions_are_said_in_words_and_follow_what_they_speak_of(
    form: AppTest, store: Store
) -> None:
    choose_size(form, "medium")
    assert "2 to 3, where the network is Stacked LSTM" in read(form)
    pick(form, ARCHITECTURE, "vanilla", "gru")
    assert "(left out: the network is never what it waits for)" in read(form)
    assert read_space(form)[LAYERS]["when"]  # for when it is taken back
    space = start(form, store)["space"]
    assert LAYERS not in space
    assert space[ARCHITECTURE]["values"] == ["vanilla", "gru"]


def test_a_condition_can_be_taken_away(form: AppTest, store: Store) -> None:
    choose_size(form, "medium")
    pick(form, ARCHITECTURE, "stacked", "residual")
    press(form, f"tune.free.{LAYERS}")
    assert start(form, store)["space"][LAYERS]["when"] == {}


def test_what_others_wait_for_is_put_before_them(form: AppTest, store: Store) -> None:
    for path in ("training.momentum", "training.optimizer"):
        form.selectbox(key="tune.add").set_value(path)
        run(form)
    space = start(form, store)["space"]
    assert list(space)[-2:] == ["training.optimizer", "training.momentum"]
    assert space["training.momentum"]["when"] == {"training.optimizer": ["sgd"]}


def test_the_number_of_combinations_is_told(form: AppTest) -> None:
    assert "Combinations without end" in read(form)
    press(form, f"tune.drop.{RATE}")
    # 4 networks × 3 widths and what of another one learns × 3 lookbacks
    assert "45 combinations." in read(form)
    type_values(form, LOOKBACK, "7 14")
    assert "30 combinations." in read(form)


def test_everything_is_still_there_after_another_page(form: AppTest) -> None:
    form.selectbox(key="tune.strategy").set_value("grid")
    form.number_input(key="tune.num_trials").set_value(9)
    run(form)
    choose_size(form, "medium")
    type_end(form, UNITS, "high", 8)  # a range that is none
    open_page("home", form)
    open_page("tune", form)
    assert form.selectbox(key="tune.strategy").value == "grid"
    assert form.number_input(key="tune.num_trials").value == 9
    assert form.segmented_control(key="tune.size").value == "medium"
    assert find(form, "number_input", f"tune.space.{UNITS}.high").value == 8
    assert "the range is empty" in refuse(form)


def test_another_draft_has_a_proposal_of_its_own_and_the_first_one_waits(form: AppTest) -> None:
    type_values(form, LOOKBACK, "7 21")
    open_page("model", form)
    form.number_input(key="task.lookback").set_value(28)
    run(form)
    open_page("tune", form)
    assert 28 in read_space(form)[LOOKBACK]["values"]
    assert "28" in str(find(form, "text_input", f"tune.space.{LOOKBACK}.values").value)
    open_page("model", form)
    form.number_input(key="task.lookback").set_value(None)
    run(form)
    open_page("tune", form)
    assert read_space(form)[LOOKBACK]["values"] == [7, 21]


def test_one_point_is_no_space(form: AppTest) -> None:
    for path in (RATE, LOOKBACK, ARCHITECTURE):
        press(form, f"tune.drop.{path}")
    type_end(form, UNITS, "low", 64)
    assert "one point only" in refuse(form)
    type_end(form, UNITS, "low", 32)
    assert not form.button(key="tune.start").disabled


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (LOOKBACK, "7, many", "many"),
        (LOOKBACK, "", "nothing to choose from"),
        pytest.param(*(LOOKBACK, "0, 7", "greater than or equal to 1"), marks=pytest.mark.slow),
        pytest.param(*(LOOKBACK, "7, 7", "twice"), marks=pytest.mark.slow),
        (LOOKBACK, "7, 5000", "can't be run"),
        pytest.param(*(LOOKBACK, "7.5, 8", "integer"), marks=pytest.mark.slow),
    ],
)
def test_values_that_can_not_be_are_refused_where_they_stand(
    form: AppTest, path: str, text: str, told: str
) -> None:
    type_values(form, path, text)
    assert told in refuse(form)
    assert find(form, "text_input", f"tune.space.{path}.values").value == text


def test_an_empty_range_is_marked(form: AppTest) -> None:
    type_end(form, RATE, "low", 1.0)
    assert "the range is empty" in refuse(form)
    assert sum("the range is empty" in text for text in read_texts(form)) == 2  # at its line too


def test_hyperband_wants_more_than_a_handful_of_points(form: AppTest) -> None:
    for path in (RATE, LOOKBACK, ARCHITECTURE):
        press(form, f"tune.drop.{path}")
    form.selectbox(key="tune.strategy").set_value("hyperband")
    run(form)
    assert "Hyperband begins with" in refuse(form)


def test_no_time_is_no_budget(form: AppTest) -> None:
    form.number_input(key="tune.minutes").set_value(0.0)
    run(form)
    assert "minutes" in refuse(form)


def test_losses_of_different_kinds_are_no_objective(form: AppTest) -> None:
    choose_size(form, "large")
    form.selectbox(key="tune.objective").set_value("validation_loss")
    run(form)
    assert "can't be compared" in refuse(form)


def test_a_space_is_brought_as_a_file(form: AppTest, store: Store) -> None:
    bring(
        form,
        {
            UNITS: [8, 16],
            "training.loss": "mse",
            RATE: {"kind": "float", "low": 0.01, "high": 0.02},
        },
    )
    assert "Taken" in form.success[0].value
    assert find(form, "text_input", f"tune.space.{UNITS}.values").value == "8, 16"
    space = start(form, store)["space"]
    assert space["training.loss"]["value"] == "mse"
    assert list(space) == [UNITS, "training.loss", RATE]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(*(b"\xff\xfe", "not valid JSON"), marks=pytest.mark.slow),
        (b"{", "not valid JSON"),
        pytest.param(*([1], "must be a JSON object"), marks=pytest.mark.slow),
        ({"model.unit": [8, 16]}, 'Did you mean "model.units"?'),
        pytest.param(
            *({"task.horizon": [3, 6]}, "has to be the same for all trials"), marks=pytest.mark.slow
        ),
        ({UNITS: [8]}, "one point only"),
        pytest.param(
            *({UNITS: {"kind": "int", "low": 9, "high": 8}}, "the range is empty"),
            marks=pytest.mark.slow,
        ),
        pytest.param(*({UNITS: {"kind": "range"}}, "of no kind"), marks=pytest.mark.slow),
        pytest.param(*({UNITS: ["wide", 8]}, "wide"), marks=pytest.mark.slow),
        ({UNITS: {"kind": "fixed", "value": {"a": 1}}, RATE: [0.1, 0.2]}, "model.units"),
        ({"training.windows_per_epoch": [1, 10**30]}, "too large to be shown"),
    ],
)
def test_a_file_that_is_no_space_changes_nothing(form: AppTest, content: Any, told: str) -> None:
    type_values(form, LOOKBACK, "7 21")
    before = json.dumps(read_space(form))
    bring(form, content)
    assert told in assert_refused(form)
    assert json.dumps(read_space(form)) == before
    assert not form.button(key="tune.start").disabled


def test_hostile_names_in_a_file_stay_text(form: AppTest) -> None:
    bring(form, {"**[bad](http://evil)**": [1, 2]})
    assert "[bad](" not in " ".join(read_texts(form))


def test_the_time_is_told_when_it_is_known(timer: Timer, form: AppTest) -> None:
    assert "Timing some of its networks" in read(form)
    timer.answer()
    assert "Timing some" in read(form)
    text = read(run(form))
    assert "At most about" in text
    assert "on 2 slots: " in text
    assert "to compare and judge the best, which no limit of minutes ends" in text
    assert len(timer.asked) == 1


@pytest.fixture
def timed(timer: Timer, form: AppTest) -> AppTest:
    timer.answer()
    return run(form)


def test_only_what_is_timed_asks_again(timer: Timer, timed: AppTest) -> None:
    before = read(timed)
    timed.number_input(key="tune.num_trials").set_value(100)
    run(timed)
    assert len(timer.asked) == 1
    after = read(timed)
    assert "At most about" in after
    assert before != after
    type_end(timed, UNITS, "high", 128)
    assert "Timing some of its networks" in read(timed)
    timer.answer()
    assert len(timer.asked) == 2
    type_end(timed, UNITS, "high", 64)
    assert "At most about" in read(timed)
    assert len(timer.asked) == 2


def test_time_that_can_not_be_told_keeps_nobody_from_starting(
    timer: Timer, form: AppTest, store: Store
) -> None:
    timer.error = StudioError("The process had no answer.", "Try again later.")
    timer.answer()
    run(form)
    assert "How long it takes is not known. The process had no answer." in read(form)
    timer.error = None
    press(form, "tune.time_again")
    timer.answer()
    assert "At most about" in read(run(form))
    start(form, store)


def test_what_is_refused_is_not_timed(
    timer: Timer, form: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = []
    monkeypatch.setattr(BackgroundAsker, "drop", lambda self, person: dropped.append(person))
    type_values(form, LOOKBACK, "")
    refuse(form)
    assert len(dropped) == 1
    assert len(timer.asked) == 1  # when the page was opened
    timer.answer()


def test_a_draft_that_can_not_be_run_is_told(store: Store) -> None:
    app = upload(
        b"day,sales\n" + b"".join(b"2024-01-%02d,%d\n" % (day, day) for day in range(1, 9))
    )
    open_page("tune", app)
    assert_refused(app)
    assert any(link.proto.page == "model" for link in app.page_link)

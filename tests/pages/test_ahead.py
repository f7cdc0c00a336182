"""The forecast that stands on the card: it can be taken, and the series that was chosen stays."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.pages.tables import NUM_DAYS, SALES, make_days, make_wave, to_csv
from tests.pages.visiting import get_draft, has_button, open_again, open_page, read_texts, upload

SHOPS = to_csv(
    {
        "day": make_days() * 2,
        "shop": ["<b>small</b>"] * NUM_DAYS + ["=large"] * NUM_DAYS,
        "sales": [*make_wave(), *make_wave(level=100)],
    }
)
CLOCK = to_csv({"day": make_days(), "count": range(NUM_DAYS)})


def choose_series(app: AppTest, number: int) -> AppTest:
    app.selectbox(key="ahead.line").set_value(number).run()
    assert not app.exception
    return app


def test_the_forecast_is_taken_with_one_click_and_trains_nothing(store: Store) -> None:
    app = upload(SALES, "sales.csv")
    app.number_input(key="card.horizon").set_value(9).run()
    app.button(key="ahead.take").click().run()
    assert not app.exception
    (run,) = store.runs.list_newest()
    assert run.status is RunStatus.QUEUED
    assert app.query_params["id"] == run.id
    model = run.spec.model
    assert (model.architecture, model.fine_tune) == ("pretrained", "none")
    assert model.pretrained_version
    assert run.spec.task.horizon == 9
    dataset = store.collections.get_as(run.dataset_id, Dataset)
    assert resolve_spec(run.spec, dataset)[0].training.epochs == 0


def test_to_take_a_forecast_leaves_the_draft_as_it_is(store: Store) -> None:
    app = open_page("model", upload(SALES))
    app.selectbox(key="model.architecture").set_value("gru").run()
    open_page("data", app)
    before = get_draft(app).spec
    app.button(key="ahead.take").click().run()
    (run,) = store.runs.list_newest()
    assert run.spec.model.architecture == "pretrained"
    open_page("data", app)
    assert get_draft(app).spec == before
    assert before.model.architecture == "gru"


def test_a_script_that_runs_twice_takes_it_once(store: Store) -> None:
    for _ in range(2):
        app = upload(SALES)
        app.session_state["ahead.take.submission"] = "the-same"
        app.button(key="ahead.take").click().run()
    assert len(store.runs.list_newest()) == 1


def test_what_can_not_be_known_is_not_to_be_taken() -> None:
    app = upload(CLOCK)
    assert not has_button(app, "ahead.take")
    assert any("No forecast before training" in text for text in read_texts(app))


def test_what_is_too_short_for_a_run_is_shown_and_says_why_it_can_not_be_kept() -> None:
    app = upload(to_csv({"day": make_days(5), "sales": make_wave(5)}))
    assert not has_button(app, "ahead.take")
    assert any("It can't be kept as a run" in text for text in read_texts(app))


def test_the_chosen_series_is_there_after_a_reload_and_beside_another_page() -> None:
    app = choose_series(upload(SHOPS), 1)
    assert app.selectbox(key="ahead.line").options[1] == "=large"
    assert open_again("data", app).selectbox(key="ahead.line").value == 1
    open_page("data", open_page("model", app))
    assert app.selectbox(key="ahead.line").value == 1
    upload(SALES, app=app)
    upload(SHOPS.replace(b"=large", b"other"), app=app)
    assert app.selectbox(key="ahead.line").value == 0


def test_another_tab_that_chooses_is_followed() -> None:
    app = upload(SHOPS)
    choose_series(open_again("data", app), 2)
    assert app.run().selectbox(key="ahead.line").value == 2

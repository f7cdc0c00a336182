"""What is asked on the confirm card itself: what to predict, how far, what is known ahead."""

from __future__ import annotations

import numpy as np
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ROW_ORDER
from pages._ui.tasks.forecasting.card_choices import MOST_BUTTONS
from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_page,
    read_texts,
    upload,
)

FLAGS = ["yes", "no", "no"] * 40
UNCLEAR = to_csv({"day": make_days(), "a": make_wave(), "b": make_wave(level=50)})
SHOP = to_csv(
    {
        "day": make_days(),
        "Units sold": make_wave(),
        "Promotion": FLAGS,
        "Price": make_wave(level=50),
        "weather": ["sun", "rain", "snow", "fog"] * 30,
        "id": range(120),
    }
)
PLANNED = to_csv(
    {
        "day": make_days(134),
        "units": [*make_wave(), *[""] * 14],
        "promo": ["yes", "no"] * 67,
    }
)


def list_labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("card.predict.")]


def test_what_is_predicted_can_be_changed_with_one_click(store: Store) -> None:
    app = upload(SHOP)
    assert any("Predicting **Units sold**" in text for text in read_texts(app))
    assert list_labels(app) == ["Price"]
    app.button(key="card.predict.0").click().run()
    assert not app.exception
    assert any("Predicting **Price**" in text for text in read_texts(app))
    assert app.multiselect(key="columns.targets").value == ["Price"]
    app.button(key="data.train").click().run()
    (run,) = store.runs.list_newest()
    dataset = store.collections.get_as(run.dataset_id, Dataset)
    assert dataset.roles.targets == ("Price",)
    levels = ("weather = fog", "weather = rain", "weather = snow", "weather = sun")
    assert dataset.roles.past_covariates == ("Promotion", *levels)


def test_what_is_looked_at_and_left_out_stands_on_the_card() -> None:
    texts = [text.replace("\\", "") for text in read_texts(upload(SHOP))]
    said = '• Looked at as well, up to now: "Promotion", "Price", "weather" (fog, rain, snow, sun).'
    assert said in texts
    assert '• Not used: "id" (counting the rows).' in texts


def test_where_several_are_possible_the_card_asks_before_train(store: Store) -> None:
    app = upload(UNCLEAR)
    assert not has_button(app, "data.train")
    assert list_labels(app) == ["b", "a"]
    app.button(key="card.predict.1").click().run()
    assert list_labels(app) == ["b"]
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data.targets == ("a",)


def test_the_horizon_is_changed_on_the_card(store: Store) -> None:
    app = upload(SHOP)
    assert app.number_input(key="card.horizon").value == 12
    app.number_input(key="card.horizon").set_value(5).run()
    assert any("5 days ahead" in text for text in read_texts(app))
    assert get_draft(app).spec.task.horizon == 5
    assert open_page("model", app).number_input(key="task.horizon").value == 5
    app = open_page("data", app)
    assert app.number_input(key="card.horizon").value == 5
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.task.horizon == 5


def test_what_goes_on_behind_the_target_is_known_ahead(store: Store) -> None:
    app = upload(PLANNED)
    known = app.pills(key="card.known_ahead")
    assert (known.options, known.value) == (["promo"], ["promo"])
    assert any("12 days ahead" in text for text in read_texts(app))
    known.set_value([]).run()
    assert not app.exception
    data = get_draft(app).spec.data
    assert (data.past_covariates, data.known_future_covariates) == (("promo",), ())
    assert app.multiselect(key="columns.past_covariates").value == ["promo"]
    app.pills(key="card.known_ahead").set_value(["promo"]).run()
    app.button(key="data.train").click().run()
    dataset = store.collections.get_as(store.runs.list_newest()[0].dataset_id, Dataset)
    assert dataset.roles.known_future_covariates == ("promo",)
    assert len(dataset.future) == 14


def test_a_longer_horizon_than_is_known_goes_without_what_nobody_named() -> None:
    app = upload(PLANNED)
    app.number_input(key="card.horizon").set_value(20).run()
    assert not app.error
    assert has_button(app, "data.train")
    assert any("their past alone is used" in text for text in read_texts(app))


def test_the_form_and_the_card_follow_each_other() -> None:
    app = upload(SHOP)
    app.multiselect(key="columns.targets").set_value(["Price"]).run()
    assert not app.error
    assert get_draft(app).spec.data.past_covariates is None
    assert app.multiselect(key="columns.past_covariates").value == ["Promotion", "weather"]
    app.button(key="card.predict.0").click().run()
    assert app.multiselect(key="columns.targets").value == ["Units sold"]
    assert "Price" in app.multiselect(key="columns.past_covariates").value


def test_of_many_columns_the_further_ones_are_chosen_in_a_list() -> None:
    columns = {f"k{number}": make_wave(level=40 + number) for number in range(9)}
    app = upload(to_csv({"date": make_days(), **columns}))
    assert app.button(key="data.train_later").disabled
    further = app.selectbox(key="card.predict_other")
    assert len(further.options) == 9 - MOST_BUTTONS
    further.set_value(further.options[-1]).run()
    assert get_draft(app).spec.data.targets == (further.options[-1],)
    assert has_button(app, "data.train")


def test_rows_without_times_are_counted_with_one_click() -> None:
    words = [f"word {number % 5}" for number in range(120)]
    app = upload(to_csv({"day": make_days(), "word": words, "units": make_wave()}))
    app.selectbox(key="columns.time").set_value("word").run()
    assert "can't be read as times" in assert_refused(app)
    app.button(key="card.row_order").click().run()
    assert get_draft(app).spec.data.time == ROW_ORDER
    assert has_button(app, "data.train")
    assert not has_button(app, "card.row_order")


def test_a_column_that_gives_the_answer_away_is_told_before_training_and_can_be_left_out(
    store: Store,
) -> None:
    rng = np.random.default_rng(0)
    units, weather = 100 + 5 * rng.normal(size=(2, 400))
    smoothed = np.convolve(np.pad(units, 3, "edge"), np.ones(7) / 7, "valid")
    app = upload(
        to_csv(
            {
                "day": make_days(400),
                "units": list(units),
                "smoothed": list(smoothed),
                "weather": list(weather),
            }
        )
    )
    app.multiselect(key="columns.past_covariates").set_value(["smoothed", "weather"]).run()
    (said,) = [text for text in read_texts(app) if "gives the answer away" in text]
    assert '"smoothed" tells what "units" is 3 steps later' in said
    assert "weather" not in said
    app.button(key="card.leave_out").click().run()
    assert not app.exception
    assert not any("gives the answer away" in text for text in read_texts(app))
    assert not has_button(app, "card.leave_out")
    app.button(key="data.train").click().run()
    (run,) = store.runs.list_newest()
    dataset = store.collections.get_as(run.dataset_id, Dataset)
    assert dataset.roles.past_covariates == ("weather",)

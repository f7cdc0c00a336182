"""Changed roles go into the draft at once, and from there into what is submitted."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ROW_ORDER, SeriesDataSpec
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_page,
    read_texts,
    upload,
)

SHOPS = to_csv(
    {
        "day": make_days() * 2,
        "shop": ["north"] * 120 + ["south"] * 120,
        "sales": make_wave() + make_wave(level=20),
        "visitors": make_wave(level=50) + make_wave(level=60),
        "holiday": [0, 1] * 120,
    }
)


def train(app: AppTest, store: Store) -> SeriesDataSpec:
    app.button(key="data.train").click().run()
    assert not app.exception
    return store.runs.list_newest()[0].spec.data


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("time", ROW_ORDER, ROW_ORDER),
        pytest.param(*("targets", ["visitors"], ("visitors",)), marks=pytest.mark.slow),
        ("targets", ["visitors", "sales"], ("visitors", "sales")),
        ("fill", "previous", "previous"),
        pytest.param(*("fill", "season", "season"), marks=pytest.mark.slow),
        ("resample", "W-MON", "W-MON"),
    ],
)
def test_a_changed_role_is_submitted(key: str, value: Any, expected: Any, store: Store) -> None:
    app = upload(SALES)
    widgets = app.multiselect if key == "targets" else app.selectbox
    widgets(key=f"columns.{key}").set_value(value).run()
    assert not app.exception
    assert getattr(get_draft(app).spec.data, key) == expected
    assert getattr(train(app, store), key) == expected


def test_every_role_at_once(store: Store) -> None:
    app = upload(SHOPS)
    app.multiselect(key="columns.targets").set_value(["sales"]).run()
    app.multiselect(key="columns.past_covariates").set_value(["visitors"]).run()
    assert not app.error
    data = train(app, store)
    assert (data.time, data.series) == ("day", "shop")
    assert (data.targets, data.past_covariates) == (("sales",), ("visitors",))
    dataset = store.collections.get_as(store.runs.list_newest()[0].dataset_id, Dataset)
    assert dataset.series_names == ["north", "south"]
    assert dataset.roles.past_covariates == ("visitors",)


def test_a_column_with_two_roles_is_refused_and_the_draft_stays() -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value(["sales"]).run()
    before = get_draft(app)
    app.multiselect(key="columns.past_covariates").set_value(["sales"]).run()
    assert [error.value for error in app.error]
    assert "more than one role" in app.error[0].value
    assert get_draft(app) == before
    app.multiselect(key="columns.past_covariates").set_value(["visitors"]).run()
    assert not app.error
    assert get_draft(app).spec.data.past_covariates == ("visitors",)


def test_without_a_chosen_target_the_profile_chooses(store: Store) -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value([]).run()
    assert not app.exception
    assert get_draft(app).spec.data.targets == ()
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    assert train(app, store).targets == ("visitors",)


@pytest.fixture
def without_future() -> AppTest:
    """A covariate is said to be known ahead of time, and nothing of its future is given."""
    app = upload(SHOPS)
    app.multiselect(key="columns.targets").set_value(["sales"]).run()
    app.multiselect(key="columns.known_future_covariates").set_value(["holiday"]).run()
    assert get_draft(app).spec.data.known_future_covariates == ("holiday",)
    return app


def test_a_known_future_covariate_needs_its_future(without_future: AppTest) -> None:
    assert '"holiday" are given for 0 steps' in assert_refused(without_future)
    assert not has_button(without_future, "data.train")
    without_future.multiselect(key="columns.known_future_covariates").set_value([]).run()
    assert not without_future.error


def test_a_missing_future_can_be_done_without_by_choice(
    without_future: AppTest, store: Store
) -> None:
    without_future.button(key="data.without_future").click().run()
    assert not without_future.error
    assert any("their past alone is used" in text for text in read_texts(without_future))
    assert without_future.selectbox(key="data.missing_future").value == "ignore"
    data = train(without_future, store)
    assert (data.known_future_covariates, data.missing_future) == (("holiday",), "ignore")


def test_doing_without_the_future_can_be_taken_back(without_future: AppTest) -> None:
    without_future.button(key="data.without_future").click().run()
    without_future.selectbox(key="data.missing_future").set_value("refuse").run()
    assert_refused(without_future)
    assert get_draft(without_future).spec.data.missing_future == "refuse"


def test_a_horizon_beyond_the_known_future_is_refused_near_its_field(store: Store) -> None:
    ahead = ["1"] * 3
    app = upload(
        to_csv(
            {
                "day": make_days(123),
                "sales": [*make_wave(), "", "", ""],
                "holiday": ["0", "1"] * 60 + ahead,
            }
        )
    )
    assert app.multiselect(key="columns.known_future_covariates").value == ["holiday"]
    app.multiselect(key="columns.known_future_covariates").set_value([]).run()
    app.multiselect(key="columns.known_future_covariates").set_value(["holiday"]).run()
    app = open_page("model", app)
    assert not app.error
    app.number_input(key="task.horizon").set_value(10).run()
    assert "given for 3 steps" in assert_refused(app)
    assert get_draft(app).spec.task.horizon is None
    app.button(key="model.task.horizon.without_future").click().run()
    assert not app.error
    assert app.number_input(key="task.horizon").value == 10
    app.button(key="model.train").click().run()
    spec = store.runs.list_newest()[0].spec
    assert (spec.task.horizon, spec.data.missing_future) == (10, "ignore")


def test_more_texts_can_be_told_apart_than_are_unasked(store: Store) -> None:
    kinds = [f"kind {number * 7 % 20:02d}" for number in range(120)]
    app = upload(to_csv({"day": make_days(), "sales": make_wave(), "kind": kinds}))
    assert app.multiselect(key="columns.past_covariates").value == []
    app.number_input(key="columns.levels").set_value(30).run()
    assert not app.error
    assert app.multiselect(key="columns.past_covariates").value == ["kind"]
    data = train(app, store)
    assert (data.levels, data.past_covariates) == (30, None)


def test_the_longest_gap_is_shown_as_it_is_filled() -> None:
    wave: list[Any] = make_wave()
    app = upload(to_csv({"day": make_days(), "sales": wave}))
    assert not list_filled(app)
    wave[50:53] = [""] * 3
    app = upload(to_csv({"day": make_days(), "sales": wave}), app=app)
    (line,) = list_filled(app)
    app.selectbox(key="columns.fill").set_value("previous").run()
    (repeated,) = list_filled(app)
    assert repeated == [make_wave()[49]] * 3
    assert repeated != line


def list_filled(app: AppTest) -> list[list[float]]:
    """Return what stands in place of what is missing, in each preview of filling."""
    figures = [
        json.loads(chart.proto.spec)
        for chart in app.get("plotly_chart")
        if "columns.filling" in chart.proto.id
    ]
    return [
        np.frombuffer(base64.b64decode(trace["y"]["bdata"]), trace["y"]["dtype"]).tolist()
        for figure in figures
        for trace in figure["data"]
        if trace["name"] == "put in its place"
    ]

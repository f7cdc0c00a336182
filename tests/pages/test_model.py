"""Each setting that a person changes arrives in the run; what is refused stays to be corrected."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.run import Run
from lstm_core.runs.store import Store
from lstm_core.spec import ExperimentSpec
from tests.pages.tables import SALES
from tests.pages.visiting import assert_refused, get_draft, has_button, open_page, upload


@pytest.fixture
def model_page() -> AppTest:
    app = upload(SALES, "sales.csv")
    return open_page("model", app)


def train(app: AppTest, store: Store) -> Run:
    app.button(key="model.train").click().run()
    assert not app.exception
    run = store.list_runs()[0]
    assert app.query_params["id"] == run.id
    return run


def read(spec: ExperimentSpec, path: str) -> Any:
    section, key = path.split(".")
    return getattr(getattr(spec, section), key)


def test_without_a_draft_the_page_leads_to_the_data(store: Store) -> None:
    app = open_page("model")
    assert not has_button(app, "model.train")
    assert [link.proto.page for link in app.page_link] == ["data"]
    assert store.list_runs() == []


def test_nothing_changed_trains_with_the_defaults(model_page: AppTest, store: Store) -> None:
    run = train(model_page, store)
    assert run.spec.training == ExperimentSpec().training
    assert run.spec.forecast == ExperimentSpec().forecast
    assert run.spec.model.num_layers == 1


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("number_input", "forecast.horizon", 5),
        ("number_input", "forecast.lookback", 21),
        ("number_input", "forecast.season", 14),
        ("slider", "forecast.validation_fraction", 0.2),
        ("slider", "forecast.test_fraction", 0.25),
        ("selectbox", "forecast.scaling", "minmax"),
        ("selectbox", "forecast.window_normalisation", "none"),
        ("selectbox", "model.architecture", "bidirectional"),
        ("number_input", "model.units", 16),
        ("slider", "model.dropout", 0.2),
        ("number_input", "model.l1", 0.001),
        ("number_input", "model.l2", 0.01),
        ("number_input", "training.epochs", 7),
        ("number_input", "training.patience", 3),
        ("number_input", "training.patience", None),
        ("number_input", "training.learning_rate", 0.01),
        ("selectbox", "training.loss", "huber"),
        ("selectbox", "training.optimizer", "sgd"),
        ("number_input", "training.batch_size", 16),
        ("number_input", "training.clip_norm", None),
        ("number_input", "training.seed", 7),
    ],
)
def test_a_changed_setting_arrives_in_the_run(
    kind: str, path: str, value: Any, model_page: AppTest, store: Store
) -> None:
    getattr(model_page, kind)(key=path).set_value(value).run()
    assert not model_page.exception
    assert not model_page.error
    assert read(train(model_page, store).spec, path) == value


def test_changes_to_every_section_arrive_together(model_page: AppTest, store: Store) -> None:
    model_page.number_input(key="forecast.horizon").set_value(4)
    model_page.number_input(key="model.units").set_value(8)
    model_page.number_input(key="training.epochs").set_value(2).run()
    spec = train(model_page, store).spec
    assert (spec.forecast.horizon, spec.model.units, spec.training.epochs) == (4, 8, 2)


def test_architectures_bring_layers_that_fit_them(model_page: AppTest, store: Store) -> None:
    def choose(architecture: str) -> tuple[str, int]:
        model_page.selectbox(key="model.architecture").set_value(architecture).run()
        assert not model_page.exception
        assert not model_page.error
        model = get_draft(model_page).spec.model
        return model.architecture, model.num_layers

    assert choose("stacked") == ("stacked", 2)
    model_page.number_input(key="model.layers_stacked").set_value(3).run()
    assert get_draft(model_page).spec.model.layers == 3
    assert choose("vanilla") == ("vanilla", 1)
    assert choose("stacked")[0] == "stacked"
    assert choose("gru")[0] == "gru"
    assert choose("vanilla") == ("vanilla", 1)
    assert train(model_page, store).spec.model.architecture == "vanilla"


def test_a_setting_that_the_data_refuses_can_be_corrected(
    model_page: AppTest, store: Store
) -> None:
    before = get_draft(model_page)
    model_page.number_input(key="forecast.lookback").set_value(5_000).run()
    assert "120" in assert_refused(model_page)
    assert get_draft(model_page) == before
    assert not has_button(model_page, "model.train")
    model_page.number_input(key="forecast.lookback").set_value(20).run()
    assert not model_page.error
    assert train(model_page, store).spec.forecast.lookback == 20


def test_settings_survive_a_visit_to_other_pages(model_page: AppTest) -> None:
    model_page.number_input(key="training.patience").set_value(None).run()
    model_page.number_input(key="model.units").set_value(16).run()
    for name in ("home", "runs", "data", "model"):
        open_page(name, model_page)
    spec = get_draft(model_page).spec
    assert (spec.training.patience, spec.model.units) == (None, 16)
    assert model_page.number_input(key="model.units").value == 16
    assert model_page.number_input(key="training.patience").value is None


def test_a_table_that_cannot_be_used_is_refused_here_as_well(store: Store) -> None:
    app = upload(b"day,value\n2024-01-01,1\n")
    assert "only one row" in assert_refused(open_page("model", app))
    assert not has_button(app, "model.train")
    assert store.list_datasets() == []

"""Each setting that a person changes arrives in the run; what is refused stays to be corrected."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ROW_ORDER, ExperimentSpec, list_settings
from tests.pages.tables import NUM_DAYS, SALES, make_days, make_wave, to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_page,
    open_untrained,
    read_texts,
    upload,
)

LONG = to_csv(
    {"day": make_days(400), "sales": make_wave(400), "visitors": make_wave(400, level=50)}
)
"""Long enough for a season that a segment LSTM is chosen for."""


@pytest.fixture
def model_page() -> AppTest:
    """Few rows, and a network that begins untrained."""
    return open_untrained(upload(SALES, "sales.csv"))


@pytest.fixture
def long_page() -> AppTest:
    """Two targets, a season, many rows: every setting applies sooner or later."""
    app = upload(LONG, "long.csv")
    app.multiselect(key="columns.targets").set_value(["sales", "visitors"]).run()
    return open_page("model", app)


def list_asked(app: AppTest) -> set[str]:
    """Return ``section.key`` of every setting that the page asks for."""
    kinds = ("number_input", "selectbox", "slider", "radio", "toggle", "multiselect", "text_input")
    keys = {str(widget.key) for kind in kinds for widget in app.get(kind)}
    return {key.split("_")[0] if key.startswith("model.layers") else key for key in keys}


def tell(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def train(app: AppTest, store: Store) -> Run:
    app.button(key="model.train").click().run()
    assert not app.exception
    run = store.runs.list_newest()[0]
    assert app.query_params["id"] == run.id
    return run


def read(spec: ExperimentSpec, path: str) -> Any:
    section, key = path.split(".")
    return getattr(getattr(spec, section), key)


def test_without_a_draft_the_page_leads_to_the_data(store: Store) -> None:
    app = open_page("model")
    assert not has_button(app, "model.train")
    assert [link.proto.page for link in app.page_link] == ["data"]
    assert store.runs.list_newest() == []


def test_nothing_changed_trains_with_the_defaults(store: Store) -> None:
    run = train(open_page("model", upload(SALES, "sales.csv")), store)
    assert run.spec.training == ExperimentSpec().training
    assert run.spec.task == ExperimentSpec().task
    assert run.spec.model == ExperimentSpec().model


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("number_input", "task.horizon", 5),
        pytest.param("number_input", "task.lookback", 21, marks=pytest.mark.slow),
        pytest.param("number_input", "task.season", 14, marks=pytest.mark.slow),
        pytest.param(*("number_input", "task.validation_fraction", 0.2), marks=pytest.mark.slow),
        pytest.param("number_input", "task.test_fraction", 0.25, marks=pytest.mark.slow),
        pytest.param("selectbox", "task.strategy", "recursive", marks=pytest.mark.slow),
        ("selectbox", "task.transform", "boxcox"),
        pytest.param("selectbox", "task.scaling", "minmax", marks=pytest.mark.slow),
        pytest.param("selectbox", "task.window_normalisation", "none", marks=pytest.mark.slow),
        ("selectbox", "task.ranges", "quantile"),
        pytest.param("selectbox", "task.shrink", False, marks=pytest.mark.slow),
        pytest.param("number_input", "task.num_folds", 1, marks=pytest.mark.slow),
        ("selectbox", "task.refit", False),
        pytest.param("selectbox", "task.window", "sliding", marks=pytest.mark.slow),
        pytest.param("number_input", "task.gap", 2, marks=pytest.mark.slow),
        pytest.param(*("number_input", "task.stride", 3), marks=pytest.mark.slow),
        pytest.param("selectbox", "model.architecture", "bidirectional", marks=pytest.mark.slow),
        pytest.param("selectbox", "model.architecture", "segment", marks=pytest.mark.slow),
        pytest.param(*("selectbox", "task.outliers", "hampel"), marks=pytest.mark.slow),
        ("text_input", "task.lags", "60; 28, 28"),
        pytest.param("multiselect", "task.changes", ["return"], marks=pytest.mark.slow),
        pytest.param(*("selectbox", "task.holidays", "DE"), marks=pytest.mark.slow),
        pytest.param("selectbox", "task.exchange", "XNYS", marks=pytest.mark.slow),
        ("number_input", "model.units", 16),
        pytest.param("slider", "model.dropout", 0.2, marks=pytest.mark.slow),
        pytest.param("number_input", "model.l1", 0.001, marks=pytest.mark.slow),
        pytest.param(*("number_input", "model.l2", 0.01), marks=pytest.mark.slow),
        pytest.param("radio", "training.preset", "fast", marks=pytest.mark.slow),
        pytest.param("number_input", "training.num_seeds", 2, marks=pytest.mark.slow),
        ("selectbox", "training.retrain", True),
        pytest.param("toggle", "training.stateful", True, marks=pytest.mark.slow),
        pytest.param("number_input", "training.decay", 0.9, marks=pytest.mark.slow),
        pytest.param(*("number_input", "training.windows_per_epoch", 500), marks=pytest.mark.slow),
        pytest.param("number_input", "training.epochs", 7, marks=pytest.mark.slow),
        pytest.param("number_input", "training.patience", 3, marks=pytest.mark.slow),
        ("number_input", "training.patience", None),
        pytest.param("number_input", "training.learning_rate", 0.01, marks=pytest.mark.slow),
        pytest.param("selectbox", "training.loss", "huber", marks=pytest.mark.slow),
        pytest.param(*("selectbox", "training.loss", "log_cosh"), marks=pytest.mark.slow),
        pytest.param("selectbox", "training.optimizer", "lion", marks=pytest.mark.slow),
        pytest.param("selectbox", "training.schedule", "one_cycle", marks=pytest.mark.slow),
        ("selectbox", "training.precision", "mixed_bfloat16"),
        pytest.param("number_input", "training.batch_size", 16, marks=pytest.mark.slow),
        pytest.param("number_input", "training.clip_norm", None, marks=pytest.mark.slow),
        pytest.param(*("number_input", "training.seed", 7), marks=pytest.mark.slow),
    ],
)
def test_a_changed_setting_arrives_in_the_run(
    kind: str, path: str, value: Any, model_page: AppTest, store: Store
) -> None:
    getattr(model_page, kind)(key=path).set_value(value).run()
    assert not model_page.exception
    assert not model_page.error
    expected = {"task.lags": (28, 60), "task.changes": ("return",)}.get(path, value)
    assert read(train(model_page, store).spec, path) == expected


def test_every_setting_can_be_chosen(long_page: AppTest) -> None:
    asked = list_asked(long_page)
    long_page.selectbox(key="task.refit").set_value(True).run()
    asked |= list_asked(long_page)
    long_page.selectbox(key="training.optimizer").set_value("sgd")
    long_page.selectbox(key="training.loss").set_value("pinball").run()
    asked |= list_asked(long_page)
    long_page.text_input(key="task.rolling").set_value("7")
    long_page.selectbox(key="task.holidays").set_value("DE")
    long_page.multiselect(key="task.products").set_value(["sales"]).run()
    asked |= list_asked(long_page)
    settings = {path for path in list_settings(ExperimentSpec()) if not path.startswith("data.")}
    elsewhere = {"model.stack", "model.decoder"}  # built in the designer
    elsewhere |= {"task.categories", "task.covariates"}  # asked where there are other columns
    elsewhere |= {"task.calendar_tried"}  # follows from the rows
    elsewhere |= {"model.fine_tune", "model.pretrained_version"}  # of a network that comes trained
    assert asked == settings - {"task.kind"} - elsewhere


def test_what_does_not_apply_is_not_asked(long_page: AppTest) -> None:
    assert "model.segment" in list_asked(long_page)
    assert "model.mixing" in list_asked(long_page)
    long_page.selectbox(key="model.architecture").set_value("vanilla").run()
    assert not {"model.segment", "model.layers", "task.window"} & list_asked(long_page)
    long_page.selectbox(key="task.strategy").set_value("recursive").run()
    assert "task.ranges" not in list_asked(long_page)


def test_what_is_not_asked_any_more_is_not_lost(long_page: AppTest) -> None:
    long_page.number_input(key="model.segment").set_value(14).run()
    long_page.selectbox(key="model.architecture").set_value("gru").run()
    long_page.selectbox(key="model.architecture").set_value("auto").run()
    assert get_draft(long_page).spec.model.architecture is None
    assert long_page.number_input(key="model.segment").value == 14


def test_auto_says_what_it_comes_to_and_why(model_page: AppTest) -> None:
    assert model_page.number_input(key="task.horizon").value is None
    assert "**12** · A tenth of the 120 rows." in tell(model_page)
    assert "Each is tried, and the validation part chooses." in tell(model_page)


def test_an_emptied_field_goes_back_to_auto(model_page: AppTest) -> None:
    field = model_page.number_input(key="task.horizon").set_value(5).run()
    assert get_draft(model_page).spec.task.horizon == 5
    assert "Auto: **12** · A tenth" in tell(model_page)
    field.number_input(key="task.horizon").set_value(None).run()
    assert get_draft(model_page).spec.task.horizon is None
    model_page.selectbox(key="model.architecture").set_value("gru").run()
    model_page.selectbox(key="model.architecture").set_value("auto").run()
    assert get_draft(model_page).spec.model.architecture is None


def test_one_choice_does_not_settle_what_follows_from_it(model_page: AppTest) -> None:
    model_page.number_input(key="task.horizon").set_value(6).run()
    model_page.radio(key="training.preset").set_value("best").run()
    spec = get_draft(model_page).spec
    assert spec == ExperimentSpec(data=spec.data).with_values(
        {"model.architecture": "vanilla", "task.horizon": 6, "training.preset": "best"}
    )
    assert "**5** · By the preset best." in tell(model_page)


def test_a_test_part_of_less_than_one_horizon_is_told(model_page: AppTest) -> None:
    model_page.number_input(key="task.test_fraction").set_value(0.02).run()
    assert not model_page.error
    assert "less than one horizon, so one horizon is kept: 12 rows." in tell(model_page)


def test_changes_to_every_section_arrive_together(model_page: AppTest, store: Store) -> None:
    model_page.number_input(key="task.horizon").set_value(4)
    model_page.number_input(key="model.units").set_value(8)
    model_page.number_input(key="training.epochs").set_value(2).run()
    spec = train(model_page, store).spec
    assert (spec.task.horizon, spec.model.units, spec.training.epochs) == (4, 8, 2)


def test_a_change_that_comes_with_the_click_on_train_counts(
    model_page: AppTest, store: Store
) -> None:
    model_page.number_input(key="training.epochs").set_value(3)
    assert train(model_page, store).spec.training.epochs == 3


def test_a_refused_change_that_comes_with_the_click_stops_it(
    model_page: AppTest, store: Store
) -> None:
    model_page.number_input(key="task.lookback").set_value(5_000)
    model_page.button(key="model.train").click().run()
    assert "too few rows" in assert_refused(model_page)
    assert store.runs.list_newest() == []


def test_architectures_bring_layers_that_fit_them(model_page: AppTest, store: Store) -> None:
    def choose(architecture: str) -> tuple[str, int]:
        model_page.selectbox(key="model.architecture").set_value(architecture).run()
        assert not model_page.exception
        assert not model_page.error
        model = get_draft(model_page).spec.model
        assert model.architecture is not None
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
    model_page.number_input(key="task.lookback").set_value(5_000).run()
    assert "120" in assert_refused(model_page)
    assert get_draft(model_page) == before
    assert not has_button(model_page, "model.train")
    model_page.number_input(key="task.lookback").set_value(20).run()
    assert not model_page.error
    assert train(model_page, store).spec.task.lookback == 20


def test_a_refused_setting_takes_no_other_with_it(model_page: AppTest) -> None:
    model_page.number_input(key="task.lookback").set_value(5_000)
    model_page.number_input(key="model.units").set_value(8).run()
    assert "too few rows" in assert_refused(model_page)
    spec = get_draft(model_page).spec
    assert (spec.task.lookback, spec.model.units) == (None, 8)
    assert model_page.number_input(key="task.lookback").value == 5_000
    model_page.number_input(key="training.epochs").set_value(3).run()
    assert get_draft(model_page).spec.training.epochs == 3
    assert "too few rows" in assert_refused(model_page)


def test_a_fold_without_data_is_refused_with_a_way_out(model_page: AppTest, store: Store) -> None:
    model_page.number_input(key="task.num_folds").set_value(20).run()
    assert "Fold" in assert_refused(model_page)
    assert get_draft(model_page).spec.task.num_folds is None
    model_page.button(key="model.task.num_folds.one_fold").click().run()
    assert not model_page.error
    assert model_page.number_input(key="task.num_folds").value == 1
    assert train(model_page, store).spec.task.num_folds == 1


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
    assert store.collections.list_newest() == []


@pytest.mark.parametrize(
    ("choice", "value", "kind", "path", "detail"),
    [
        ("training.optimizer", "sgd", "number_input", "training.momentum", 0.9),
        ("training.loss", "pinball", "slider", "training.pinball_level", 0.9),
    ],
)
def test_a_detail_of_a_choice_is_asked_with_it(
    choice: str, value: str, kind: str, path: str, detail: float, model_page: AppTest, store: Store
) -> None:
    assert path not in list_asked(model_page)
    model_page.selectbox(key=choice).set_value(value).run()
    getattr(model_page, kind)(key=path).set_value(detail).run()
    assert not model_page.error
    spec = train(model_page, store).spec
    assert (read(spec, choice), read(spec, path)) == (value, detail)


def test_the_calendar_is_asked_for_as_far_as_the_rows_tell_it(
    model_page: AppTest, store: Store
) -> None:
    field = model_page.multiselect(key="task.calendar")
    assert field.options == ["Day of the week", "Day of the month", "Day of the year"]
    field.set_value(["year_day", "weekday"]).run()
    assert not model_page.error
    assert train(model_page, store).spec.task.calendar == ("weekday", "year_day")


def test_numbered_rows_are_asked_for_no_calendar() -> None:
    app = upload(to_csv({"step": range(120), "sales": make_wave()}), "steps.csv")
    asked = list_asked(open_page("model", app))
    assert not {"task.calendar", "task.calendar_read"} & asked


def test_whether_the_rest_of_the_calendar_is_tried_is_asked(
    model_page: AppTest, store: Store
) -> None:
    model_page.selectbox(key="task.calendar_read").set_value("none").run()
    assert not model_page.error
    run = train(model_page, store)
    assert run.spec.task.calendar_read == "none"


def test_categories_are_asked_for_where_there_are_some(model_page: AppTest, store: Store) -> None:
    assert "task.categories" not in list_asked(model_page)
    weather = [["sun", "rain", "snow"][number * 7 % 5 % 3] for number in range(NUM_DAYS)]
    table = to_csv({"day": make_days(), "sales": make_wave(), "weather": weather})
    app = open_untrained(upload(table, "weather.csv"))
    app.selectbox(key="task.categories").set_value("embedded").run()
    assert not app.error
    assert train(app, store).spec.task.categories == "embedded"


def test_which_covariates_are_read_is_asked_where_there_are_some(
    model_page: AppTest, store: Store
) -> None:
    assert "task.covariates" not in list_asked(model_page)
    table = to_csv({"day": make_days(), "sales": make_wave(), "open": [1, 0] * (NUM_DAYS // 2)})
    app = open_untrained(upload(table, "shop.csv"))
    app.selectbox(key="task.covariates").set_value("none").run()
    assert not app.error
    assert train(app, store).spec.task.covariates == "none"


def test_a_calendar_that_no_longer_fits_the_rows_can_be_taken_out(store: Store) -> None:
    app = open_untrained(upload(SALES, "sales.csv"))
    app.multiselect(key="task.calendar").set_value(["weekday"]).run()
    open_page("data", app)
    app.selectbox(key="columns.time").set_value(ROW_ORDER).run()
    open_page("model", app)
    assert "Rows are numbered here" in assert_refused(app)
    app.multiselect(key="task.calendar").set_value([]).run()
    assert not app.error
    assert train(app, store).spec.task.calendar == ()


def test_decay_is_asked_for_where_it_is_the_schedule(model_page: AppTest) -> None:
    assert "training.decay" in list_asked(model_page)
    model_page.selectbox(key="training.schedule").set_value("cosine").run()
    assert "training.decay" not in list_asked(model_page)


def test_mixed_precision_says_where_it_pays(model_page: AppTest) -> None:
    assert "on a GPU alone" not in tell(model_page)
    model_page.selectbox(key="training.precision").set_value("mixed_float16").run()
    assert "on a GPU alone" in tell(model_page)

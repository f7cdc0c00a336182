"""The pre-trained LSTM on the pages where networks are chosen, changed and compared."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.pages.tables import SALES
from tests.pages.visiting import (
    get_draft,
    has_button,
    open_page,
    put_draft,
    read_texts,
    upload,
)

NOT_ASKED = {"model.units", "model.segment", "model.dropout", "model.l1", "model.l2"}


def list_asked(app: AppTest) -> set[str]:
    kinds = ("number_input", "selectbox", "slider", "radio", "toggle")
    return {str(widget.key) for kind in kinds for widget in app.get(kind)}


def tell(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def set_value(app: AppTest, kind: str, key: str, value: Any) -> AppTest:
    getattr(app, kind)(key=key).set_value(value).run()
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


@pytest.fixture
def page() -> AppTest:
    """The model page with the network chosen by name."""
    app = open_page("model", upload(SALES, "sales.csv"))
    set_value(app, "selectbox", "model.architecture", "gru")
    set_value(app, "slider", "model.dropout", 0.2)
    return set_value(app, "selectbox", "model.architecture", "pretrained")


def test_it_is_explained_and_what_does_not_apply_is_not_asked(page: AppTest) -> None:
    assert "Has seen millions of made-up series, and no real one" in tell(page)
    assert not NOT_ASKED & list_asked(page)
    assert "training.stateful" not in list_asked(page)
    assert "task.window_normalisation" not in list_asked(page)


def test_what_goes_on_learning_is_chosen_and_arrives_in_the_run(
    page: AppTest, store: Store
) -> None:
    set_value(page, "radio", "model.fine_tune", "head")
    assert get_draft(page).spec.model.fine_tune == "head"
    captions = page.radio(key="model.fine_tune").proto.captions
    assert captions[1] == "used as it comes, in seconds"
    head, whole = (int(each.split(" ")[0].replace(",", "")) for each in captions[2:])
    assert 10_000 < head < whole
    assert all("weights, about " in caption for caption in captions[2:])
    assert "training.epochs" in list_asked(page)
    set_value(page, "radio", "model.fine_tune", "none")
    assert "training.epochs" not in list_asked(page)
    assert not has_button(page, "rate.find")
    page.button(key="model.train").click().run()
    (run,) = store.runs.list_newest()
    assert (run.spec.model.architecture, run.spec.model.fine_tune) == ("pretrained", "none")
    assert run.status is RunStatus.QUEUED


def test_what_learns_may_be_chosen_where_the_network_was_chosen_for_its_few_rows() -> None:
    app = open_page("model", upload(SALES))
    set_value(app, "radio", "model.fine_tune", "all")
    spec = get_draft(app).spec
    assert (spec.model.architecture, spec.model.fine_tune) == (None, "all")
    assert app.radio(key="model.fine_tune").value == "all"
    assert "model.units" not in list_asked(app)


def test_what_other_networks_had_stays_for_them(page: AppTest) -> None:
    assert get_draft(page).spec.model.dropout == 0.2
    set_value(page, "selectbox", "model.architecture", "gru")
    assert page.slider(key="model.dropout").value == 0.2


def test_the_card_says_that_nothing_is_trained(page: AppTest) -> None:
    set_value(page, "radio", "model.fine_tune", "none")
    open_page("data", page)
    assert "Nothing is trained: it takes seconds" in tell(page)


def test_the_designer_draws_it_and_says_what_a_change_makes_of_it(page: AppTest) -> None:
    app = open_page("designer", page)
    assert "begins untrained" in tell(app)
    assert app.get("plotly_chart")
    desk = app.session_state["designer.desk"]
    set_value(app, "number_input", f"designer.{desk.selected}.units", 12)
    model = get_draft(app).spec.model
    assert (model.architecture, model.fine_tune, model.pretrained_version) == ("custom", None, None)
    assert "begins untrained" not in tell(app)
    app.button(key="designer.undo").click().run()
    assert get_draft(app).spec.model.architecture == "pretrained"


def test_it_races_under_rules_that_are_right_for_it() -> None:
    app = open_page("race", upload(SALES))
    app.pills(key="race.names").set_value(["pretrained", "gru"]).run()
    assert not app.exception, app.exception
    rules = app.dataframe[0].value.set_index("Network")
    assert rules.loc["Pre-trained LSTM", "Width"] == "as it came"
    assert rules.loc["GRU", "Width"] != "as it came"
    assert "at most 0 passes" not in tell(app)
    assert "begins with the weights that it brings" in tell(app)


def test_with_few_rows_a_network_that_can_not_be_run_is_drawn_all_the_same() -> None:
    app = upload(SALES)
    refused = {"model.architecture": "gru", "training.stateful": True, "task.lookback": 119}
    put_draft(app, get_draft(app).spec.with_values(refused))
    open_page("designer", app)
    assert not app.exception, app.exception

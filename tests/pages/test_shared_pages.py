"""Pages that all tasks share speak each one's language, and ask nothing it has no use for."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.stores.store import Store
from lstm_core.spec.layers import LstmLayer
from lstm_core.tasks.registry import get_kind
from tests.pages.test_items import REVIEWS
from tests.pages.visiting import get_draft, has_button, open_page, read_texts, upload

FOREIGN = re.compile(r"\b(forecasts?|MAE|MASE|windows?|horizon|lookback|rows)\b", re.IGNORECASE)
"""Words of forecasting."""

PAGES = ("model", "designer", "race", "tune")


def open_items(page: str) -> AppTest:
    app = open_page(page, upload(REVIEWS, "reviews.csv"))
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_labels_are_not_spoken_of_as_forecasts(page: str) -> None:
    app = open_items(page)
    found = {said for said in read_texts(app) if FOREIGN.search(said)}
    assert not found


@pytest.mark.parametrize("page", PAGES)
def test_what_has_no_part_in_the_task_is_not_asked(page: str) -> None:
    app = open_items(page)
    kinds = ("selectbox", "number_input", "slider", "toggle")
    drawn = [getattr(widget, "key", None) or "" for kind in kinds for widget in app.get(kind)]
    for path in get_kind("classification").unused:
        assert not any(path in key for key in drawn), path


def test_the_designer_changes_a_network_for_labels(store: Store) -> None:
    app = open_items("designer")
    assert not has_button(app, "designer.decoder_sequence")
    assert not has_button(app, "designer.preset_prices")
    assert not has_button(app, "designer.preset_season")
    app.button(key="designer.preset_textbook").click().run()
    assert not app.exception, app.exception
    assert get_draft(app).spec.model.stack == (LstmLayer(units=32),)
    app.button(key="designer.copy").click().run()
    assert get_draft(app).spec.model.stack == (LstmLayer(units=32),) * 2
    app.button(key="designer.train").click().run()
    (run,) = store.runs.list_newest()
    assert run.spec.model.stack == (LstmLayer(units=32),) * 2


def test_a_race_of_labels_begins(store: Store) -> None:
    app = open_items("race")
    app.button(key="race.start").click().run()
    assert not app.exception, app.exception
    assert not app.error
    runs = store.runs.list_newest()
    assert len(runs) >= 4
    assert {run.spec.task.kind for run in runs} == {"classification"}

"""The learning rate that is looked for, found, and used."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.find_rate import FindRate, FoundRate
from lstm_core.runs.stores.store import Store
from tests.pages.tables import SALES
from tests.pages.visiting import (
    get_draft,
    has_button,
    open_untrained,
    read_texts,
    upload,
)

TABLE = pd.DataFrame(
    {"learning_rate": [1e-6, 1e-2, 1.0], "loss": [1.0, 0.4, 3.0], "smoothed": [1.0, 0.5, 2.0]}
)


class Finder:
    """Stands where the backend asks another process."""

    def __init__(self) -> None:
        self.asked: list[FindRate] = []
        self.error: StudioError | None = None

    def __call__(self, backend: LocalBackend, question: FindRate) -> FoundRate:
        self.asked.append(question)
        if self.error is not None:
            raise self.error
        return FoundRate(TABLE, 0.003)


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Finder:
    finder = Finder()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: finder(*arguments[:2]))
    return finder


@pytest.fixture
def model_page() -> AppTest:
    return open_untrained(upload(SALES, "sales.csv"))


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception, app.exception


def read_chart(app: AppTest) -> dict[str, Any] | None:
    found = [
        json.loads(chart.proto.spec)
        for chart in app.get("plotly_chart")
        if "learning rates" in chart.proto.alt
    ]
    return found[0] if found else None


def test_the_rate_is_looked_for_on_this_very_dataset(
    model_page: AppTest, finder: Finder, store: Store
) -> None:
    model_page.selectbox(key="training.optimizer").set_value("lion").run()
    assert finder.asked == []  # it costs seconds: only when it is asked for
    press(model_page, "rate.find")
    (question,) = finder.asked
    assert question.spec.training.optimizer == "lion"
    assert store.collections.get_as(question.dataset_id, Dataset).roles.targets == ("sales",)
    chart = read_chart(model_page)
    assert chart is not None
    assert [line["name"] for line in chart["data"]][1:] == ["smoothed", "suggested: 0.003"]
    text = " ".join(read_texts(model_page)).replace("\\", "")
    assert "a tenth of that, 0.003" in text
    assert get_draft(model_page).spec.training.learning_rate is None  # nothing by itself


def test_the_rate_found_goes_into_the_draft(model_page: AppTest, finder: Finder) -> None:
    assert not has_button(model_page, "rate.use")
    press(model_page, "rate.find")
    assert model_page.button(key="rate.use").label == "Use 0.003"
    press(model_page, "rate.use")
    assert get_draft(model_page).spec.training.learning_rate == 0.003
    assert model_page.number_input(key="training.learning_rate").value == 0.003
    assert model_page.button(key="rate.use").disabled
    assert read_chart(model_page) is not None


def test_what_has_no_say_in_it_keeps_the_answer(model_page: AppTest, finder: Finder) -> None:
    press(model_page, "rate.find")
    model_page.number_input(key="training.epochs").set_value(7).run()
    model_page.selectbox(key="training.schedule").set_value("cosine").run()
    assert model_page.button(key="rate.find").disabled
    assert read_chart(model_page) is not None


def test_another_network_needs_another_search(model_page: AppTest, finder: Finder) -> None:
    press(model_page, "rate.find")
    model_page.number_input(key="model.units").set_value(3).run()
    assert read_chart(model_page) is None
    press(model_page, "rate.find")
    assert [question.spec.model.units for question in finder.asked] == [None, 3]


def test_a_refusal_is_shown_and_can_be_tried_again(model_page: AppTest, finder: Finder) -> None:
    finder.error = StudioError("At no rate did it fall.", "Keep Auto.")
    press(model_page, "rate.find")
    assert "At no rate" in model_page.error[0].value
    finder.error = None
    press(model_page, "rate.find")
    assert len(model_page.error) == 0
    assert has_button(model_page, "rate.use")

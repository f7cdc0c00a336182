"""Prices from Yahoo, whose answers are canned: the code that asks and refuses is the real one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.yahoo import fetch_prices
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.data.canned_yahoo import (
    FAILURES,
    CannedSession,
    empty,
    make_chart,
    too_many,
    unknown,
    unplugged,
)
from tests.pages.tables import SALES
from tests.pages.visiting import assert_refused, get_draft, has_button, upload

Answer = Callable[[str], tuple[int, Any]]


def five_months(url: str) -> tuple[int, Any]:
    return 200, make_chart(150) if "/chart/" in url else "crumb"


@pytest.fixture
def yahoo(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], CannedSession]:
    """Let Yahoo answer as told, and never wait between two tries."""

    def answer_with(answer: Answer) -> CannedSession:
        session = CannedSession(answer)
        canned = partial(fetch_prices, session=session, wait=lambda seconds: None)
        monkeypatch.setattr("lstm_core.data.loading.fetch_prices", canned)
        return session

    return answer_with


def fetch(app: AppTest, ticker: str) -> AppTest:
    app.segmented_control(key="data.source").set_value("ticker").run()
    app.text_input(key="data.ticker").set_value(ticker)
    # Streamlit names the button of a form after the form as well.
    (button,) = [button for button in app.button if "data.fetch" in str(button.key)]
    button.click().run()
    return app


@pytest.mark.parametrize(
    ("answer", "ticker", "said"),
    [
        (unplugged, "AAPL", "could not be reached"),
        (too_many, "AAPL", "too many requests"),
        (unknown, "NOSUCH", "no prices"),
        (empty, "NOTHING", "empty answer"),
        (unplugged, "not a ticker", "not a ticker"),
        (unplugged, "../../etc", "not a ticker"),
    ],
)
def test_a_refusal_is_told_and_keeps_what_was_there(
    answer: Answer,
    ticker: str,
    said: str,
    yahoo: Callable[[Answer], CannedSession],
    store: Store,
) -> None:
    yahoo(answer)
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    before = get_draft(app)
    assert said in assert_refused(fetch(app, ticker))
    assert get_draft(app) == before
    assert not has_button(app, "data.train")
    assert store.runs.list_newest() == []
    assert store.collections.list_newest() == []
    app.segmented_control(key="data.source").set_value("upload").run()
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data.targets == ("visitors",)


def test_a_refused_ticker_is_not_asked_for_again_by_itself(
    yahoo: Callable[[Answer], CannedSession],
) -> None:
    session = yahoo(unknown)
    app = fetch(upload(SALES), "GONE")
    asked = session.num_charts
    app.run()
    assert session.num_charts == asked


def fail_with_a_copy(
    yahoo: Callable[[Answer], CannedSession], app: AppTest, ticker: str, failure: Answer
) -> AppTest:
    """Ask for prices that came two days ago, and don't now."""
    folder = load_settings().cache_folder
    fetch_prices(ticker, session=CannedSession(five_months), cache_folder=folder)
    [copy] = folder.glob("yahoo_*.parquet")
    then = time.time() - 2 * 86_400 - 60
    os.utime(copy, (then, then))
    yahoo(failure)
    return fetch(app, ticker)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("name", ["overloaded", "crumb", "too far back", "no entry"])
def test_the_last_good_copy_is_offered_with_its_age(
    name: str, yahoo: Callable[[Answer], CannedSession], store: Store
) -> None:
    failure, said = FAILURES[name]
    app = fail_with_a_copy(yahoo, upload(SALES), f"OLD{len(said)}", failure)
    assert said in app.error[0].value.replace("\\", "")
    assert "misspelt" not in app.error[0].value
    assert app.button(key="data.take_copy").label == "Use the copy of 2 days ago"
    press(press(app, "data.take_copy"), "data.train")
    (run,) = store.runs.list_newest()
    assert run.spec.data.source == "yahoo"
    assert store.collections.get_as(run.dataset_id, Dataset).num_rows >= 100


def test_the_sample_of_stock_prices_is_offered(
    yahoo: Callable[[Answer], CannedSession], store: Store
) -> None:
    yahoo(FAILURES["overloaded"][0])
    app = fetch(upload(SALES), "BUSY")
    assert not has_button(app, "data.take_copy")
    press(press(app, "data.take_stocks"), "data.train")
    (run,) = store.runs.list_newest()
    assert (run.spec.data.source, run.spec.data.name) == ("sample", "stocks")


def test_what_is_no_ticker_is_offered_nothing(yahoo: Callable[[Answer], CannedSession]) -> None:
    yahoo(unplugged)
    assert not has_button(fetch(upload(SALES), "no ticker"), "data.take_stocks")


def test_prices_become_a_run(yahoo: Callable[[Answer], CannedSession], store: Store) -> None:
    yahoo(five_months)
    app = fetch(upload(SALES), " aapl ")
    assert not app.error
    app.button(key="data.train").click().run()
    (run,) = store.runs.list_newest()
    assert (run.spec.data.source, run.spec.data.name) == ("yahoo", "AAPL")
    assert store.collections.get_as(run.dataset_id, Dataset).num_rows >= 100

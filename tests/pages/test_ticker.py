"""Prices from Yahoo and series from FRED: their answers are canned, what asks is the real code."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.online.fetching import ask_source, fetch_table
from lstm_core.data.sources.online.fred import Fred
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.data.sources.online.yahoo import Yahoo
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.data.canned_fred import CannedFred
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
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_again,
    open_page,
    read_texts,
    upload,
)
from tests.shares import share

Answer = Callable[[str], tuple[int, Any]]


def five_months(url: str) -> tuple[int, Any]:
    return 200, make_chart(150) if "/chart/" in url else "crumb"


@pytest.fixture
def yahoo(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], CannedSession]:
    """Let Yahoo answer as told, and never wait between two tries."""

    def answer_with(answer: Answer) -> CannedSession:
        session = CannedSession(answer)
        monkeypatch.setitem(ONLINE_SOURCES, "yahoo", Yahoo(session))
        for ask in (ask_source, fetch_table):
            canned = partial(ask, wait=lambda seconds: None)
            monkeypatch.setattr(f"lstm_core.data.loading.{ask.__name__}", canned)
        return session

    return answer_with


def fetch(app: AppTest, ticker: str) -> AppTest:
    app.segmented_control(key="data.source").set_value("ticker").run()
    return send(app, ticker)


def send(app: AppTest, ticker: str) -> AppTest:
    app.text_input(key="data.ticker").set_value(ticker)
    # Streamlit names the button of a form after the form as well.
    (button,) = [button for button in app.button if str(button.key).endswith("data.fetch")]
    button.click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("answer", "ticker", "said"),
    [
        (unplugged, "AAPL", "could not be reached"),
        pytest.param(*(too_many, "AAPL", "too many requests"), marks=pytest.mark.slow),
        (unknown, "NOSUCH", "no prices"),
        pytest.param(*(empty, "NOTHING", "empty answer"), marks=pytest.mark.slow),
        (unplugged, "not a ticker", "not a ticker"),
        pytest.param(*(unplugged, "../../etc", "not a ticker"), marks=pytest.mark.slow),
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
    fetch_table(Yahoo(CannedSession(five_months)), ticker, cache_folder=folder)
    [copy] = folder.glob("yahoo_*.parquet")
    then = time.time() - 2 * 86_400 - 60
    os.utime(copy, (then, then))
    yahoo(failure)
    return fetch(app, ticker)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    "name", share(["overloaded", "crumb", "too far back", "no entry"], ("crumb",))
)
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


def only(*names: str) -> Answer:
    """Answer for these tickers alone."""

    def answer(url: str) -> tuple[int, Any]:
        found = re.search(r"/chart/([^?]+)", url)
        return unknown(url) if found and found[1] not in names else five_months(url)

    return answer


def test_several_tickers_are_a_series_each(
    yahoo: Callable[[Answer], CannedSession], store: Store
) -> None:
    yahoo(five_months)
    app = fetch(upload(SALES), "many1, many2")
    app.button(key="data.train").click().run()
    (run,) = store.runs.list_newest()
    assert run.spec.data.name == "MANY1, MANY2"
    dataset = store.collections.get_as(run.dataset_id, Dataset)
    assert dataset.series_names == ["MANY1", "MANY2"]


def test_who_fails_is_named_and_left_out_and_a_reload_still_says_so(
    yahoo: Callable[[Answer], CannedSession],
) -> None:
    session = yahoo(only("HERE1", "HERE2"))
    app = fetch(upload(SALES), "HERE1, GONE4, HERE2")
    assert get_draft(app).spec.data.name == "HERE1, HERE2"
    assert "GONE4" in app.warning[0].value
    assert not app.error
    asked = session.num_charts
    again = open_again("data", app)
    assert "GONE4" in again.warning[0].value
    assert session.num_charts == asked


def test_the_old_copy_of_one_that_fails_can_be_taken(
    yahoo: Callable[[Answer], CannedSession],
) -> None:
    fetch_table(
        Yahoo(CannedSession(five_months)), "AGED", cache_folder=load_settings().cache_folder
    )
    [copy] = load_settings().cache_folder.glob("yahoo_*.parquet")
    then = time.time() - 2 * 86_400 - 60
    os.utime(copy, (then, then))
    yahoo(only("YOUNG"))
    app = fetch(upload(SALES), "YOUNG, AGED")
    assert get_draft(app).spec.data.name == "YOUNG"
    assert app.button(key="data.take_copy").label == "Use the copy of 2 days ago"
    press(app, "data.take_copy")
    assert get_draft(app).spec.data.name == "YOUNG, AGED"


def test_what_is_asked_for_stands_in_the_spec(yahoo: Callable[[Answer], CannedSession]) -> None:
    yahoo(five_months)
    app = upload(SALES)
    app.segmented_control(key="data.source").set_value("ticker").run()
    app.selectbox(key="data.ticker_interval").set_value("1wk")
    app.date_input(key="data.ticker_start").set_value(date(2020, 1, 1))
    app.toggle(key="data.ticker_adjusted").set_value(False)
    app.multiselect(key="data.ticker_columns").set_value(["Close", "Volume"])
    app.radio(key="data.ticker_layout").set_value("columns")
    download = get_draft(send(app, "PLAN1, PLAN2")).spec.data.download
    assert (download.interval, download.start) == ("1wk", date(2020, 1, 1))
    assert (download.adjusted, download.columns) == (False, ("Close", "Volume"))
    assert download.layout == "columns"
    before = get_draft(app).id
    app.selectbox(key="data.ticker_interval").set_value("1d")
    assert get_draft(send(app, "PLAN1, PLAN2")).id != before


def test_a_period_and_dates_together_are_refused(yahoo: Callable[[Answer], CannedSession]) -> None:
    session = yahoo(five_months)
    app = upload(SALES)
    app.segmented_control(key="data.source").set_value("ticker").run()
    app.selectbox(key="data.ticker_period").set_value("1y")
    app.date_input(key="data.ticker_start").set_value(date(2020, 1, 1))
    send(app, "BOTH")
    assert "not both" in app.error[0].value
    assert session.num_charts == 0


def test_the_age_is_told_and_prices_are_fetched_again_on_demand(
    yahoo: Callable[[Answer], CannedSession],
) -> None:
    session = yahoo(five_months)
    app = fetch(upload(SALES), "AGAIN")
    [copy] = load_settings().cache_folder.glob("yahoo_*.parquet")
    then = time.time() - 3 * 3_600 - 60
    os.utime(copy, (then, then))
    app.run()
    assert any("Prices as of 3 hours ago" in text for text in read_texts(app))
    asked = session.num_charts
    press(app, "data.fetch_again")
    assert session.num_charts > asked
    app.run()
    assert any("less than a minute ago" in text for text in read_texts(app))


def test_a_series_of_fred_becomes_a_run(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    months = pd.date_range("2000-01-01", periods=200, freq="MS")
    rows = "".join(f"{day:%Y-%m-%d},{100 + i % 12}\n" for i, day in enumerate(months))
    session = CannedFred(lambda asked: (200, f"observation_date,{asked['id']}\n{rows}"))
    monkeypatch.setitem(ONLINE_SOURCES, "fred", Fred(session))
    app = open_page("data")
    app.segmented_control(key="data.source").set_value("economy").run()
    assert any("terms allow" in text for text in read_texts(app))
    app.text_input(key="data.fred").set_value("unrate")
    (button,) = [button for button in app.button if "data.fetch_fred" in str(button.key)]
    button.click().run()
    assert not app.error
    press(app, "data.train")
    (run,) = store.runs.list_newest()
    assert (run.spec.data.source, run.spec.data.name) == ("fred", "UNRATE")
    assert store.collections.get_as(run.dataset_id, Dataset).num_rows == 200

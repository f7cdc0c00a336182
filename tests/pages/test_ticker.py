"""Prices from Yahoo, whose answers are canned: the code that asks and refuses is the real one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.sources.yahoo import fetch_prices
from lstm_core.runs.store import Store
from tests.data.canned_yahoo import CannedSession, empty, make_chart, too_many, unknown, unplugged
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
        (empty, "NOTHING", "no prices"),
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
    assert store.list_runs() == []
    assert store.list_datasets() == []
    app.segmented_control(key="data.source").set_value("upload").run()
    app.button(key="data.train").click().run()
    assert store.list_runs()[0].spec.data.targets == ("visitors",)


def test_a_refused_ticker_is_not_asked_for_again_by_itself(
    yahoo: Callable[[Answer], CannedSession],
) -> None:
    session = yahoo(unknown)
    app = fetch(upload(SALES), "GONE")
    asked = session.num_charts
    app.run()
    assert session.num_charts == asked


def test_prices_become_a_run(yahoo: Callable[[Answer], CannedSession], store: Store) -> None:
    yahoo(five_months)
    app = fetch(upload(SALES), " aapl ")
    assert not app.error
    app.button(key="data.train").click().run()
    (run,) = store.list_runs()
    assert (run.spec.data.source, run.spec.data.name) == ("yahoo", "AAPL")
    assert store.get_dataset(run.dataset_id).num_rows >= 100

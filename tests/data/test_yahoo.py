import os
import time
from pathlib import Path
from typing import Any

import pytest

from lstm_core.data.sources.yahoo import fetch_prices
from lstm_core.errors import DataError, SourceError, SpecError
from tests.data.canned_yahoo import Answer, CannedSession, empty, good, too_many, unknown, unplugged


class Waits(list[float]):
    """Notes how long it was asked to wait, without waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetch(answer: Answer, folder: Path, **more: Any) -> Any:
    return fetch_prices("aapl", session=CannedSession(answer), cache_folder=folder, **more)


def test_history_becomes_a_table_of_the_exchanges_dates(tmp_path: Path) -> None:
    table = fetch(good, tmp_path)
    assert list(table.frame.columns) == ["Date", "Open", "High", "Low", "Close", "Volume"]
    assert table.name == "AAPL"
    assert str(table.frame["Date"].dtype) == "datetime64[ns]"
    assert table.frame["Date"].dt.strftime("%Y-%m-%d").iloc[0] == "2024-01-02"
    assert table.frame["Close"].tolist() == [100.0, 101.0, 102.0, 103.0, 104.0]


def test_a_fresh_copy_needs_no_network(tmp_path: Path) -> None:
    first = fetch(good, tmp_path)
    again = fetch(unplugged, tmp_path)
    assert again.frame.equals(first.frame)
    assert any("ago" in note for note in again.notes)
    assert not list(tmp_path.glob("*.part"))


def test_copies_of_other_requests_are_not_taken(tmp_path: Path) -> None:
    fetch(good, tmp_path)
    with pytest.raises(SourceError):
        fetch(unplugged, tmp_path, period="max")


def test_rate_limit_is_retried_with_growing_waits_then_told(tmp_path: Path) -> None:
    waits, session = Waits(), CannedSession(too_many)
    with pytest.raises(SourceError, match="too many requests") as caught:
        fetch_prices("AAPL", session=session, cache_folder=tmp_path, wait=waits)
    assert waits == [2.0, 4.0]
    assert session.num_charts >= 3
    assert caught.value.retryable
    assert caught.value.remedy


def test_a_retry_that_succeeds_is_used(tmp_path: Path) -> None:
    waits = Waits()

    def after_a_wait(url: str) -> tuple[int, Any]:
        return good(url) if waits else too_many(url)

    assert len(fetch(after_a_wait, tmp_path, wait=waits).frame) == 5
    assert waits == [2.0]


@pytest.mark.parametrize("answer", [too_many, unplugged])
def test_an_old_copy_helps_out_and_its_age_is_told(answer: Answer, tmp_path: Path) -> None:
    fetch(good, tmp_path)
    [copy] = tmp_path.glob("*.parquet")
    three_days_ago = time.time() - 3 * 86_400 - 60
    os.utime(copy, (three_days_ago, three_days_ago))
    table = fetch(answer, tmp_path, wait=Waits())
    assert len(table.frame) == 5
    assert any("3 days old" in note for note in table.notes)


def test_an_old_copy_is_replaced_where_yahoo_answers(tmp_path: Path) -> None:
    fetch(good, tmp_path)
    [copy] = tmp_path.glob("*.parquet")
    os.utime(copy, (0, 0))
    table = fetch(good, tmp_path)
    assert not any("old" in note for note in table.notes)
    assert copy.stat().st_mtime > 0


def test_a_damaged_copy_is_fetched_again(tmp_path: Path) -> None:
    fetch(good, tmp_path)
    [copy] = tmp_path.glob("*.parquet")
    copy.write_bytes(b"half of a fi")
    assert len(fetch(good, tmp_path).frame) == 5


@pytest.mark.parametrize(("answer", "ticker"), [(unknown, "NOSUCH"), (empty, "EMPTY")])
def test_no_prices_for_the_ticker(answer: Answer, ticker: str, tmp_path: Path) -> None:
    # yfinance remembers its answers for a ticker, so none here that another test asks for
    with pytest.raises(DataError, match=f'no prices for "{ticker}"') as caught:
        fetch_prices(ticker, session=CannedSession(answer), cache_folder=tmp_path)
    assert caught.value.remedy
    assert not list(tmp_path.glob("*.parquet"))


def test_no_network(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="could not be reached") as caught:
        fetch(unplugged, tmp_path)
    assert "CSV" in caught.value.remedy


@pytest.mark.parametrize("ticker", ["", "A B", "../etc", "AAPL?x=1", "A" * 16, "ÄPL", "A/B"])
def test_what_is_no_ticker_reaches_no_address(ticker: str, tmp_path: Path) -> None:
    session = CannedSession(good)
    with pytest.raises(SpecError, match="is not a ticker"):
        fetch_prices(ticker, session=session, cache_folder=tmp_path)
    assert session.num_charts == 0


@pytest.mark.parametrize("request_", [{"period": "5years"}, {"interval": "1day"}])
def test_unknown_period_or_interval(request_: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="Choose one of"):
        fetch(good, tmp_path, **request_)

import os
import time
from pathlib import Path
from typing import Any

import pytest

from lstm_core.data.sources.online.fetching import (
    ask_source,
    fetch_table,
    find_copies,
    say_oldest,
)
from lstm_core.data.sources.online.yahoo import Yahoo
from lstm_core.errors import DataError, SourceError, SpecError
from lstm_core.spec.download import DownloadPlan
from tests.data.canned_yahoo import (
    FAILURES,
    Answer,
    CannedSession,
    good,
    too_many,
    unknown,
    unplugged,
)


class Waits(list[float]):
    """Notes how long it was asked to wait, without waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetch(answer: Answer, folder: Path, name: str = "aapl", **more: Any) -> Any:
    plan = DownloadPlan(**more.pop("plan", {}))
    source = Yahoo(CannedSession(answer))
    return fetch_table(source, name, plan, cache_folder=folder, **more)


def age_copy(folder: Path, days: int) -> None:
    [copy] = folder.glob("*.parquet")
    then = time.time() - days * 86_400 - 60
    os.utime(copy, (then, then))


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
    assert any("as of" in note for note in again.notes)
    assert not list(tmp_path.glob("*.part"))


def test_copies_of_other_requests_are_not_taken(tmp_path: Path) -> None:
    fetch(good, tmp_path)
    with pytest.raises(SourceError):
        fetch(unplugged, tmp_path, plan={"period": "max"})


def test_rate_limit_is_retried_with_growing_waits_then_told(tmp_path: Path) -> None:
    waits, session = Waits(), CannedSession(too_many)
    with pytest.raises(SourceError, match="too many requests") as caught:
        fetch_table(Yahoo(session), "AAPL", cache_folder=tmp_path, wait=waits)
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
    age_copy(tmp_path, days=3)
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


def test_no_prices_for_the_ticker(tmp_path: Path) -> None:
    # yfinance remembers its answers for a ticker, so none here that another test asks for
    with pytest.raises(DataError, match='no prices for "NOSUCH"') as caught:
        fetch(unknown, tmp_path, "NOSUCH")
    assert "misspelt" in caught.value.remedy
    assert not list(tmp_path.glob("*.parquet"))


@pytest.mark.parametrize("name", FAILURES)
def test_what_yahoo_did_is_told_and_no_ticker_is_blamed(name: str, tmp_path: Path) -> None:
    answer, said = FAILURES[name]
    with pytest.raises(SourceError) as caught:
        fetch(answer, tmp_path, "FAILS")
    error = caught.value
    assert said in error.what
    assert "misspelt" not in str(error)
    assert error.retryable
    for way in ("CSV", "sample of stock prices"):
        assert way in error.remedy
    assert "copy" not in error.remedy


@pytest.mark.parametrize("name", [*FAILURES, "unplugged"])
def test_an_old_copy_is_offered_with_its_age_where_it_is_not_taken(
    name: str, tmp_path: Path
) -> None:
    fetch(good, tmp_path)
    age_copy(tmp_path, days=3)
    answer = FAILURES[name][0] if name in FAILURES else unplugged
    answers = ask_source(
        Yahoo(CannedSession(answer)), "AAPL", DownloadPlan(), cache_folder=tmp_path, wait=Waits()
    )
    assert "the copy of the prices that was fetched 3 days ago" in answers.refuse().remedy
    assert say_oldest(find_copies(Yahoo(), "aapl", DownloadPlan(), tmp_path)) == "3 days"
    assert any("3 days old" in note for note in fetch(answer, tmp_path, wait=Waits()).notes)


def test_only_what_can_be_read_is_called_a_copy(tmp_path: Path) -> None:
    assert not find_copies(Yahoo(), "AAPL", DownloadPlan(), tmp_path)
    fetch(good, tmp_path)
    [copy] = tmp_path.glob("*.parquet")
    copy.write_bytes(b"half of a fi")
    assert not find_copies(Yahoo(), "AAPL", DownloadPlan(), tmp_path)


def test_a_line_that_breaks_between_two_requests_is_no_empty_answer(tmp_path: Path) -> None:
    asked: list[str] = []

    def break_off(url: str) -> tuple[int, Any]:
        asked.append(url)
        return unplugged(url) if len([one for one in asked if "/chart/" in one]) > 1 else good(url)

    with pytest.raises(SourceError, match="could not be reached"):
        fetch(break_off, tmp_path, "BREAKS")


def test_no_network(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="could not be reached") as caught:
        fetch(unplugged, tmp_path)
    assert "CSV" in caught.value.remedy


@pytest.mark.parametrize("ticker", ["", "A B", "../etc", "AAPL?x=1", "A" * 16, "ÄPL", "A/B"])
def test_what_is_no_ticker_reaches_no_address(ticker: str, tmp_path: Path) -> None:
    session = CannedSession(good)
    with pytest.raises(SpecError, match="is not a ticker"):
        fetch_table(Yahoo(session), ticker, cache_folder=tmp_path)
    assert session.num_charts == 0

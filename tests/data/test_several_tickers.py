"""Several tickers as one table, and what is asked of Yahoo for them."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.online.fetching import MOST_NAMES, fetch_table
from lstm_core.data.sources.online.yahoo import Yahoo
from lstm_core.errors import DataError, SourceError, SpecError
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.download import DownloadPlan
from tests.data.canned_yahoo import (
    Answer,
    CannedSession,
    good,
    hourly,
    make_chart,
    too_many,
    unknown,
    unplugged,
)


class Asked(CannedSession):
    """Notes what the chart of each ticker is asked with."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.params: list[dict[str, Any]] = []

    def get(self, url: Any, **options: Any) -> Any:
        if "/chart/" in url and "interval" in (options.get("params") or {}):
            self.params.append({"url": url} | options["params"])
        return super().get(url, **options)


def only(*names: str) -> Answer:
    """Answer for these tickers alone."""

    def answer(url: str) -> tuple[int, Any]:
        found = re.search(r"/chart/([^?]+)", url)
        return unknown(url) if found and found[1] not in names else (200, make_chart(60))

    return lambda url: good(url) if "/chart/" not in url else answer(url)


def fetch(answer: Answer, names: str, folder: Path | None = None, **plan: Any) -> Any:
    return fetch_table(
        Yahoo(CannedSession(answer)),
        names,
        DownloadPlan.model_validate(plan),
        cache_folder=folder,
        wait=lambda seconds: None,
    )


def test_one_below_the_other_they_are_a_series_each(tmp_path: Path) -> None:
    table = fetch(only("AAA", "BBB"), "aaa, BBB; aaa", tmp_path)
    assert table.name == "AAA, BBB"
    assert list(table.frame.columns)[:3] == ["Date", "ticker", "Open"]
    spec = SeriesDataSpec(source="yahoo", name=table.name)
    choice = choose_roles(table, spec)
    assert (choice.spec.series, choice.spec.targets) == ("ticker", ("Close",))
    dataset = build_dataset(table, spec, choice)
    assert (dataset.series_names, dataset.frequency.alias) == (["AAA", "BBB"], "D")


def test_side_by_side_one_can_help_another(tmp_path: Path) -> None:
    table = fetch(only("AAA", "BBB"), "AAA, BBB", layout="columns", columns=["close", "Volume"])
    assert list(table.frame.columns) == [
        *("Date", "Close AAA", "Volume AAA", "Close BBB", "Volume BBB")
    ]
    assert len(table.frame) == 60


def test_who_fails_is_named_and_the_others_are_a_table(tmp_path: Path) -> None:
    table = fetch(only("AAA", "BBB"), "AAA, GONE1, BBB", tmp_path)
    assert table.frame["ticker"].unique().tolist() == ["AAA", "BBB"]
    (told,) = [remark for remark in table.remarks if remark.kind == "left_out"]
    assert '"GONE1" is left out' in told.sentence


def test_where_all_fail_it_is_refused_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='None of "GONE2", "GONE3" came'):
        fetch(unknown, "GONE2, GONE3", tmp_path)


def test_a_source_that_refuses_is_not_asked_for_the_rest(tmp_path: Path) -> None:
    waits: list[float] = []
    session = CannedSession(too_many)
    with pytest.raises(SourceError, match="too many requests"):
        fetch_table(Yahoo(session), "AA1, AA2, AA3", cache_folder=tmp_path, wait=waits.append)
    assert waits == [2.0, 4.0]


def test_of_those_that_fail_now_the_old_copies_are_taken_and_told(tmp_path: Path) -> None:
    fetch(only("OLD1"), "OLD1", tmp_path)
    [copy] = tmp_path.glob("yahoo_*.parquet")
    then = copy.stat().st_mtime - 5 * 3600
    os.utime(copy, (then, then))
    table = fetch(only("NEW1"), "OLD1, NEW1", tmp_path)
    assert table.frame["ticker"].unique().tolist() == ["OLD1", "NEW1"]
    (told,) = [remark for remark in table.remarks if remark.kind == "old_copy"]
    assert 'of "OLD1" are a copy, 5 hours old' in told.sentence


@pytest.mark.parametrize("names", ["AAPL, ../etc", "AAPL MSFT", "AAPL,A?x=1", ","])
def test_one_that_is_no_ticker_stops_all(names: str) -> None:
    session = CannedSession(good)
    with pytest.raises(SpecError, match="is not a ticker"):
        fetch_table(Yahoo(session), names)
    assert session.num_charts == 0


def test_too_many_are_refused_before_anything_is_asked() -> None:
    names = ", ".join(f"A{i}" for i in range(MOST_NAMES + 1))
    with pytest.raises(SpecError, match="too many"):
        fetch(unplugged, names)


def test_interval_dates_and_adjusting_are_asked_for(tmp_path: Path) -> None:
    session = Asked(good)
    plan = DownloadPlan(interval="1wk", start="2023-01-02", end="2023-12-29", adjusted=False)
    table = fetch_table(Yahoo(session), "ASKED", plan)
    asked = session.params[-1]
    assert asked["interval"] in ("1wk", "1d")
    span = [date.fromtimestamp(int(asked[name])) for name in ("period1", "period2")]
    assert span[0] == date(2023, 1, 2)
    assert span[1] == date(2023, 12, 30)  # the end is the first moment that is not wanted
    assert "Adj Close" in table.frame.columns
    assert any("not adjusted" in note for note in table.notes)


def test_an_end_alone_reaches_back_to_the_first_price() -> None:
    session = Asked(good)
    fetch_table(Yahoo(session), "FIRST", DownloadPlan(end="2023-12-29"))
    assert int(session.params[-1]["period1"]) < 0


def test_what_yahoo_keeps_for_a_while_is_told_and_not_asked_for_beyond() -> None:
    table = fetch(hourly, "HOURS", interval="1h")
    assert str(table.frame["Date"].iloc[0]) == "2024-01-02 14:30:00"
    assert any("730 days" in note for note in table.notes)
    long_ago = date.today() - timedelta(days=100)
    with pytest.raises(SpecError, match="for 60 days only"):
        fetch(unplugged, "HOURS", interval="15m", start=long_ago)
    with pytest.raises(SpecError, match="for 60 days only"):
        fetch(unplugged, "HOURS", interval="5m", period="1y")
    fetch(hourly, "HOURS2", interval="1h", period="2y")


@pytest.mark.parametrize("plan", [{"interval": "1wk"}, {"adjusted": False}, {"period": "1y"}])
def test_each_plan_has_copies_of_its_own(plan: dict[str, Any], tmp_path: Path) -> None:
    fetch(good, "COPIES", tmp_path)
    with pytest.raises(SourceError):
        fetch(unplugged, "COPIES", tmp_path, **plan)
    fetch(unplugged, "COPIES", tmp_path, columns="Close")


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(SpecError, match='Did you mean "Close"'):
        fetch(good, "COLUMN", columns=["Clothe"])


def test_the_address_is_that_of_the_ticker() -> None:
    session = Asked(good)
    fetch_table(Yahoo(session), "^GSPC")
    address = urlparse(session.params[-1]["url"])
    assert address.path.endswith("/chart/^GSPC")
    assert parse_qs(address.query) == {}

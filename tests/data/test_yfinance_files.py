"""Files that people save from yfinance: written by the real library, read as any other file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import yfinance as yf

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.reading.read import read_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.spec import SeriesDataSpec
from tests.data.canned_yahoo import CannedSession, hourly, make_chart

FIELDS = ["Close", "High", "Low", "Open", "Volume"]
Frame = pd.DataFrame


def answer(url: str) -> tuple[int, Any]:
    """Give one ticker fewer days than the other, as exchanges do."""
    return 200, make_chart(50 if "/chart/BBB" in url else 60) if "/chart/" in url else "crumb"


def download(*names: str, **options: Any) -> Frame:
    how = hourly if options.get("interval") == "1h" else answer
    frame = yf.download(
        list(names),
        period="1mo",
        session=CannedSession(how),
        progress=False,
        threads=False,
        **options,
    )
    assert isinstance(frame, Frame)
    return frame


LAYOUTS: dict[str, tuple[Callable[[], str], list[str]]] = {
    "one ticker": (lambda: download("AAA").to_csv(), FIELDS),
    "one level": (lambda: download("AAA", multi_level_index=False).to_csv(), FIELDS),
    "history": (
        lambda: yf.Ticker("AAA", session=CannedSession(answer)).history(period="1mo").to_csv(),
        ["Open", "High", "Low", "Close", "Volume", "Dividends", "Stock Splits"],
    ),
    "several tickers": (
        lambda: download("AAA", "BBB").to_csv(),
        [f"{field} {name}" for field in FIELDS for name in ("AAA", "BBB")],
    ),
    "by ticker": (
        lambda: download("AAA", "BBB", group_by="ticker")[["AAA", "BBB"]].to_csv(),
        [
            f"{name} {field}"
            for name in ("AAA", "BBB")
            for field in ("Open", "High", "Low", "Close", "Volume")
        ],
    ),
    "closing prices": (lambda: download("AAA", "BBB")["Close"].to_csv(), ["AAA", "BBB"]),
    "index as a column": (lambda: download("AAA").reset_index().to_csv(index=False), FIELDS),
    "decimal commas": (lambda: download("AAA").to_csv(sep=";", decimal=","), FIELDS),
    "stacked": (
        lambda: download("AAA", "BBB").stack(level=1, future_stack=True).to_csv(),
        ["Ticker", *FIELDS],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_read(layout: str) -> None:
    write, names = LAYOUTS[layout]
    table = read_table(write().encode(), "prices.csv")
    assert list(table.frame.columns) == ["Date", *names]
    assert not table.questions
    days = table.frame["Date"].drop_duplicates()
    assert days.tolist() == pd.date_range("2024-01-02", periods=60).tolist()
    spec = SeriesDataSpec(source="csv", name="prices.csv")
    choice = choose_roles(table, spec)
    assert choice.spec.time == "Date"
    assert choice.spec.series == ("Ticker" if layout == "stacked" else None)
    (target,) = choice.spec.targets
    assert "Close" in target or layout == "closing prices"
    first = build_dataset(table, spec, choice).frame[target].iloc[0]
    assert first == 100.0


def test_what_one_ticker_lacks_is_missing() -> None:
    table = read_table(download("AAA", "BBB").to_csv().encode(), "prices.csv")
    assert table.frame["Close BBB"].isna().sum() == 10
    assert table.frame["Close AAA"].notna().all()


def test_hours_keep_their_moments() -> None:
    table = read_table(download("HHH", interval="1h").to_csv().encode(), "prices.csv")
    assert list(table.frame.columns) == ["Datetime", *FIELDS]
    assert str(table.frame["Datetime"].iloc[0]) == "2024-01-02 14:30:00"
    assert any("UTC" in note for note in table.notes)

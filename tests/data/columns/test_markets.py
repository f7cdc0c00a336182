"""In tables of prices, the closing one is predicted, whatever the columns are called."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns import markets
from lstm_core.data.columns.markets import find_parts, rank_in_market
from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.reading.table import SourceTable
from lstm_core.spec import SeriesDataSpec

NUM_DAYS = 80


def make_prices(seed: int = 0) -> dict[str, np.ndarray]:
    """Make prices that open near where they closed the day before; each ``(NUM_DAYS,)``."""
    rng = np.random.default_rng(seed)
    close = 100 + np.cumsum(rng.normal(0, 2, NUM_DAYS))
    opening = np.append(100, close[:-1]) + rng.normal(0, 0.2, NUM_DAYS)
    high = np.maximum(opening, close) + rng.uniform(0, 1, NUM_DAYS)
    low = np.minimum(opening, close) - rng.uniform(0, 1, NUM_DAYS)
    return {"open": opening, "high": high, "low": low, "close": close}


def choose(columns: dict[str, np.ndarray]) -> RoleChoice:
    days = pd.bdate_range("2023-01-02", periods=NUM_DAYS)
    frame = pd.DataFrame({"day": days} | {name: each.round(2) for name, each in columns.items()})
    return choose_roles(SourceTable(frame, "prices"), SeriesDataSpec(source="csv", name="prices"))


@pytest.mark.parametrize(
    "header",
    [
        "Volume#, *Close",
        "Volume#, Open, High, Low, *Close, Adj Close",
        "*Close/Last, Volume#, Open, High, Low",
        "*Price, Open, High, Low, Vol.#, Change %",
        "Volume#, *Price",
        "*Last Price, Volume#",
        "*px_last, px_volume#",
        "*NAV, Volume#",
        "*Kurs, Volumen#",
        "*Zuletzt, Eröffn., Hoch, Tief, Vol.#, +/- %",
        "*Dernier, Ouv., Plus Haut, Plus Bas, Vol.#, Variation %",
        "Volume#, *Cours",
        "*Último, Apertura, Máximo, Mínimo, Vol.#, % var.",
        "*Fechamento, Volume#",
        "Otwarcie, Najwyższy, Najniższy, *Zamknięcie, Wolumen#",
        "*Цена, Откр., Макс., Мин., Объём#, Изм. %",
        "*Şimdi, Açılış, Yüksek, Düşük, Hac.#, Fark %",
        "*收盘, 开盘, 高, 低, 交易量#, 涨跌幅",
        "成交量#, *收盘价",
        "*終値, 始値, 高値, 安値, 出来高#, 変化率 %",
        "*종가, 시가, 고가, 저가, 거래량#, 변동 %",
        "v#, o, h, l, *c",
        "*Settle, Volume#, Open Interest#",
        "Open, High, Low, Last, *Settle, Volume#",
        "AAPL.Open, AAPL.High, AAPL.Low, *AAPL.Close, AAPL.Volume#, AAPL.Adjusted",
        "1. open, 2. high, 3. low, *4. close, 5. volume#",
        "volume#, *closePrice",
        "volume#, *vwap",
    ],
)
def test_what_a_market_closes_at_is_predicted(header: str) -> None:
    """``*`` is before what is wanted, ``#`` behind what was traded."""
    rng, close = np.random.default_rng(1), make_prices()["close"]
    columns = {
        name.strip("*#"): rng.integers(10_000, 900_000, NUM_DAYS).astype(float)
        if name.endswith("#")
        else close + rng.normal(0, 1, NUM_DAYS)
        for name in header.split(", ")
    }
    (wanted,) = (name[1:] for name in header.split(", ") if name.startswith("*"))
    choice = choose(columns)
    assert choice.spec.targets == (wanted,)
    assert choice.is_clear


def test_a_price_that_somebody_sets_is_not_predicted() -> None:
    sold = np.random.default_rng(0).integers(10, 90, NUM_DAYS).astype(float)
    price = np.repeat([1.5, 1.7], NUM_DAYS // 2)
    assert choose({"volume": sold, "price": price}).spec.targets == ("volume",)
    moving = price + np.random.default_rng(1).normal(0, 0.1, NUM_DAYS)
    assert choose({"sales": sold, "price": moving}).spec.targets == ("sales",)


def test_two_prices_beside_a_volume_are_asked_about() -> None:
    prices = make_prices()
    choice = choose({"bid": prices["low"], "ask": prices["high"], "volume": prices["open"] * 1000})
    assert not choice.is_clear
    assert choice.spec.targets == ("bid",)


@pytest.mark.parametrize("order", ["open high low close", "close low open high"])
@pytest.mark.parametrize("seed", range(3))
def test_prices_are_known_by_their_values_where_names_say_nothing(order: str, seed: int) -> None:
    prices = make_prices(seed)
    names = {part: f"k{number}" for number, part in enumerate(order.split())}
    choice = choose({name: prices[part] for part, name in names.items()})
    assert choice.spec.targets == (names["close"],)
    assert choice.is_clear


def test_the_latest_row_may_come_first() -> None:
    prices = {f"k{n}": each[::-1] for n, each in enumerate(make_prices().values())}
    days = pd.bdate_range("2023-01-02", periods=NUM_DAYS)[::-1]
    frame = pd.DataFrame({"day": days} | prices)
    choice = choose_roles(SourceTable(frame, "x"), SeriesDataSpec(source="csv", name="x"))
    assert choice.spec.targets == ("k3",)


def test_a_spread_of_measurements_is_no_price() -> None:
    rng = np.random.default_rng(0)
    samples = np.sort(50 + rng.normal(0, 5, (NUM_DAYS, 20)), axis=1)
    middle = samples[:, 5:15]
    columns = {"k0": samples[:, 0], "k1": middle.mean(axis=1), "k2": np.median(middle, axis=1)}
    assert not choose(columns | {"k3": samples[:, -1]}).is_clear


def test_words_for_prices_need_a_market_around_them() -> None:
    assert find_parts(["max", "min", "c", "o"]) == {"max": "high", "min": "low"}
    rng = np.random.default_rng(0)
    columns = {name: rng.normal(20, 5, NUM_DAYS) for name in ("max", "orders")}
    assert choose(columns).spec.targets == ("orders",)


def test_each_name_of_a_wide_table_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    find_part = markets._find_part

    def count(name: str) -> markets.Part | None:
        asked.append(name)
        return find_part(name)

    monkeypatch.setattr(markets, "_find_part", count)
    names = [f"measurement {number}" for number in range(200)]
    for name in names:
        rank_in_market(name, names)
    assert len(asked) == len(names)

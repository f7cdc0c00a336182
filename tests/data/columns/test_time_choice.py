from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.columns.time_choice import choose_time
from lstm_core.spec import SeriesDataSpec
from tests.data.tables import make_table

COUNT = 40
VALUES = list(np.random.default_rng(0).normal(size=COUNT))


@pytest.mark.parametrize(
    ("start", "step"),
    [
        (1_735_689_600_000_000, 1_000_000),
        (1_735_689_600_000, 60_000),
        (1_735_689_600_000, -3_600_000),
    ],
)
def test_numbers_since_1970_need_no_name(start: int, step: int) -> None:
    stamps = [start + number * step for number in range(COUNT)]
    table = make_table({"column 1": stamps, "column 2": VALUES})
    name, times, _ = choose_time(table, SeriesDataSpec())
    assert name == "column 1"
    assert times is not None
    assert times.is_calendar
    assert times.values.iloc[0].year == 2025


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("column 1", [1_735_689_600_000 + number for number in range(COUNT)]),
        ("order_id", [1_735_689_600_000 + 60_000 * number for number in range(COUNT)]),
        ("column 1", [1_735_689_600_000 + 60_000 * (number % 5) for number in range(COUNT)]),
    ],
)
def test_other_long_numbers_are_no_times(name: str, numbers: list[int]) -> None:
    _, times, _ = choose_time(make_table({name: numbers, "column 2": VALUES}), SeriesDataSpec())
    assert times is None or not times.is_calendar

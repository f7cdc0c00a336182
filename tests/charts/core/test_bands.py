from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.charts.core.bands import fade, list_levels


def test_levels_come_from_the_outside_in() -> None:
    columns = ["value", "low_50", "high_50", "low_95", "high_95", "low_80", "high_80"]
    assert list_levels(pd.DataFrame(columns=columns)) == [95, 80, 50]


@pytest.mark.parametrize("columns", [["value"], ["low_80"], ["high_80", "low_95"], ["low_value"]])
def test_half_a_range_is_none(columns: list[str]) -> None:
    assert list_levels(pd.DataFrame(columns=columns)) == []


def test_a_colour_is_faded() -> None:
    assert fade("#F28C28", 0.2) == "rgba(242, 140, 40, 0.2)"

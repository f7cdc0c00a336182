from __future__ import annotations

import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.seasons import find_longer

NUMBERED = Frequency(step=1)


@pytest.mark.parametrize(
    ("frequency", "season", "num_rows", "longer"),
    [
        (Frequency("30min"), 48, 3_000, (336,)),
        (Frequency("h"), 24, 3_000, (168,)),
        (Frequency("h"), 24, 300, ()),
        (Frequency("h"), 1, 3_000, (24, 168)),
        (Frequency("h"), 24, 20_000, (168, 8_736)),
        (Frequency("D"), 7, 1_000, (364,)),
        (Frequency("D"), 365, 2_000, ()),
        (Frequency("B"), 5, 800, (260,)),
        (Frequency("MS"), 12, 300, ()),
        (Frequency("W-MON"), 52, 300, ()),
        (NUMBERED, 24, 700, (168,)),
        (NUMBERED, 50, 700, ()),
    ],
)
def test_longer_seasons_are_those_of_the_calendar(
    frequency: Frequency, season: int, num_rows: int, longer: tuple[int, ...]
) -> None:
    assert find_longer(season, frequency, num_rows) == longer

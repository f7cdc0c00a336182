"""A script lists the times behind the last row that the app lists."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.export.times_code import write_times_after

LAST = {
    "h": "2024-03-30 22:00",
    "B": "2024-03-29 16:00",
    "C-1111110": "2024-03-30",
    "SMS-15": "2024-03-15",
    "BME": "2024-03-29",
    "LWOM-FRI": "2024-03-29",
    "S-30min-1111100-1000-1130-1330-1500": "2024-03-29 14:30",
    "S-D-1111111-0700-0700-1930-1930": "2024-03-29 19:30",
    "S-h-1111000-0000-2300-0000100-0000-1600-0000001-1700-2300": "2024-03-29 15:00",
    "DOM-1-11-21": "2024-02-21 08:00",
    "DOM-10-20-31": "2024-01-31",
    "DOM-30": "2024-01-30",
    "3DOM-15": "2024-02-15",
    "12DOM-5": "2023-04-05",
    "T-28-28-35-20240127": "2024-03-23",
}


@pytest.mark.parametrize("alias", LAST)
def test_a_script_continues_as_the_app_does(alias: str) -> None:
    last, frequency = pd.Timestamp(LAST[alias]), Frequency(alias)
    names = {"pd": pd, "np": np, "HORIZON": 17, "AHEAD": np.arange(1, 18)}
    exec(write_times_after(frequency), names)
    assert list(names["list_times_after"](last)) == list(frequency.times_after(last, 17))

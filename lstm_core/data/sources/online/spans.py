"""The first day of a period that reaches up to now."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

_MONTHS = {"mo": 1, "y": 12}


def find_first_day(period: str) -> date | None:
    """Return the first day of a period such as ``5y``, ``ytd`` or ``max``; None: there is none."""
    today = date.today()
    if period == "ytd":
        return date(today.year, 1, 1)
    found = re.fullmatch(r"(\d+)(mo|y)", period)
    if found is None:
        return None
    months = int(found[1]) * _MONTHS[found[2]]
    return (pd.Timestamp(today) - pd.DateOffset(months=months)).date()

"""The spacing of rows that are a day or more apart."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.spacing.finding.months import (
    find_days_of_month,
    find_half_months,
    find_months,
)
from lstm_core.data.series.spacing.finding.steps import (
    ALWAYS_SHARE,
    USUAL_SHARE,
    find_most_frequent,
)
from lstm_core.data.series.spacing.finding.turns import find_turns
from lstm_core.data.series.spacing.finding.weeks import find_days_in_turn, name_days, usual_weekday


def find_day_alias(days: np.ndarray, distances: np.ndarray) -> str:
    """Return an alias of days, weeks, months or years.

    Args:
        days: int64, days since 1970 of all rows of all series.
        distances: in days, positive, between neighbours within each series; not empty.
    """
    distinct = np.unique(days)
    usual, share = find_most_frequent(distances)
    median = float(np.median(distances))
    if median >= 27:
        months = find_months(days, distances)
        is_rule = "WOM" in months  # a few last Fridays follow each other as months of weeks do
        months = months if is_rule else find_turns(distinct, distances) or months
        if months:
            return months
    in_turn = find_days_in_turn(distinct, distances) if median < 7 else None
    if in_turn:
        return in_turn
    if usual == 1 and (share >= USUAL_SHARE or median < 2):
        return name_days(distinct)
    if 4 <= median <= 20 and not (share > USUAL_SHARE and (distances % usual == 0).all()):
        of_month = find_days_of_month(days)
        if of_month:
            return of_month
    half_months = ""
    if 13 <= median <= 17 and float((distances % 7 == 0).mean()) < ALWAYS_SHARE:
        half_months = find_half_months(days)
    if half_months:
        return half_months
    if usual % 7 == 0 and share >= USUAL_SHARE:
        count = "" if usual == 7 else str(usual // 7)
        return f"{count}W-{usual_weekday(days)}"
    if share >= USUAL_SHARE:
        return _name(usual)
    if usual == 1:
        return name_days(distinct)
    if 5 <= median <= 9:
        return f"W-{usual_weekday(days)}"
    return _name(max(1, round(median)))


def _name(num_days: int) -> str:
    return "D" if num_days == 1 else f"{num_days}D"

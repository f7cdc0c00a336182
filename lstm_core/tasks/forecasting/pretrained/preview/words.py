"""A preview in words: what is expected, and how far that is to be trusted."""

from __future__ import annotations

import math

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.wording import count_words
from lstm_core.ratios import say_percent
from lstm_core.tasks.forecasting.baselines.words import describe_baseline
from lstm_core.tasks.forecasting.pretrained.preview.making import Preview
from lstm_core.tasks.forecasting.pretrained.preview.past import LEVEL, Past

_NEXT = {
    "hour": "in the next hour",
    "day": "on the next day",
    "business day": "on the next business day",
    "step": "at the next step",
}
_ALIKE = 0.02
"""A difference that is no difference."""
_FEWEST_CUTOFFS = 5
_MOST_OFF = 10
"""Percentage points that a range may hold more or less than it says."""


def say_expected(preview: Preview, frequency: Frequency, number: int = 0) -> str:
    """Say what a line's next step is, and its last; ``number`` is the line's, from 0.

    ``"About 412 next month, between 380 and 450; about 430 in 12 months, between 350 and 520."``
    """
    rows = preview.forecast_of(number)
    unit = frequency.unit
    said = [(_NEXT.get(unit, f"next {unit}"), rows.iloc[0])]
    if preview.horizon > 1:
        said.append((f"in {count_words(preview.horizon, unit)}", rows.iloc[-1]))
    parts = [
        f"about {say_value(row['value'], high - low)} {when}, "
        f"between {say_value(low, high - low)} and {say_value(high, high - low)}"
        for when, row in said
        for low, high in [(row[f"low_{LEVEL}"], row[f"high_{LEVEL}"])]
    ]
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def say_past(past: Past | None, frequency: Frequency, season: int) -> str:
    """Say how the forecast would have done beside the best simple rule, and what its range held."""
    if past is None:
        return (
            "How well it would have done can't be said: there are too few rows, or they don't vary."
        )
    rule = describe_baseline(past.best_rule, frequency, season)
    gain = 1 - past.mase / past.best_rule_mase if past.best_rule_mase > 0 else -math.inf
    if past.mase == past.best_rule_mase == 0 or abs(gain) <= _ALIKE:
        beside = f"as far off as {rule}, the best simple rule"
    elif gain > 0:
        beside = f"{say_percent(gain)} less off than {rule}, the best simple rule"
    elif math.isinf(gain):
        beside = f"off where {rule}, the best simple rule, was not"
    else:
        beside = f"{say_percent(-gain)} more off than {rule}, the best simple rule"
    held = f"its {LEVEL}% range held {past.held:.0%} of the values"
    if abs(past.held - LEVEL / 100) > _MOST_OFF / 100:
        narrow = "too narrow here" if past.held < LEVEL / 100 else "wide here"
        held += f": it is {narrow}"
    few = " That is little to go by." if past.num_cutoffs < _FEWEST_CUTOFFS else ""
    asked = count_words(past.num_cutoffs, "time")
    return f"Asked {asked} in the past, it would have been {beside}; {held}.{few}"


def say_value(value: float, width: float) -> str:
    """Return a number with as many digits as a range of this width makes meaningful."""
    size = width if width > 0 else abs(value)
    digits = 2 if size == 0 else max(0, 1 - math.floor(math.log10(size)))
    if size >= 1e15 or digits > 12:
        return f"{value:.3g}"
    rounded = round(value, 1 - math.floor(math.log10(size))) if size >= 100 else value
    text = f"{rounded:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

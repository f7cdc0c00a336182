from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.baselines.listing import list_rules
from lstm_core.tasks.forecasting.baselines.naming import name_rule, read_name
from lstm_core.tasks.forecasting.baselines.words import describe_baseline
from lstm_core.tasks.forecasting.baselines.work import choose_affordable

NUMBERED = Frequency(step=1)


def test_the_same_time_last_week_stands_beside_a_day() -> None:
    rules = list_rules([np.arange(1_000.0)], 24, Frequency("h"), num_known=2)
    assert rules.names == (
        *("last_value", "seasonal_naive", "seasonal_mean", "drift", "historic_mean"),
        *("seasonal_naive_168", "seasonal_mean_168", "ets", "theta"),
        *("regression_24", "regression_24_168", "mstl_24_168"),
    )
    assert rules.left_out == {}


def test_of_many_zeros_nothing_and_the_median_are_asked() -> None:
    often = np.where(np.arange(100) % 3 == 0, 4.0, 0.0)
    seldom = np.where(np.arange(100) % 10 == 0, 0.0, 4.0)
    counting = {"median", "zero", "tsb"}
    assert counting <= set(list_rules([often], 1, NUMBERED).names)
    assert not counting & set(list_rules([seldom], 1, NUMBERED).names)
    assert not counting & set(list_rules([often, seldom, seldom], 1, NUMBERED).names)
    assert not counting & set(list_rules([np.zeros(100)], 1, NUMBERED).names)


def test_what_would_be_too_much_is_left_out_with_a_reason() -> None:
    """By counted work: the same on every machine."""
    lines = [np.sin(np.arange(1_000.0)) + 5] * 3_000
    rules = list_rules(lines, 24, Frequency("h"))
    assert "seasonal_naive_168" in rules.names
    assert list(rules.left_out) == ["theta", "ets", "mstl_24_168"]
    assert "3,000 series of up to 1,000 rows" in rules.left_out["ets"]
    assert set(rules.names).isdisjoint(rules.left_out)
    fewer = list_rules(lines[:400], 24, Frequency("h"))
    assert {"ets", "theta"} <= set(fewer.names)


def test_cheap_rules_stay_where_a_dear_one_goes() -> None:
    assert choose_affordable([("a", 4), ("b", 9), ("c", 5)], 10) == (["a", "c"], ["b"])


def test_names_tell_their_seasons() -> None:
    for kind, seasons in (("seasonal_naive", ()), ("mstl", (48, 336)), ("ets", ())):
        assert read_name(name_rule(kind, seasons)) == (kind, seasons)
    assert read_name("seasonal_mean_336") == ("seasonal_mean", (336,))


@pytest.mark.parametrize(
    ("name", "alias", "words"),
    [
        ("seasonal_naive_336", "30min", "repeating the same time last week"),
        ("seasonal_mean_336", "30min", "the mean of the same time in the last 4 weeks"),
        ("seasonal_naive_24", "h", "repeating the same time yesterday"),
        ("seasonal_naive_364", "D", "repeating the same day last year"),
        ("seasonal_mean_364", "D", "the mean of the same day in the last 4 years"),
        ("mstl_24_168", "h", "seasons of 24 and 168 hours taken apart (MSTL with ETS)"),
        ("mstl_96", "15min", "seasons of 96 steps taken apart (MSTL with ETS)"),
        ("regression_7", "D", "a regression on what is known ahead"),
        (
            "regression_7_364",
            "D",
            "a regression on what is known ahead and seasons of 7 and 364 days",
        ),
        ("zero", "D", "expecting nothing (zero)"),
        ("tsb", "D", "smoothed demand (Croston's method, TSB)"),
    ],
)
def test_every_rule_is_named_in_words(name: str, alias: str, words: str) -> None:
    assert describe_baseline(name, Frequency(alias), 24) == words


def test_numbered_rows_have_words_too() -> None:
    assert describe_baseline("seasonal_naive_168", NUMBERED, 24) == "repeating the last 168 steps"


def make_load(num_rows: int) -> np.ndarray:
    """Make half-hours of a load whose weekends are others, as Taylor's of England and Wales."""
    steps = np.arange(num_rows)
    weekend = steps // 48 % 7 >= 5
    day = np.sin(2 * np.pi * steps / 48) + 0.5 * np.sin(4 * np.pi * steps / 48)
    noise = np.convolve(
        np.random.default_rng(0).normal(0, 0.02, num_rows + 20), 0.8 ** np.arange(20), "valid"
    )
    return 30 + 6 * day * np.where(weekend, 0.6, 1.0) - 3 * weekend + noise[:num_rows]


def test_last_week_is_hard_to_beat_where_weekends_are_others() -> None:
    values, season, frequency = make_load(3_000), 48, Frequency("30min")
    line = Line(values[:2_300])
    rules = list_rules([line.values], season, frequency)
    cutoffs = np.arange(2_299, 2_900)
    actual = values[cutoffs[:, None] + np.arange(1, 49)]
    baselines = Baselines.fit([line], season, rules.names)
    errors = {
        name: float(np.abs(said - actual).mean())
        for name, said in baselines.predict(0, values, cutoffs, 48).items()
    }
    before = ("last_value", "seasonal_naive", "seasonal_mean", "drift", "ets", "theta")
    weekly = ("seasonal_naive_336", "seasonal_mean_336", "mstl_48_336")
    assert max(errors[name] for name in weekly) < 0.5 * min(errors[name] for name in before)


def test_without_a_season_the_last_value_is_asked_once() -> None:
    rules = list_rules([np.arange(100.0)], 1, Frequency("D"))
    assert "last_value" in rules.names
    assert "seasonal_naive" not in rules.names
    told = [describe_baseline(name, Frequency("D"), 1) for name in rules.names]
    assert len(set(told)) == len(told)

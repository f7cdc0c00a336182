from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.rules.candidates import (
    RULES,
    Logs,
    Scale,
    apply_rules,
    fit_rules,
)
from lstm_core.tasks.forecasting.pretrained.rules.course import Course
from lstm_core.tasks.forecasting.pretrained.rules.figures import find_figure, smooth_around
from lstm_core.tasks.forecasting.pretrained.rules.gaps import fill_gaps
from lstm_core.tasks.forecasting.pretrained.rules.smoothing import (
    DAMPING,
    LEVEL_RATES,
    TREND_RATES,
    TREND_SHARE,
    make_weights,
)
from lstm_core.tasks.forecasting.pretrained.rules.trying import (
    count_steps_back,
    find_long_enough,
    try_rules,
)

AS_IT_IS = Scale(np.zeros(1), np.ones(1))


def lay(values: np.ndarray) -> Course:
    values = np.atleast_2d(values)
    return Course.of(values, values.shape[1] - np.isfinite(values).argmax(1))


def ask(
    values: np.ndarray, seasons: tuple[int, ...], steps: int, logs: Logs | None = None
) -> dict[str, np.ndarray]:
    """What each rule says of one series, by its name: ``(steps,)`` each."""
    fit = fit_rules(lay(values), seasons)
    said = apply_rules(fit, np.arange(1, steps + 1), AS_IT_IS, np.full(1, np.nan), logs)
    return {name: said[0, :, k] for k, name in enumerate(RULES)}


def test_weights_come_to_what_smoothing_step_by_step_does() -> None:
    values = np.random.default_rng(0).normal(size=30).cumsum()
    states = values @ make_weights(len(values))

    for rate, found in zip(LEVEL_RATES, states, strict=False):
        level = values[0]
        for value in values[1:]:
            level += rate * (value - level)
        assert found == pytest.approx(level)
    for k, rate in enumerate(TREND_RATES):
        level, trend = values[0], 0.0
        for value in values[1:]:
            expected = level + DAMPING * trend
            level = expected + rate * (value - expected)
            trend = DAMPING * trend + TREND_SHARE * rate * (value - expected)
        assert states[len(LEVEL_RATES) + 2 * k :][:2] == pytest.approx([level, trend])


@pytest.mark.parametrize("season", [2, 4, 7, 12])
def test_a_season_on_a_trend_is_found_as_it_is(season: int) -> None:
    figure = np.random.default_rng(season).normal(size=season)
    figure -= figure.mean()
    steps = np.arange(3 * season + 1)
    values = 5 + 0.3 * steps + figure[steps % season]

    found = find_figure(lay(values), season)

    assert found[0] == pytest.approx(figure[(steps[-1] + 1 + np.arange(season)) % season])


def test_under_two_seasons_there_is_no_figure() -> None:
    values = np.arange(30.0) % 12
    assert not find_figure(lay(values[:23]), 12).any()
    assert find_figure(lay(values[:24]), 12).any()


def test_gaps_cost_a_figure_little() -> None:
    steps = np.arange(48)
    whole = np.sin(2 * np.pi * steps / 12)
    holed = whole.copy()
    holed[[7, 20, 21, 40]] = np.nan

    found = find_figure(lay(holed), 12)[0]

    assert np.abs(found - whole[:12]).max() < 0.25


def test_smoothing_goes_round_the_end() -> None:
    figure = np.zeros((1, 9))
    figure[0, 0] = 3
    assert smooth_around(figure, 3)[0].tolist() == pytest.approx([1, 1, 0, 0, 0, 0, 0, 0, 1])


def test_gaps_are_bridged_and_ends_held() -> None:
    values = np.array([[np.nan, np.nan, 2.0, np.nan, 4.0, np.nan]])
    assert fill_gaps(values, np.array([4])).tolist() == [[2, 2, 2, 3, 4, 4]]


def test_a_line_is_drawn_on_and_a_season_repeated() -> None:
    steps = np.arange(40)
    line = ask(2.0 + 0.5 * steps, (), 3)
    for name in ("trend line", "drift"):
        assert line[name] == pytest.approx([22, 22.5, 23])
    season = ask(np.array([1.0, 5, 2, 8] * 6), (4,), 6)
    for name in ("short naive", "short mean 3", "short median 3", "short level 0.5", "long naive"):
        assert season[name] == pytest.approx([1, 5, 2, 8, 1, 5], abs=1e-9)


def test_the_day_and_the_week_are_told_apart() -> None:
    hours = np.arange(3 * 28)  # four steps a day, seven days
    values = np.sin(hours * np.pi / 2) + 2.0 * (hours // 4 % 7 >= 5)
    said = ask(values, (4, 28), 28)
    for name in ("long naive", "long level 0.2", "both level 0.2"):
        assert np.abs(said[name] - values[:28]).mean() < 0.25, name
    assert np.abs(said["short naive"] - values[:28]).mean() > 1


def test_growth_by_a_share_is_followed_in_logarithms() -> None:
    values = 100 * 1.05 ** np.arange(30)
    middle = values.mean()
    fit = fit_rules(lay(np.log(values / middle)), ())
    logs = Logs(np.array([0]), fit, np.zeros(1), Scale(np.zeros(1), np.array([1 / middle])))

    said = ask(values, (), 4, logs)

    assert said["log trend line"] == pytest.approx(100 * 1.05 ** np.arange(30, 34))
    assert (said["trend line"] < said["log trend line"]).all()


def test_where_there_are_no_logarithms_the_plain_rules_stand_in() -> None:
    said = ask(np.random.default_rng(1).normal(size=50), (4,), 8)
    for name in RULES:
        if name.startswith("log "):
            assert said[name] == pytest.approx(said[name.removeprefix("log ")]), name


@pytest.mark.parametrize("seasons", [(), (4,), (12,), (7, 28), (24, 168)])
@pytest.mark.parametrize("length", [3, 4, 9, 30, 400])
def test_every_rule_says_something_of_every_length(seasons: tuple[int, ...], length: int) -> None:
    values = np.random.default_rng(length).normal(size=length)
    said = ask(values, seasons, 30)
    assert len(said) == len(set(RULES))
    assert all(np.isfinite(forecast).all() for forecast in said.values())


def test_rules_are_tried_where_it_is_known_what_came() -> None:
    steps = np.arange(40.0)
    values = np.stack([steps, 5 + 0 * steps, steps])
    came = values[:, -6:].copy()
    came[2] = np.nan
    same = Scale(np.zeros(3), np.full(3, 2.0))

    errors = try_rules(fit_rules(lay(values[:, :-6]), ()), came, same, np.full(3, np.nan), None)

    assert errors[0, RULES.index("drift")] == pytest.approx(0)
    assert errors[0, RULES.index("last value")] == pytest.approx(3.5 / 2)
    assert errors[1] == pytest.approx(np.zeros(len(RULES)), abs=1e-9)
    assert np.isnan(errors[2]).all()


def test_rules_are_tried_where_enough_was_known_before() -> None:
    assert [count_steps_back(seasons) for seasons in ((), (4,), (12,), (24, 168), (96,))] == [
        6,
        8,
        12,
        24,
        24,
    ]
    values = np.stack([np.arange(40.0), np.where(np.arange(40) < 33, np.nan, 1.0)])
    assert find_long_enough(np.isfinite(values), np.array([40, 7]), 6).tolist() == [True, False]


@pytest.mark.parametrize("seasons", [(4,), (7, 28), (5, 13)])
@pytest.mark.parametrize("kind", ["whole", "late", "with gaps"])
def test_what_was_known_is_read_as_if_nothing_had_come(kind: str, seasons: tuple[int, ...]) -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(size=(3, 90)).cumsum(1)
    if kind == "late":
        values[1, :40] = np.nan
    if kind == "with gaps":
        values[rng.random(values.shape) < 0.2] = np.nan
        values[:, 0] = 1
    then, alone = lay(values).until(11), lay(values[:, :-11])
    shared, own = fit_rules(then, seasons), fit_rules(alone, seasons)
    for one, other in zip(shared.ways, own.ways, strict=True):
        assert one.filled == pytest.approx(other.filled)
    assert shared.sums[:, -1] == pytest.approx(own.sums[:, -1])
    assert shared.trend.slope == pytest.approx(own.trend.slope)


def test_what_is_forgotten_changes_no_smoothing() -> None:
    values = np.random.default_rng(8).normal(size=(2, 700)).cumsum(1)
    smoothed = fit_rules(lay(values), ()).states[0]
    assert smoothed == pytest.approx(values @ make_weights(700), abs=1e-8)

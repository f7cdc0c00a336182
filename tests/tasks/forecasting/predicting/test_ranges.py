from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.predicting.ranges import (
    MOST_WINDOWS,
    Calibration,
    factors_from_json,
    factors_to_json,
    fit_factors,
    raw_ends,
    score_ends,
    widen,
)


def make_errors(num_windows: int, horizon: int = 5, seed: int = 0) -> np.ndarray:
    """Errors that grow with the step, ``(n, horizon)``."""
    generator = np.random.default_rng(seed)
    return generator.normal(size=(num_windows, horizon)) * np.arange(1, horizon + 1)


def score_errors(errors: np.ndarray) -> np.ndarray:
    point = np.zeros_like(errors)
    return score_ends(errors, point, raw_ends(point[..., None]))


def cover(errors: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """The share inside each range, ``(horizon, levels)``."""
    point = np.zeros_like(errors)
    ends = widen(point, raw_ends(point[..., None]), factors)
    inside = (ends[..., 0] <= errors[..., None]) & (errors[..., None] <= ends[..., 1])
    shares: np.ndarray = inside.mean(axis=0)
    return shares


def test_each_step_is_covered_as_promised() -> None:
    factors = fit_factors(score_errors(make_errors(2_000)))
    np.testing.assert_allclose(
        cover(make_errors(4_000, seed=1), factors), np.tile(LEVELS, (5, 1)) / 100, atol=0.03
    )


def test_few_windows_borrow_from_neighbouring_steps() -> None:
    shares = [
        cover(make_errors(4_000, 24, seed=99), fit_factors(score_errors(make_errors(5, 24, seed))))
        for seed in range(20)
    ]
    assert np.mean(shares, axis=(0, 1))[1] == pytest.approx(0.8, abs=0.05)


def test_nothing_known_changes_nothing() -> None:
    assert (fit_factors(np.full((4, 3, len(LEVELS)), np.nan)) == 1).all()


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3),
    st.lists(st.floats(0, 1e3), min_size=6, max_size=6),
    st.lists(st.floats(0, 50), min_size=len(LEVELS), max_size=len(LEVELS)),
)
def test_a_wider_promise_is_a_wider_range(
    points: list[float], widths: list[float], errors: list[float]
) -> None:
    # Whatever was wrong before: nested ends stay nested, because wider ones never miss more.
    point = np.array([points[:1]])
    below, above = np.cumsum(widths[:3]), np.cumsum(widths[3:])
    ends = np.stack([point[..., None] - below, point[..., None] + above], axis=-1)
    scores = score_ends(point + np.array(errors[:1]), point, ends)
    factors = fit_factors(scores)
    wide = widen(point, ends, factors)
    assert (wide[..., 0] <= point[..., None]).all()
    assert (point[..., None] <= wide[..., 1]).all()


def test_an_end_that_was_met_exactly_scores_one() -> None:
    point, ends = np.array([[10.0]]), np.array([[[[8.0, 14.0]] * 3]])
    for actual, score in ((14.0, 1.0), (8.0, 1.0), (12.0, 0.5), (6.0, 2.0), (10.0, 0.0)):
        found = score_ends(np.array([[actual]]), point, ends)
        assert found[0, 0].tolist() == pytest.approx([score] * 3)
    assert np.isnan(score_ends(np.array([[np.nan]]), point, ends)).all()


def test_a_network_without_quantiles_reaches_one_unit() -> None:
    assert raw_ends(np.array([[[3.0]]])).tolist() == [[[[2.0, 4.0]] * len(LEVELS)]]


def test_only_what_was_known_by_then_counts_and_the_latest_of_it() -> None:
    calibration = Calibration()
    assert calibration.fit() is None
    small, large = np.full((500, 1), 1.0), np.full((500, 1), 7.0)
    calibration.add(np.arange(500), score_errors(small))
    calibration.add(np.arange(500, 1_000), score_errors(large))
    assert calibration.fit(-1) is None
    before, after = calibration.fit(499), calibration.fit()
    assert before is not None
    assert after is not None
    assert (before == 1).all()
    assert (after == 7).all()
    assert MOST_WINDOWS < 500


def test_of_many_series_the_latest_windows_of_all_count() -> None:
    generator = np.random.default_rng(0)
    calibration = Calibration()
    times: list[np.ndarray] = []
    scores: list[np.ndarray] = []

    def add(known_at: np.ndarray) -> None:
        times.append(known_at)
        scores.append(generator.random((len(known_at), 4, 3)).astype("float32"))
        calibration.add(known_at, scores[-1])

    for series in range(90):
        add(100 + np.arange(12) + series % 3)
        for now in (120, 110, 130):  # back and forth, and again with each series
            known = np.concatenate(times)
            latest = np.argsort(known, kind="stable")
            latest = latest[known[latest] <= now][-MOST_WINDOWS:]
            expected = fit_factors(np.concatenate(scores)[np.sort(latest)])
            np.testing.assert_array_equal(calibration.fit(now), expected)
            add(now + np.arange(8) - 3)
    np.testing.assert_array_equal(
        calibration.fit(),
        fit_factors(
            np.concatenate(scores)[np.argsort(np.concatenate(times), kind="stable")[-MOST_WINDOWS:]]
        ),
    )


def test_what_is_forgotten_is_never_asked_for_again() -> None:
    errors = make_errors(3 * MOST_WINDOWS)
    times = np.random.default_rng(0).permutation(len(errors))
    full, pruned = Calibration(), Calibration()
    for calibration in (full, pruned):
        calibration.add(times, score_errors(errors))
    pruned.forget(1_000)
    for now in (1_000, 1_100, None):
        expected, found = full.fit(now), pruned.fit(now)
        assert expected is not None
        assert found is not None
        np.testing.assert_array_equal(found, expected)
    assert sum(len(scores) for scores in pruned._scores) < len(errors)


def test_factors_survive_json() -> None:
    factors = [fit_factors(score_errors(make_errors(50))), None]
    again = factors_from_json(factors_to_json(factors))
    assert again[1] is None
    np.testing.assert_array_equal(again[0], factors[0])


def test_a_factor_is_the_rank_that_conformal_prediction_asks_for() -> None:
    # Of n scores the ceil((n + 1) * share)-th smallest: of 1 to 99, the share itself.
    scores = np.repeat(np.arange(1.0, 100.0)[::-1, None, None], len(LEVELS), axis=2)
    assert fit_factors(scores).tolist() == [list(map(float, LEVELS))]


def test_ranges_of_few_windows_that_overlap_hold_what_they_promise() -> None:
    """Walks, twelve steps ahead: what is seen in a dozen windows is little more than in one."""
    rng = np.random.default_rng(0)
    steps = np.arange(1, 13)

    def measure_misses(walk: np.ndarray, cutoffs: np.ndarray) -> np.ndarray:
        actual = walk[cutoffs[:, None] + steps] - walk[cutoffs][:, None]
        point = np.zeros_like(actual)
        return score_ends(actual, point, raw_ends(point[..., None]))

    held: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(300):
        walk = rng.normal(size=200).cumsum()
        known, later = (measure_misses(walk, np.arange(*ends)) for ends in ((10, 22), (100, 150)))
        for is_scarce, found in held.items():
            factors = fit_factors(known, is_scarce=is_scarce)
            found.append(float((later[..., 1] <= factors[:, 1]).mean()))
    usual, scarce = (float(np.mean(found)) for found in held.values())
    assert LEVELS[1] == 80
    assert usual < 0.77
    assert scarce == pytest.approx(0.8, abs=0.02)


def test_many_windows_are_believed_as_they_come() -> None:
    scores = np.random.default_rng(1).exponential(size=(MOST_WINDOWS, 3, len(LEVELS)))
    known_at = np.arange(MOST_WINDOWS)
    usual, scarce = Calibration(), Calibration(is_scarce=True)
    for calibration in (usual, scarce):
        calibration.add(known_at, scores)
    np.testing.assert_array_equal(usual.fit(), scarce.fit())
    few, wider = (each.fit(MOST_WINDOWS // 8) for each in (usual, scarce))
    assert few is not None
    assert wider is not None
    assert (wider >= few).all()
    assert (wider > few).any()

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

from lstm_core.judging.comparing import (
    bootstrap_interval,
    compare_by_exchange,
    compare_in_folds,
    compare_on_items,
    find_interval,
    find_rank_gain,
)


def test_disagreements_are_halved_at_what_was_seen() -> None:
    exact = mcnemar([[0, 12], [4, 0]], exact=True).pvalue / 2
    at_data = stats.binom.pmf(12, 16, 0.5)
    assert compare_on_items(12, 4) == pytest.approx(exact - at_data / 2)
    assert compare_on_items(12, 4) + compare_on_items(4, 12) == pytest.approx(1.0)
    assert [compare_on_items(num, num) for num in (0, 7)] == pytest.approx([0.5, 0.5])
    # Fagerland, Lydersen and Laake (2013), of 1 and 7 disagreements: two-sided mid-p 0.0391.
    assert 2 * compare_on_items(7, 1) == pytest.approx(0.0391, abs=5e-5)


def test_folds_are_no_independent_evidence() -> None:
    gains = np.asarray([0.02, 0.05, 0.01, 0.04, 0.03])
    plain = stats.ttest_1samp(gains, 0.0, alternative="greater")
    assert compare_in_folds(gains, 0.0) == pytest.approx(plain.pvalue)
    # By hand: the error grows from sqrt(1/5) to sqrt(1/5 + 1/4).
    t = plain.statistic * np.sqrt((1 / 5) / (1 / 5 + 1 / 4))
    assert compare_in_folds(gains, 0.25) == pytest.approx(stats.t.sf(t, 4))
    assert compare_in_folds(gains[:1], 0.25) is None
    assert compare_in_folds(np.full(5, 0.1), 0.25) == 0.0
    assert compare_in_folds(np.zeros(5), 0.25) == 0.5


def flip_groups(gains: np.ndarray) -> float | None:
    """Compare by the gain of each group, whose signs are flipped at random."""
    return compare_by_exchange(
        float(gains.sum()), len(gains), lambda masks: np.where(masks, -gains, gains).sum(axis=1)
    )


def test_few_groups_are_all_flipped() -> None:
    # Of 8 ways to sign 1, 2 and 3 only the one as found reaches 6: it counts by half.
    assert flip_groups(np.asarray([1.0, 2.0, 3.0])) == pytest.approx(0.5 / 8)
    assert flip_groups(np.asarray([1.0, -1.0])) == pytest.approx(0.5)
    assert flip_groups(np.empty(0)) is None


def test_many_groups_are_flipped_at_random() -> None:
    gains = np.random.default_rng(0).normal(0.3, 1.0, 40)
    assert flip_groups(gains) == flip_groups(gains)
    found = stats.permutation_test(
        (gains,),
        np.mean,
        permutation_type="samples",
        alternative="greater",
        n_resamples=20_000,
        rng=1,
    )
    assert flip_groups(gains) == pytest.approx(found.pvalue, abs=0.01)


def test_exchanging_items_is_what_disagreements_tell() -> None:
    signs = np.asarray([1] * 30 + [-1] * 18)
    found = compare_by_exchange(12, 48, lambda masks: np.where(masks, -signs, signs).sum(axis=1))
    assert found == pytest.approx(compare_on_items(30, 18), abs=0.01)


def test_a_true_null_is_seldom_rejected() -> None:
    rng = np.random.default_rng(0)
    found = np.asarray([flip_groups(rng.normal(size=10)) for _ in range(300)])
    assert 0.02 <= (found < 0.05).mean() <= 0.09


def test_intervals_of_shares_are_wilsons() -> None:
    for successes, count in [(0, 10), (3, 10), (81, 100), (10, 10)]:
        expected = proportion_confint(successes, count, method="wilson")
        assert find_interval(successes, count) == pytest.approx(expected, abs=1e-12)
    assert find_interval(0, 0) == (0.0, 1.0)


def test_groups_make_intervals_wider() -> None:
    right = np.repeat([1.0, 0.0, 1.0, 1.0], 50)
    low, high = bootstrap_interval(right, np.ones(200))
    assert (low, high) == pytest.approx(find_interval(150, 200), abs=0.02)
    wide_low, wide_high = bootstrap_interval(np.asarray([50.0, 0, 50, 50]), np.full(4, 50.0))
    assert wide_low < low < high <= wide_high


def test_ranks_are_compared_as_curves_are() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.normal(1, 1, 50).round(1), rng.normal(0, 1, 80).round(1)
    has = np.repeat([True, False], [50, 80])
    expected = roc_auc_score(has, np.concatenate([first, second]))
    assert find_rank_gain(first, second) == pytest.approx(expected)
    assert find_rank_gain(first, first) == pytest.approx(0.5)
    assert find_rank_gain(first, first[:0]) == 1.0

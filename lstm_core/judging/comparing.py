"""Tests for chance: would a difference as large as this be seen if there were none?

All are one-sided. They return how likely an advantage at least as large is where there is none:
near 0 where the first of the two is better beyond chance, near 1 where the second is.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

NUM_SAMPLES = 4_000
"""Exchanges that are drawn where there are too many to try them all."""

MOST_TRIED = 12
"""Units of which all exchanges are tried: 2 to the 12th are 4,096."""

MOST_CELLS = 5_000_000
"""Units times exchanges that are held at once."""

ROUNDING = 1e-9
"""Gains that differ by less are equal: the order of additions may matter by that."""


def compare_on_items(first_alone: int, second_alone: int) -> float:
    """Compare two classifiers on the same items by the mid-p version of McNemar's test.

    Args:
        first_alone: items that the first has right and the second has not.
        second_alone: the reverse. What both have right or wrong tells nothing.

    McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12 (1947). The exact test errs towards seeing nothing; mid-p, which
    counts what is as extreme as the data by half, does so less: Fagerland, Lydersen and Laake,
    "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13 (2013).
    """
    count = first_alone + second_alone
    if count == 0:
        return 0.5
    at_least = stats.binom.sf(first_alone - 1, count, 0.5)
    return float(at_least - 0.5 * stats.binom.pmf(first_alone, count, 0.5))


def compare_in_folds(gains: np.ndarray, test_share: float) -> float | None:
    """Compare two models that were trained anew in each fold by a corrected resampled t test.

    Args:
        gains: ``(folds,)`` by how much the first is better in each.
        test_share: items of the test part beside those of the training part, 0.25 for a fifth.

    None with fewer than two folds. Training parts overlap, so the folds' gains vary less than
    they would on fresh data; the variance is raised by ``test_share``: Nadeau and Bengio,
    "Inference for the generalization error", Machine Learning 52 (2003); for folds of one
    cross-validation, Bouckaert and Frank, "Evaluating the replicability of significance tests for
    comparing learning algorithms", PAKDD (2004).
    """
    count = len(gains)
    if count < 2:
        return None
    mean, variance = float(np.mean(gains)), float(np.var(gains, ddof=1))
    if variance == 0:
        return 0.5 if mean == 0 else (0.0 if mean > 0 else 1.0)
    error = np.sqrt((1.0 / count + test_share) * variance)
    return float(stats.t.sf(mean / error, count - 1))


def compare_by_exchange(
    gain: float,
    num_units: int,
    measure_gains: Callable[[np.ndarray], np.ndarray],
    seed: int = 0,
) -> float | None:
    """Compare two models by exchanging what they say of some of the units, at random.

    Args:
        gain: by how much the first is better.
        num_units: what is exchanged as a whole: items, or groups of items.
        measure_gains: takes ``(m, units)`` bool, True where the two are exchanged, and returns
            the gains after that, ``(m,)``.

    If there were no difference, no exchange would matter, whatever the measure: approximate
    randomisation, Noreen, *Computer-Intensive Methods for Testing Hypotheses* (1989), for F1 in
    Yeh, "More accurate tests for the statistical significance of result differences", COLING
    (2000). All exchanges are tried where there are few units. None without units; with five groups
    no advantage can be less likely than 1 in 32. What is as extreme as the data counts by half.
    """
    if num_units == 0:
        return None
    if num_units <= MOST_TRIED:  # the data as they are, exchanged nowhere, are among the masks
        masks = (np.arange(2**num_units)[:, None] >> np.arange(num_units)) & 1 == 1
        above, equal = _count(measure_gains(masks), gain)
        return (above + 0.5 * equal) / len(masks)
    rng = np.random.default_rng(seed)
    above = equal = 0
    step = max(1, MOST_CELLS // num_units)
    for begin in range(0, NUM_SAMPLES, step):
        size = (min(step, NUM_SAMPLES - begin), num_units)
        more, same = _count(measure_gains(rng.integers(0, 2, size, dtype=bool)), gain)
        above += more
        equal += same
    return (above + 0.5 * equal + 0.5) / (NUM_SAMPLES + 1)


def _count(gains: np.ndarray, gain: float) -> tuple[int, int]:
    """Return how many gains are above the one that was found, and how many equal to it."""
    is_equal = np.abs(gains - gain) <= ROUNDING
    return int(((gains > gain) & ~is_equal).sum()), int(is_equal.sum())


def bootstrap_interval(
    sums: np.ndarray, counts: np.ndarray, level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Return between which values a mean over items lies when groups are drawn anew.

    Args:
        sums: ``(groups,)`` of the items' values, for one item each the values themselves.
        counts: ``(groups,)`` items.

    Groups are drawn whole and with repetition, as items of one resemble each other: the cluster
    bootstrap, Davison and Hinkley, *Bootstrap Methods and their Application* (1997), section 3.8.
    """
    rng = np.random.default_rng(seed)
    num_groups = len(sums)
    means = np.empty(NUM_SAMPLES)
    step = max(1, MOST_CELLS // max(num_groups, 1))
    for begin in range(0, NUM_SAMPLES, step):
        drawn = rng.integers(0, num_groups, (min(step, NUM_SAMPLES - begin), num_groups))
        means[begin : begin + step] = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def find_interval(successes: int, count: int, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval of a share: between what the true one lies, given these many.

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927). All is possible where nothing was counted.
    """
    if count == 0:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + level) / 2))
    share = successes / count
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2)) / (1 + z**2 / count)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def find_rank_gain(first: np.ndarray, second: np.ndarray) -> float:
    """Return how often one of the first is above one of the second; equal ones count by half.

    The area under the ROC curve, and Mann and Whitney's U beside its largest value; 1 where one of
    both is empty.
    """
    if not len(first) or not len(second):
        return 1.0
    ranks = stats.rankdata(np.concatenate([first, second]))[: len(first)]
    least = len(first) * (len(first) + 1) / 2
    return float((ranks.sum() - least) / (len(first) * len(second)))

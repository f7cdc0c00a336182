"""Where each series is cut into a training, a validation and a test part, fold by fold."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from lstm_core.spec import ExperimentSpec

DEFAULT_TEST_FRACTION = 0.15


@dataclass(frozen=True)
class Cuts:
    """Rows of one series, each part from its start up to, not including, its end.

    ``test_start`` to ``test_end`` bound the first predicted row of a test window; its other
    rows may reach beyond.
    """

    train_start: int
    train_end: int
    validation_start: int
    validation_end: int
    test_start: int
    test_end: int


def cut_series(num_rows: int, spec: ExperimentSpec, fold: int | None = None) -> Cuts:
    """Cut a series of ``num_rows``; each later part holds at least one horizon.

    Args:
        spec: with ``task.horizon`` set.
        fold: with refit, which fold, from 0; none: everything before the test part is learnt
            from, and the test part is one.
    """
    horizon = spec.task.horizon
    assert horizon is not None
    gap = spec.task.gap
    test = max(num_rows * (spec.task.test_fraction or DEFAULT_TEST_FRACTION), horizon)
    validation = max(num_rows * spec.task.validation_fraction, horizon)
    # Rounded at the cuts: part by part, one more row could shorten the training part.
    test_start = num_rows - int(test + 0.5)
    validation_start = num_rows - int(test + validation + 0.5) - gap
    cuts = Cuts(0, validation_start - gap, validation_start, test_start - gap, test_start, num_rows)
    if fold is None:
        return cuts
    start, end = find_stretches(cuts, spec)[fold]
    shift = start - cuts.test_start
    return Cuts(
        shift if spec.task.window == "sliding" else 0,
        cuts.train_end + shift,
        cuts.validation_start + shift,
        cuts.validation_end + shift,
        start,
        end,
    )


def find_stretches(cuts: Cuts, spec: ExperimentSpec) -> list[tuple[int, int]]:
    """Return the first and the end row of each fold's stretch of the test part."""
    count = spec.task.num_folds or 1
    length = cuts.test_end - cuts.test_start
    edges = [cuts.test_start + length * number // count for number in range(count + 1)]
    return list(pairwise(edges))


def is_long_enough(num_rows: int, spec: ExperimentSpec) -> bool:
    """Whether the training part of a series of this length holds a window.

    Where the network is told of a season, one lies before the steps of the first window.
    """
    _, horizon = spec.task.sizes
    return cut_series(num_rows, spec).train_end >= count_rows_behind(spec) + horizon


def count_rows_behind(spec: ExperimentSpec) -> int:
    """Return the rows up to the first cutoff that can be learnt from."""
    lookback, _ = spec.task.sizes
    return max(lookback, spec.task.season_back)


def count_needed_rows(spec: ExperimentSpec) -> int:
    """The fewest rows of a series: one window to learn from, one to validate, one to test."""
    _, horizon = spec.task.sizes
    fewest = most = count_rows_behind(spec) + 3 * horizon
    while not is_long_enough(most, spec):
        most *= 2
    lengths = range(fewest, most + 1)
    return lengths[bisect_left(lengths, True, key=lambda length: is_long_enough(length, spec))]

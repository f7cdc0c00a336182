"""What fitting costs, counted beforehand: so the same rules stand on every machine, however busy.

The unit is one member of exponential smoothing fitted to ``ROWS_OF_A_FIT`` rows: some 4
milliseconds of one core in 2026.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_WORK = 7_000.0
"""Of all lines together and of all rules: about half a minute."""
ROWS_OF_A_FIT = 500


def choose_affordable(
    costs: Sequence[tuple[str, float]], most: float
) -> tuple[list[str], list[str]]:
    """Return the rules that are fitted and those that would be too much, in the order given.

    Args:
        costs: each rule and what it costs for all lines, the one to keep longest first.
    """
    kept, dropped, spent = [], [], 0.0
    for name, cost in costs:
        if spent + cost <= most:
            spent += cost
            kept.append(name)
        else:
            dropped.append(name)
    return kept, dropped


def count_fits(num_rows: int) -> float:
    """Return what fitting one member to so many rows costs; most of it is there for any."""
    return 0.7 + 0.3 * num_rows / ROWS_OF_A_FIT

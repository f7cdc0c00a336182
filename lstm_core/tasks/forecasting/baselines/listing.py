"""Which baselines a model stands beside: read from training rows and the calendar alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines import regression, several_seasons, smoothing
from lstm_core.tasks.forecasting.baselines.counts import COUNTING, has_many_zeros
from lstm_core.tasks.forecasting.baselines.naming import name_rule
from lstm_core.tasks.forecasting.baselines.simple import BASELINES, SEASONAL
from lstm_core.tasks.forecasting.baselines.work import MOST_WORK, choose_affordable
from lstm_core.tasks.forecasting.seasons import find_longer


@dataclass(frozen=True)
class Rules:
    """The baselines of a run.

    Attributes:
        names: in the order of the scoreboard; see ``naming``.
        left_out: what would be too much to fit, each with the reason.
    """

    names: tuple[str, ...]
    left_out: dict[str, str] = field(default_factory=dict)


def list_rules(
    lines: Sequence[np.ndarray],
    season: int,
    frequency: Frequency,
    num_known: int = 0,
) -> Rules:
    """List the baselines for the training rows ``(rows,)`` of each line.

    Args:
        season: in steps; 1 when there is none.
        num_known: covariates that are known ahead of time.
    """
    num_rows = int(np.median([len(line) for line in lines]))
    longer = find_longer(season, frequency, num_rows)
    seasons = [each for each in (season, *longer) if each > 1]
    # Where there is no season, the same time a season ago is the last value.
    names = [name for name in BASELINES if season > 1 or name != "seasonal_naive"]
    names += [name_rule(kind, [each]) for each in longer for kind in SEASONAL]
    if has_many_zeros(lines):
        names += COUNTING
    costs = [
        ("theta", smoothing.count_theta_work(lines)),
        ("ets", smoothing.count_ets_work(lines, season)),
    ]
    if num_known:
        # Each season has waves of its own to be fitted: the rows may be too few for all of them.
        for told in dict.fromkeys((tuple(seasons[:1]), tuple(seasons))):
            cost = regression.count_work(lines, num_known, told)
            costs.append((name_rule("regression", told), cost))
    apart = [each for each in seasons if several_seasons.has_room(num_rows, [each])]
    if len(apart) > 1 or (apart and apart[0] > smoothing.LONGEST_SMOOTHED_SEASON):
        cost = several_seasons.count_work(lines, apart)
        costs.append((name_rule("mstl", apart), cost))
    kept, dropped = choose_affordable(costs, MOST_WORK)
    fitted = [name for name in ("ets", "theta", *(name for name, _ in costs)) if name in kept]
    return Rules((*names, *dict.fromkeys(fitted)), dict.fromkeys(dropped, _say_work(lines)))


def _say_work(lines: Sequence[np.ndarray]) -> str:
    most = max(len(line) for line in lines)
    return (
        f"fitting it to {len(lines):,} series of up to {most:,} rows "
        "is more than all such fits may cost together"
    )

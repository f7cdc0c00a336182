"""From which probability on one of two labels is said, given what mistakes cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MOST_ROWS = 200

ROUNDING = 1e-12


@dataclass(frozen=True)
class Costs:
    """What a mistake costs, in any unit; only their ratio matters.

    Attributes:
        false_alarm: saying the label of an item that has the other one.
        miss: not saying it of one that has it.
    """

    false_alarm: float = 1.0
    miss: float = 1.0

    def __post_init__(self) -> None:
        if self.false_alarm < 0 or self.miss < 0 or self.false_alarm + self.miss == 0:
            raise ValueError("Costs are not negative, and one of them is above 0.")


def tabulate_thresholds(has: np.ndarray, scores: np.ndarray, costs: Costs) -> pd.DataFrame:
    """Return what every threshold that makes a difference leads to, from 0 upward.

    Args:
        has: ``(n,)`` bool, whether an item has the label.
        scores: ``(n,)`` its probability.

    Returns:
        ``threshold, hits, false_alarms, misses, precision, recall, f1, accuracy, cost``: counts,
        shares and the cost of an item on average. The label is said at the threshold or above;
        a row holds for all thresholds down to the row before. Precision is NaN where it is never
        said.
    """
    values, places = np.unique(scores, return_inverse=True)
    num_has = np.bincount(places, has, minlength=len(values))
    num_not = np.bincount(places, ~has, minlength=len(values))
    below_has = np.concatenate([[0.0], np.cumsum(num_has)])  # (values + 1,)
    below_not = np.concatenate([[0.0], np.cumsum(num_not)])
    thresholds = np.append(values, 1.0)
    misses, hits = below_has, below_has[-1] - below_has
    false_alarms = below_not[-1] - below_not
    said = hits + false_alarms
    count = len(has)
    table = pd.DataFrame(
        {
            "threshold": thresholds,
            "hits": hits.astype(np.int64),
            "false_alarms": false_alarms.astype(np.int64),
            "misses": misses.astype(np.int64),
            "precision": np.divide(hits, said, out=np.full(len(said), np.nan), where=said > 0),
            "recall": hits / max(below_has[-1], 1.0),
            "f1": 2.0 * hits / np.maximum(2.0 * hits + false_alarms + misses, 1.0),
            "accuracy": (hits + below_not) / count,
            "cost": (costs.false_alarm * false_alarms + costs.miss * misses) / count,
        }
    )
    if values[-1] >= 1.0:  # what is certain is said at a threshold of 1 as well
        table = table.iloc[:-1]
    return table


def thin_table(table: pd.DataFrame, most: int = MOST_ROWS) -> pd.DataFrame:
    """Keep rows whose thresholds are evenly spread, and the cheapest one."""
    if len(table) <= most:
        return table
    wanted = np.linspace(0.0, 1.0, most)
    found = np.searchsorted(table["threshold"].to_numpy(), wanted).clip(0, len(table) - 1)
    cheapest = int(table["cost"].to_numpy().argmin())
    return table.iloc[np.unique(np.append(found, cheapest))].reset_index(drop=True)


def read_threshold(table: pd.DataFrame, threshold: float) -> pd.Series:
    """Return the row of what saying the label from this probability on leads to."""
    place = int(np.searchsorted(table["threshold"].to_numpy(), threshold, side="left"))
    return table.iloc[min(place, len(table) - 1)]


@dataclass(frozen=True)
class Outcome:
    """What saying the label from one probability on leads to.

    Attributes:
        hits, false_alarms, misses: items.
        precision: None where the label is never said. ``false_alarm_share``: of all others.
        cost: of an item on average.
    """

    threshold: float
    hits: int
    false_alarms: int
    misses: int
    precision: float | None
    recall: float
    false_alarm_share: float
    f1: float
    cost: float


def read_outcome(table: pd.DataFrame, threshold: float, has: np.ndarray) -> Outcome:
    """Return the same as ``read_threshold`` in full; ``has`` as the table was made from."""
    row = read_threshold(table, threshold)
    hits, false_alarms = int(row["hits"]), int(row["false_alarms"])
    return Outcome(
        threshold,
        hits,
        false_alarms,
        int(row["misses"]),
        float(row["precision"]) if hits + false_alarms else None,
        float(row["recall"]),
        false_alarms / max(int((~has).sum()), 1),
        float(row["f1"]),
        float(row["cost"]),
    )


def choose_threshold(has: np.ndarray, scores: np.ndarray, costs: Costs) -> float:
    """Return the cheapest threshold on the validation part, halfway between two probabilities.

    Of equally cheap ones, that nearest to what costs alone demand: where probabilities are true,
    saying the label pays from ``false_alarm / (false_alarm + miss)`` on. Elkan, "The foundations
    of cost-sensitive learning", IJCAI (2001). That is returned too where the part holds one label
    only.
    """
    demanded = costs.false_alarm / (costs.false_alarm + costs.miss)
    if has.all() or not has.any():
        return demanded
    table = tabulate_thresholds(has, scores, costs)
    cost = table["cost"].to_numpy()
    if read_threshold(table, demanded)["cost"] <= cost.min() + ROUNDING:
        return demanded
    thresholds = table["threshold"].to_numpy()
    before = np.concatenate([[0.0], thresholds[:-1]])
    cheapest = ((before + thresholds) / 2)[cost <= cost.min() + ROUNDING]
    return float(cheapest[np.abs(cheapest - demanded).argmin()])

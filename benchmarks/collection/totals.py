"""What the runs of a series come to, and all series together, beside the limits."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.accuracy.scoring import is_honest
from benchmarks.collection.results import Line

WORSE = 1.03
"""From which ratio on a forecast is called worse."""

LIMITS = {
    "to_chosen": 0.90,
    "worse_than_chosen": 0.10,
    "to_best": 0.97,
    "worse_than_best": 0.20,
    "honest_ranges": 0.80,
    "false_wins": 0,
    "few_seconds": 60.0,
}
_AT_LEAST = ("honest_ranges",)
_MEASURES = ("mase", "chosen_mase", "best_mase", "held_80")


def summarize_series(lines: Sequence[Line]) -> dict[str, Any]:
    """Return one row for all runs of a series.

    Errors are the median over seeds at each cutoff, then the mean over cutoffs. The best rule in
    hindsight is the best over all cutoffs together.
    """
    cutoffs = group_by_rows(lines)
    mean = {name: _average([_middle(runs, name) for runs in cutoffs]) for name in _MEASURES}
    rules = _average_rules(cutoffs)
    best = min(rules, key=lambda name: rules[name])
    wins = [judge_win(run, lines) for run in lines if run["claims_win"]]
    return {
        "series": lines[0]["series"],
        "group": lines[0]["group"],
        "traits": lines[0]["traits"],
        "rows": max(run["rows"] for run in lines),
        "cutoffs": len(cutoffs),
        "runs": len(lines),
        "mase": round(mean["mase"], 4),
        "chosen": lines[0]["chosen"],
        "chosen_mase": round(mean["chosen_mase"], 4),
        "best": best,
        "best_mase": round(rules[best], 4),
        "to_chosen": _divide(mean["mase"], mean["chosen_mase"]),
        "to_best": _divide(mean["mase"], rules[best]),
        "held_80": round(mean["held_80"], 4),
        "held_80_whole": round(_middle(cutoffs[0], "held_80"), 4),
        "seconds": max(run["seconds"] for run in lines),
        "wins": wins,
    }


def judge_win(run: Line, lines: Sequence[Line]) -> str:
    """Say what a claimed win is worth: ``true``, ``false``, ``hollow`` or ``unchecked``.

    False: on its own test part a rule of the wider set is as good, or at the other cutoffs the
    rule that validation chose or the rival that was named is. Hollow: at the other cutoffs some
    other rule is, in hindsight. Unchecked: nothing speaks against it, and there is no other cutoff.
    """
    if run["mase"] >= run["best_mase"]:
        return "false"
    others = group_by_rows([other for other in lines if other["rows"] != run["rows"]])
    if not others:
        return "unchecked"
    own = _average([_middle(runs, "mase") for runs in others])
    rules = _average_rules(others)
    strong = [_average([_middle(runs, "chosen_mase") for runs in others])]
    strong += [rules[run["rival"]]] if run["rival"] in rules else []
    if own >= min(strong):
        return "false"
    return "hollow" if own >= min(rules.values()) else "true"


def group_by_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the seeds of each cutoff together, the longest table first."""
    sizes = sorted({line["rows"] for line in lines}, reverse=True)
    return [[line for line in lines if line["rows"] == rows] for rows in sizes]


def add_up(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the totals of several series' rows."""
    wins = [win for row in rows for win in row["wins"]]
    few = [row["seconds"] for row in rows if row["group"] == "few"]
    return {
        "series": len(rows),
        "to_chosen": _mean_ratio(rows, "to_chosen"),
        "worse_than_chosen": _share(row["to_chosen"] > WORSE for row in rows),
        "to_best": _mean_ratio(rows, "to_best"),
        "worse_than_best": _share(row["to_best"] > WORSE for row in rows),
        "honest_ranges": _share(is_honest(row["held_80"]) for row in rows),
        "honest_ranges_whole": _share(is_honest(row["held_80_whole"]) for row in rows),
        "wins": len(wins),
        "false_wins": wins.count("false"),
        "hollow_wins": wins.count("hollow"),
        "unchecked_wins": wins.count("unchecked"),
        "few_seconds": max(few, default=0.0),
        "most_seconds": max(row["seconds"] for row in rows),
    }


def find_missed(totals: dict[str, Any]) -> list[str]:
    """Return the names of the limits that are not kept."""
    return [
        name
        for name, limit in LIMITS.items()
        if (totals[name] < limit if name in _AT_LEAST else totals[name] > limit)
    ]


def _average_rules(cutoffs: Sequence[Sequence[Line]]) -> dict[str, float]:
    """Return each rule's mean error over the cutoffs; those that are not at each are left out."""
    tables = [runs[0]["rules"] for runs in cutoffs]
    names = [name for name in tables[0] if all(name in table for table in tables)]
    return {name: _average([table[name] for table in tables]) for name in names}


def _middle(runs: Sequence[Line], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def _average(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _divide(error: float, other: float) -> float:
    if other == 0:
        return 1.0 if error == 0 else float("inf")
    return round(error / other, 4)


def _mean_ratio(rows: Sequence[dict[str, Any]], name: str) -> float:
    """The geometric mean; what is exact counts as a thousandth, so that one series can't rule."""
    logs = [np.log(np.clip(row[name], 1e-3, 1e3)) for row in rows]
    return round(float(np.exp(np.mean(logs))), 4)


def _share(found: Any) -> float:
    return round(float(np.mean(list(found))), 4)

"""What the runs of the collection come to."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.collection.totals import (
    LIMITS,
    add_up,
    find_missed,
    judge_win,
    summarize_series,
)


def make_line(rows: int, mase: float, *, seed: int = 42, **others: Any) -> dict[str, Any]:
    """A run beside two rules, of which validation chose the first."""
    first, second = others.pop("rules", (1.0, 2.0))
    return {
        "series": "one",
        "group": "few",
        "traits": ["monthly"],
        "rows": rows,
        "seed": seed,
        "mase": mase,
        "chosen": "first",
        "chosen_mase": first,
        "best": "first" if first < second else "second",
        "best_mase": min(first, second),
        "rules": {"first": first, "second": second},
        "held_80": 0.8,
        "claims_win": False,
        "rival": "first",
        "seconds": 10.0,
    } | others


def test_seeds_are_a_median_and_cutoffs_a_mean() -> None:
    lines = [make_line(100, mase, seed=seed) for seed, mase in ((42, 0.5), (43, 0.8), (44, 9.0))]
    row = summarize_series([*lines, make_line(75, 0.4, held_80=0.6, seconds=33.0)])
    assert row["mase"] == 0.6
    assert row["to_chosen"] == 0.6
    assert (row["cutoffs"], row["runs"], row["seconds"]) == (2, 4, 33)
    assert (row["held_80"], row["held_80_whole"]) == (0.7, 0.8)


def test_hindsight_takes_one_rule_for_all_cutoffs() -> None:
    lines = [make_line(100, 1.0, rules=(1.0, 3.0)), make_line(75, 1.0, rules=(2.0, 1.0))]
    row = summarize_series(lines)
    assert (row["best"], row["best_mase"]) == ("first", 1.5)
    assert row["to_best"] == 0.6667


@pytest.mark.parametrize(
    ("own", "other", "worth"),
    [
        (make_line(100, 0.9), None, "unchecked"),
        (make_line(100, 1.0), make_line(75, 0.1), "false"),  # a rule is as good where it is claimed
        (make_line(100, 0.9), make_line(75, 0.9), "true"),
        (make_line(100, 0.9), make_line(75, 1.0), "false"),  # and here at another cutoff
        (make_line(100, 0.9), make_line(75, 0.9, rules=(1.0, 0.8)), "hollow"),
        (make_line(100, 0.9, rival="second"), make_line(75, 0.9, rules=(1.0, 0.8)), "false"),
        (make_line(100, 0.9, rival="gone"), make_line(75, 0.9), "true"),
    ],
)
def test_a_win_has_to_hold_elsewhere(
    own: dict[str, Any], other: dict[str, Any] | None, worth: str
) -> None:
    assert judge_win(own, [own, *([other] if other else [])]) == worth


def test_totals_are_geometric_means_and_shares() -> None:
    row = summarize_series([make_line(100, 0.5)])
    worse = row | {"to_chosen": 2.0, "to_best": 1.03, "held_80": 0.5, "wins": ["false", "true"]}
    long = worse | {"group": "many", "seconds": 900.0, "to_best": 1.031}
    totals = add_up([row, worse, long])
    assert totals["to_chosen"] == pytest.approx(2 ** (1 / 3), abs=1e-4)
    assert totals["worse_than_chosen"] == pytest.approx(2 / 3, abs=1e-4)
    assert totals["worse_than_best"] == pytest.approx(1 / 3, abs=1e-4)
    assert totals["honest_ranges"] == pytest.approx(1 / 3, abs=1e-4)
    assert (totals["wins"], totals["false_wins"]) == (4, 2)
    assert (totals["few_seconds"], totals["most_seconds"]) == (10, 900)


def test_an_exact_rule_does_not_rule_the_mean() -> None:
    lines = [make_line(100, 0.5, rules=(0.0, 1.0))]
    assert add_up([summarize_series(lines)])["to_best"] == 1_000
    exact = [make_line(100, 0.0, rules=(0.0, 1.0))]
    assert add_up([summarize_series(exact)])["to_best"] == 1


@pytest.mark.parametrize("name", list(LIMITS))
def test_each_limit_is_looked_at(name: str) -> None:
    beyond = LIMITS[name] + (-0.01 if name == "honest_ranges" else 0.01)
    assert find_missed(LIMITS) == []
    assert find_missed({**LIMITS, name: beyond}) == [name]

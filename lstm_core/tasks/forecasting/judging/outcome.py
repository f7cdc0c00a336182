"""How a model stands beside the best rule of thumb: one of seven ways, each with its advice.

Light, so that pages can say it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lstm_core.judging.outcome import SIGNIFICANCE, Outcome

FEWEST_JUDGED = 10
"""Values of the test part, of all series together; fewer tell nothing of a model."""

LOSS_MEASURES = ("mae", "rmse")
"""What has to be no worse either before a win is called one."""

Scores = Mapping[str, float | None]
"""Measures by their names; None where undefined."""

_CHANGE = "More data, another target or a shorter horizon may change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "Which of the two to take depends on what a large miss costs you.",
    "unclear": "A simple rule may do as well: there is too little here to tell the two apart. "
    "A longer test part or more data would.",
    "level": f"A simple rule does as well here. {_CHANGE}",
    "behind": "A simple rule did better here, though by no more than chance explains: take the "
    f"simple rule. {_CHANGE}",
    "few": "Whatever the figures say can be chance. Bring more rows, and take a simple rule until "
    "then.",
    "loss": f"A simple rule does better here: take that. {_CHANGE}",
}


def find_worse(metrics: Scores, rival: Scores) -> tuple[str, float] | None:
    """Return the measure by which a model is furthest behind a rival, and the ratio of the errors.

    None where it is behind by no measure.
    """
    ratios = {}
    for measure in LOSS_MEASURES:
        own, other = metrics.get(measure), rival.get(measure)
        if own is not None and other is not None and own > other:
            ratios[measure] = own / other if other > 0 else math.inf
    if not ratios:
        return None
    worst = max(ratios, key=lambda measure: ratios[measure])
    return worst, ratios[worst]


def tell_outcome(
    skill: float | None, p_value: float | None, worse: tuple[str, float] | None, *, is_win: bool
) -> Outcome:
    """Return how a model stands; arguments as in ``Comparison`` and ``find_worse``."""
    if is_win:
        return "win" if worse is None else "mixed"
    if skill is None:
        return "loss"
    if skill > 0:
        return "unclear"
    if skill == 0:
        return "level"
    return "loss" if p_value is not None and p_value > 1.0 - SIGNIFICANCE else "behind"


def read_outcome(
    verdict: Mapping[str, Any], metrics: Scores | None, baselines: Mapping[str, Scores] | None
) -> Outcome:
    """Return the outcome of a stored verdict; of an older one, as far as its run tells."""
    stored: Outcome | None = verdict.get("outcome")
    if stored is not None:
        return stored
    best = verdict.get("best_baseline", "")
    worse = find_worse(metrics or {}, (baselines or {}).get(best, {}))
    p_value = verdict.get("comparisons", {}).get(best, {}).get("p_value")
    return tell_outcome(verdict.get("skill"), p_value, worse, is_win=verdict["beats_baseline"])

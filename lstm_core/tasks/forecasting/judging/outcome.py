"""What each way to stand means for who has to choose, and how older verdicts stood.

Light, so that pages can say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_core.judging.outcome import Outcome
from lstm_core.tasks.forecasting.judging.standing import (
    Scores,
    choose_worst,
    compare_errors,
    tell_outcome,
)

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

WHERE_IT_FELL_BACK = f"A simple rule does far better here, so it has taken over. {_CHANGE}"


def read_outcome(
    verdict: Mapping[str, Any], metrics: Scores | None, baselines: Mapping[str, Scores] | None
) -> Outcome:
    """Return the outcome of a stored verdict; of an older one, as far as its run tells."""
    stored: Outcome | None = verdict.get("outcome")
    if stored is not None:
        return stored
    best = verdict.get("best_baseline", "")
    worse = choose_worst(compare_errors(metrics or {}, (baselines or {}).get(best, {})))
    p_value = verdict.get("comparisons", {}).get(best, {}).get("p_value")
    return tell_outcome(
        verdict.get("skill"),
        p_value,
        has_fault=worse is not None,
        is_win=verdict["beats_baseline"],
    )

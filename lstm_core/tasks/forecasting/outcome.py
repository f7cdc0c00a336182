"""How a model stands beside the best rule of thumb: one of six ways, each with its advice.

Light, so that pages can say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Outcome = Literal["win", "mixed", "unclear", "level", "behind", "loss"]
"""Better beyond chance; so by one measure and worse by another; better, or it is chance; the
same; worse, or it is chance; worse beyond chance."""

_CHANGE = "More data, another target or a shorter horizon may change that."

ADVICE: Mapping[Outcome, str] = {
    "win": "",
    "mixed": "Which of the two to take depends on what a large miss costs you.",
    "unclear": "A simple rule may do as well: there is too little here to tell the two apart. "
    "A longer test part or more data would.",
    "level": f"A simple rule does as well here. {_CHANGE}",
    "behind": "A simple rule did better here, though by no more than chance explains: take the "
    f"simple rule. {_CHANGE}",
    "loss": f"A simple rule does better here: take that. {_CHANGE}",
}


def read_outcome(verdict: Mapping[str, Any]) -> Outcome:
    """Return the outcome of a stored verdict; of an older one, as far as it tells."""
    stored: Outcome | None = verdict.get("outcome")
    if stored is not None:
        return stored
    if verdict["beats_baseline"]:
        return "win"
    skill = verdict.get("skill")
    if skill is None:
        return "loss"
    return "unclear" if skill > 0 else "level" if skill == 0 else "behind"

"""What a strategy asks of a space, and how Hyperband shares out its trials.

Hyperband: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar (2018), "Hyperband: A Novel
Bandit-Based Approach to Hyperparameter Optimization", JMLR 18.
"""

from __future__ import annotations

import math

from lstm_core.errors import SpecError
from lstm_core.searches.space.points import MOST_STEPS, count_points, count_values, make_grid
from lstm_core.spec.search import SearchSpec, Space

FACTOR = 3
"""From one of Hyperband's rounds to the next: so many times fewer trials, and more epochs."""


def check_strategy(space: Space, settings: SearchSpec, max_epochs: int) -> None:
    """Refuse a space that doesn't go with the strategy.

    Args:
        max_epochs: what Hyperband's last rounds are trained for.

    Raises:
        SpecError: Hyperband would find its own setting in the space, or too few points; or a grid
            would have no end.
    """
    if settings.strategy == "grid":
        for path, entry in make_grid(space).items():
            if count_values(entry) > MOST_STEPS:
                raise SpecError(
                    f'A grid takes one value of "{path}" after another, and there are '
                    f"{count_values(entry):,}.",
                    "Give it a step, or choose another strategy.",
                )
    if settings.strategy == "hyperband":
        if "training.epochs" in space:
            raise SpecError(
                "Hyperband says itself how many epochs each trial is trained for.",
                'Take "training.epochs" out of the space, or choose another strategy.',
            )
        needed, _ = list_rounds(choose_bracket(settings.num_trials, max_epochs), max_epochs)[0]
        found = count_points(space)
        if found is not None and found < needed:
            raise SpecError(
                f"Hyperband begins with {needed} different points, and the space has {found}.",
                "Widen the space, or choose another strategy: grid tries them all.",
            )


def list_rounds(bracket: int, max_epochs: int) -> list[tuple[int, int]]:
    """Return how many trials each round of a bracket has, and for how many epochs.

    Args:
        bracket: how many times the better trials are chosen to go on.
    """
    last = math.ceil(1 + math.log(max_epochs, FACTOR)) / (bracket + 1)
    return [
        (math.ceil(last * FACTOR**left), math.ceil(max_epochs / FACTOR**left))
        for left in range(bracket, -1, -1)
    ]


def choose_bracket(num_trials: int, max_epochs: int) -> int:
    """Return the bracket to begin with: the one with the most rounds that the trials can finish.

    A longer one would end with nothing but trials of a few epochs.
    """
    bracket = 0
    while FACTOR ** (bracket + 1) <= max_epochs and num_trials >= sum(
        trials for trials, _ in list_rounds(bracket + 1, max_epochs)
    ):
        bracket += 1
    return bracket

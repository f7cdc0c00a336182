"""What a search makes as good as it can: a measure of its task, the skill, or the loss."""

from __future__ import annotations

from lstm_core.errors import SpecError, suggest_name
from lstm_core.judging.measures import Measure
from lstm_core.tasks.kind import TaskKind

SKILL = Measure(
    "skill",
    "Skill",
    "The lead over the best rule of thumb: 1 is no error at all, 0 is the same, below 0 is worse.",
    "larger",
    1.0,
    ".4g",
)
VALIDATION_LOSS = Measure(
    "validation_loss",
    "Validation loss",
    "What training itself looks at, in units of its own.",
    "smaller",
    0.0,
    ".4g",
)


def list_objectives(kind: TaskKind) -> tuple[Measure, ...]:
    """Return what a search over a task can go by, the usual one first."""
    return (*kind.measures, SKILL, VALIDATION_LOSS)


def find_objective(kind: TaskKind, key: str | None) -> Measure:
    """Return an objective by its key; None: the usual one.

    Raises:
        SpecError: this task has no such measure.
    """
    objectives = {measure.key: measure for measure in list_objectives(kind)}
    if key is None:
        return kind.measures[0]
    if key not in objectives:
        raise SpecError(
            f'A search over this task can\'t go by "{key}".',
            f"Choose from {', '.join(objectives)}.{suggest_name(key, objectives)}",
        )
    return objectives[key]

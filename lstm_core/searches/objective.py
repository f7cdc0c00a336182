"""What a search makes as good as it can: a measure of its task, the skill, or the loss."""

from __future__ import annotations

from lstm_core.errors import SpecError, suggest_name
from lstm_core.judging.measures import Measure, put_first
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


def list_objectives(kind: TaskKind, deciding: Measure) -> tuple[Measure, ...]:
    """Return what a search over a task can go by, the usual one first.

    Args:
        deciding: what results on its data are decided by.
    """
    return (*put_first(deciding, kind.measures), SKILL, VALIDATION_LOSS)


def find_objective(kind: TaskKind, key: str) -> Measure:
    """Return an objective by its key.

    Raises:
        SpecError: this task has no such measure.
    """
    objectives = {measure.key: measure for measure in (*kind.measures, SKILL, VALIDATION_LOSS)}
    if key not in objectives:
        raise SpecError(
            f'A search over this task can\'t go by "{key}".',
            f"Choose from {', '.join(objectives)}.{suggest_name(key, objectives)}",
        )
    return objectives[key]

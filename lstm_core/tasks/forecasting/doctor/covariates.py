"""What is wrong with a covariate: it gives the answer away."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.series.dataset import Roles
from lstm_core.judging.diagnosis import Diagnosis, Fix
from lstm_core.tasks.forecasting.leaking.columns import Leak, leave_out
from lstm_core.tasks.forecasting.leaking.words import ADVICE, say_all


def tell_leaking_covariate(roles: Roles, leaks: Sequence[Leak]) -> Diagnosis | None:
    """Tell of columns that the network reads and that give the answer away."""
    if not leaks:
        return None
    return Diagnosis(
        "leaking_covariate",
        "A column gives the answer away",
        say_all(leaks),
        ADVICE,
        _make_fix(roles, [leak.column for leak in leaks]),
    )


def _make_fix(roles: Roles, names: Sequence[str]) -> Fix | None:
    changes = leave_out(roles, names)
    if not changes:
        return None
    count = len([name for name in names if name not in roles.targets])
    return Fix("Leave the column out" if count == 1 else f"Leave {count} columns out", changes)

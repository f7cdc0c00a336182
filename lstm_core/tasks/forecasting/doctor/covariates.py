"""What is wrong with a covariate: it gives the answer away, or says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lstm_core.data.series.dataset import Roles
from lstm_core.data.wording import list_names
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.inputs.adding import list_covariates
from lstm_core.tasks.forecasting.leaking.columns import Leak, leave_out
from lstm_core.tasks.forecasting.leaking.words import ADVICE, say_all

NOTHING_TRIED: Mapping[str, float] = MappingProxyType({})


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


def tell_useless_covariates(
    roles: Roles, spec: ExperimentSpec, errors: Mapping[str, float]
) -> Diagnosis | None:
    """Tell of covariates that the network does without, as validation chose.

    Args:
        errors: on the validation part, by which covariates were read; empty: nothing was tried.
    """
    reading = spec.task.covariates
    if reading not in errors or reading == "all":
        return None
    hidden = list_covariates(roles, spec)
    if reading == "known_ahead":
        hidden = tuple(name for name in hidden if name not in roles.known_future_covariates)
    gain = 1.0 - errors[reading] / errors["all"]
    them = "it" if len(hidden) == 1 else "them"
    how = f"{say_percent(gain)} better" if gain > 0 else "no worse"
    return Diagnosis(
        "useless_covariates",
        "Columns that did not help",
        f"Without {list_names(hidden)}, a network that learnt for a short time predicted the "
        f"validation part {how} than with {them}, so the networks were trained without {them}.",
        "What says nothing of the future only gives a network something to learn by heart. Where "
        "you know better, let it read all columns, and compare the two runs.",
        Fix("Let it read all columns", {"task.covariates": "all"}),
    )


def _make_fix(roles: Roles, names: Sequence[str]) -> Fix | None:
    changes = leave_out(roles, names)
    if not changes:
        return None
    count = len([name for name in names if name not in roles.targets])
    return Fix("Leave the column out" if count == 1 else f"Leave {count} columns out", changes)

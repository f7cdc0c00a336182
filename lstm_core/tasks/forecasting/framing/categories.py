"""Which columns are levels of one category that the network looks up in a table of its own.

They stay columns of 0 and 1 all the way to the network, so that newer data, scripts and checks see
what they see of any other column.
"""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.columns.derived import group_levels
from lstm_core.data.series.dataset import Roles
from lstm_core.spec import ExperimentSpec

Groups = tuple[tuple[int, ...], ...]


def find_categories(roles: Roles, spec: ExperimentSpec) -> tuple[Groups, Groups]:
    """Return the columns of each category that is embedded; nothing where none is.

    Args:
        roles: of a dataset, with or without its added inputs.
        spec: filled in. What it does not name was added, and is no level by itself.

    Returns:
        By their numbers among ``roles.columns``, and, of the last of these categories, those that
        are known ahead, by their numbers among the known-future covariates.
    """
    if spec.task.categories != "embedded":
        return (), ()
    given = frozenset(spec.data.covariates)
    past = _number(roles.past_covariates, given, len(roles.targets))
    known = roles.known_future_covariates
    first_known = len(roles.columns) - len(known)
    ahead = _number(known, given, 0)
    return (*past, *_number(known, given, first_known)), ahead


def list_levels(roles: Roles, spec: ExperimentSpec) -> list[int]:
    """Return the numbers of all columns that are looked up so."""
    groups, _ = find_categories(roles, spec)
    return sorted(column for group in groups for column in group)


def _number(names: Sequence[str], given: frozenset[str], first: int) -> Groups:
    numbers = {name: first + place for place, name in enumerate(names)}
    groups = group_levels(name for name in names if name in given)
    return tuple(tuple(numbers[name] for name in group) for group in groups)

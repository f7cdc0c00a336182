"""Conditions of a space's entries, followed up after somebody changed what they speak of."""

from __future__ import annotations

from typing import Any

from lstm_core.searches.space.points import has_value, is_among, is_continuous
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.spec.search import Entry, Space


def settle_conditions(space: Space, resolved: ExperimentSpec) -> tuple[Space, dict[str, str]]:
    """Return the space with conditions that still can be met, and which entries can't matter.

    A condition keeps the values that its setting may still have. A setting that was taken out of
    the space has what the default has. An entry whose condition is never met is left out.

    Args:
        resolved: what is searched from, filled in.

    Returns:
        The space, and by path the setting that an entry which was left out waits for.
    """
    settled: Space = {}
    idle: dict[str, str] = {}
    for path, entry in space.items():
        when: dict[str, tuple[Any, ...]] = {}
        for parent, values in entry.when.items():
            if parent in idle:
                idle[path] = parent
            elif parent not in space:
                if not _is_met(values, parent, resolved):
                    idle[path] = parent
            else:
                kept = _keep_values(values, space[parent])
                if not kept:
                    idle[path] = parent
                when[parent] = kept
        if path not in idle:
            settled[path] = entry.model_copy(update={"when": when})
    return settled, idle


def _is_met(values: tuple[Any, ...], parent: str, resolved: ExperimentSpec) -> bool:
    return is_among(read_setting(resolved, parent), values)


def _keep_values(values: tuple[Any, ...], parent: Entry) -> tuple[Any, ...]:
    if is_continuous(parent):  # told by ``check_space``, with what to do about it
        return values
    return tuple(value for value in values if has_value(parent, value))

"""Which of a person's changes go into the draft, and which are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from pages._ui.data.outlook import Outlook


def accept_changes(
    outlook: Outlook, changed: Mapping[str, Any]
) -> tuple[ExperimentSpec, dict[str, StudioError]]:
    """Return the spec with the changes that it can take, and why it can't take the others.

    All together if that works, otherwise one after the other. A spec that can't be run as it is
    takes every valid value: the change may be what mends it.
    """
    try:
        wanted = _take(outlook.spec, outlook, changed)
    except StudioError as error:
        if len(changed) == 1:
            return outlook.spec, dict.fromkeys(changed, error)
    else:
        return wanted, {}
    wanted = outlook.spec
    refused: dict[str, StudioError] = {}
    for path, value in changed.items():
        try:
            wanted = _take(wanted, outlook, {path: value})
        except StudioError as error:
            refused[path] = error
    return wanted, refused


def _take(spec: ExperimentSpec, outlook: Outlook, values: Mapping[str, Any]) -> ExperimentSpec:
    wanted = spec.with_values(values)
    if outlook.error is None and (error := Outlook.of(wanted, outlook.collection).error):
        raise error
    return wanted

"""Points of a space: what their values make of a spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_core.spec.experiment import ExperimentSpec

_ARCHITECTURE = "model.architecture"


def apply_values(base: ExperimentSpec, values: Mapping[str, Any]) -> ExperimentSpec:
    """Return the spec of a point.

    With an architecture among the values, what belongs to another one is dropped: layers and a
    decoder of one's own, and a number of layers that is not among the values.

    Raises:
        SpecError: a value is refused, or two don't go together.
    """
    changed = dict(values)
    architecture = values.get(_ARCHITECTURE)
    if _ARCHITECTURE in values and architecture != "custom":
        changed |= {"model.stack": [], "model.decoder": None}
        if architecture != base.model.architecture:
            changed.setdefault("model.layers", None)
    return base.with_values(changed)

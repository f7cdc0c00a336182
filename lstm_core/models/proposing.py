"""The part of a search's space that is about the network, whichever task it serves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import ChoiceEntry, IntEntry, Size, Space


def propose_network(
    resolved: ExperimentSpec,
    size: Size,
    architectures: Sequence[str],
    units: tuple[int, int],
    measure_cost: Callable[[ExperimentSpec], object],
) -> Space:
    """Return architectures that can be built, widths around the spec's own, and layers.

    Args:
        resolved: filled in.
        architectures: those to try; the spec's own comes first in any case.
        units: the fewest and the most of a layer.
        measure_cost: raises a ``SpecError`` for a network that can't be built.
    """
    own, width = resolved.model.architecture, resolved.model.units
    assert own is not None
    assert width is not None

    def can_be_built(name: str) -> bool:
        values: dict[str, Any] = {"model.architecture": name}
        if name != own:
            values["model.layers"] = None  # how many suit is another one's own
        try:
            measure_cost(apply_values(resolved, values))
        except SpecError:
            return False
        return True

    usable = tuple(name for name in dict.fromkeys((own, *architectures)) if can_be_built(name))
    space: Space = {}
    if len(usable) > 1:
        space["model.architecture"] = ChoiceEntry(values=usable)
    space["model.units"] = IntEntry(
        low=max(units[0], width // 2), high=min(units[1], 2 * width), step=2, scale="log"
    )
    layered = tuple(name for name in usable if ARCHITECTURES[name].is_made_to_be_stacked)
    if size != "small" and layered:
        when = {"model.architecture": layered} if len(layered) < len(usable) else {}
        space["model.layers"] = IntEntry(low=2, high=3, when=when)
    return space

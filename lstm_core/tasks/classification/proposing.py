"""A space to begin a search with: ranges around what the items' own defaults are."""

from __future__ import annotations

from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.proposing import propose_network
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import ChoiceEntry, FloatEntry, IntEntry, Size, Space
from lstm_core.tasks.classification.network.cost import measure_cost

_ARCHITECTURES: dict[Size, tuple[str, ...]] = {
    "small": ("bidirectional", "vanilla", "gru"),
    "medium": ("bidirectional", "vanilla", "gru", "stacked", "attention"),
    "large": (
        *("bidirectional", "vanilla", "gru", "stacked", "attention", "residual", "peephole"),
        *("slstm", "transformer"),
    ),
}
_UNITS = (8, 256)
_RATES = (1e-5, 0.1)


def propose_space(resolved: ExperimentSpec, shape: ItemShape, size: Size) -> Space:
    """Return a space all of whose points can be run; the spec is filled in.

    A network put together by hand keeps its layers: only how it learns, and from what, is searched.
    """
    space: Space = {}
    if resolved.model.architecture != "custom":
        space |= propose_network(
            resolved, size, _ARCHITECTURES[size], _UNITS, lambda spec: measure_cost(spec, shape)
        )
    rate = resolved.training.learning_rate or 1e-3
    space["training.learning_rate"] = FloatEntry(
        low=max(_RATES[0], rate / 4), high=min(_RATES[1], 4 * rate), scale="log"
    )
    space |= _propose_hiding(resolved, size)
    if size != "small":
        batch = resolved.training.batch_size or 32
        space["training.batch_size"] = IntEntry(
            low=max(4, batch // 2), high=2 * batch, step=2, scale="log"
        )
        space["task.pooling"] = ChoiceEntry(values=_list_poolings(resolved))
    if size == "large":
        space["task.label_smoothing"] = FloatEntry(low=0.0, high=0.2, step=0.05)
        space["training.clip_norm"] = FloatEntry(low=0.5, high=4.0, scale="log")
    return space


def _propose_hiding(resolved: ExperimentSpec, size: Size) -> Space:
    """What is hidden decides more than widths do where items are few."""
    space: Space = {"task.head_dropout": FloatEntry(low=0.2, high=0.6, step=0.1)}
    if size == "small":
        return space
    if resolved.task.tokens is None:
        space["task.jitter"] = FloatEntry(low=0.0, high=0.2, step=0.05)
        return space
    space["task.hide"] = FloatEntry(low=0.0, high=0.4, step=0.1)
    space["task.spatial_dropout"] = FloatEntry(low=0.0, high=0.6, step=0.1)
    return space


def _list_poolings(resolved: ExperimentSpec) -> tuple[str, ...]:
    own = resolved.task.pooling
    return (own, *(name for name in ("mean_max", "max", "attention", "last") if name != own))

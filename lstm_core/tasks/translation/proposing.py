"""A space to begin a search with: ranges around what the pairs' own defaults are."""

from __future__ import annotations

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import ChoiceEntry, FloatEntry, IntEntry, Size, Space
from lstm_core.tasks.translation.network.cost import measure_cost

_ARCHITECTURES: dict[Size, tuple[str, ...]] = {
    "small": ("bidirectional", "vanilla", "gru"),
    "medium": ("bidirectional", "vanilla", "gru", "stacked"),
    "large": ("bidirectional", "vanilla", "gru", "stacked", "residual", "peephole", "slstm"),
}
_UNITS = (8, 512)
_RATES = (1e-5, 0.1)


def propose_space(resolved: ExperimentSpec, shape: PairShape, size: Size) -> Space:
    """Return a space all of whose points can be run; the spec is filled in.

    A network put together by hand keeps its layers: only how it learns, and from what, is searched.
    """
    space: Space = {}
    if resolved.model.architecture != "custom":
        space |= _propose_network(resolved, shape, size)
    rate = resolved.training.learning_rate or 3e-3
    space["training.learning_rate"] = FloatEntry(
        low=max(_RATES[0], rate / 4), high=min(_RATES[1], 2 * rate), scale="log"
    )
    space["task.head_dropout"] = FloatEntry(low=0.0, high=0.5, step=0.1)
    if size != "small":
        space["task.input_dropout"] = FloatEntry(low=0.0, high=0.5, step=0.1)
        space["task.attention"] = ChoiceEntry(values=("dot", "additive"))
        batch = resolved.training.batch_size or 64
        space["training.batch_size"] = IntEntry(
            low=max(4, batch // 2), high=2 * batch, step=2, scale="log"
        )
    if size == "large":
        space["task.decoder_layers"] = IntEntry(low=1, high=2)
        space["task.decoder_units"] = IntEntry(low=64, high=512, step=2, scale="log")
        space["task.embedding"] = IntEntry(low=32, high=512, step=2, scale="log")
        space["training.clip_norm"] = FloatEntry(low=0.5, high=4.0, scale="log")
    return space


def _propose_network(resolved: ExperimentSpec, shape: PairShape, size: Size) -> Space:
    own = resolved.model.architecture or "bidirectional"
    names = (own, *(name for name in _ARCHITECTURES[size] if name != own))
    usable = tuple(name for name in names if _can_be_built(resolved, shape, name))
    space: Space = {}
    if len(usable) > 1:
        space["model.architecture"] = ChoiceEntry(values=usable)
    units = resolved.model.units or 128
    space["model.units"] = IntEntry(
        low=max(_UNITS[0], units // 2), high=min(_UNITS[1], 2 * units), step=2, scale="log"
    )
    layered = tuple(name for name in usable if ARCHITECTURES[name].is_made_to_be_stacked)
    if size != "small" and layered:
        when = {"model.architecture": layered} if len(layered) < len(usable) else {}
        space["model.layers"] = IntEntry(low=1, high=3, when=when)
    return space


def _can_be_built(resolved: ExperimentSpec, shape: PairShape, architecture: str) -> bool:
    try:
        measure_cost(apply_values(resolved, {"model.architecture": architecture}), shape)
    except SpecError:
        return False
    return True

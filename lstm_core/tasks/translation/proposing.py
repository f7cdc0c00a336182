"""A space to begin a search with: ranges around what the pairs' own defaults are."""

from __future__ import annotations

from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.proposing import propose_network
from lstm_core.spec import ExperimentSpec
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
        space |= propose_network(
            resolved, size, _ARCHITECTURES[size], _UNITS, lambda spec: measure_cost(spec, shape)
        )
    rate = resolved.training.learning_rate or 2e-3
    space["training.learning_rate"] = FloatEntry(
        low=max(_RATES[0], rate / 4), high=min(_RATES[1], 2 * rate), scale="log"
    )
    space["task.head_dropout"] = FloatEntry(low=0.0, high=0.5, step=0.1)
    if size != "small":
        space["task.input_dropout"] = FloatEntry(low=0.0, high=0.5, step=0.1)
        space["task.attention"] = ChoiceEntry(values=("dot", "additive"))
        batch = resolved.training.batch_size or 32
        space["training.batch_size"] = IntEntry(
            low=max(4, batch // 2), high=2 * batch, step=2, scale="log"
        )
    if size == "large":
        space["task.decoder_layers"] = IntEntry(low=1, high=2)
        space["task.decoder_units"] = IntEntry(low=64, high=512, step=2, scale="log")
        space["task.embedding"] = IntEntry(low=32, high=512, step=2, scale="log")
        space["training.clip_norm"] = FloatEntry(low=0.5, high=4.0, scale="log")
    return space

"""What networks that say tags make small: how surprised they are by the true ones."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.learning.feeds.tag_table import TagTable
from lstm_core.learning.feeds.tags import TagFeed
from lstm_core.models.tags.chains import list_inside, score_path, sum_paths
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.tagging.network.head import CHAIN


class TagObjective:
    """Compares what ``TagChain`` says with the tags of sequences, in nats a step.

    Where the chain learns, the negative logarithm of the true path's probability; else of each
    step's own tag.
    """

    noted_shape: tuple[int, ...] | None = None

    def make_table(self, network: keras.Model, feed: TagFeed, spec: TrainingSpec) -> TagTable:
        chain = network.get_layer(CHAIN)
        return TagTable(feed, lambda: chain)

    def measure(self, table: TagTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        chain = table.find_chain()
        scores = ops.cast(said, "float32")[..., : chain.num_tags]
        tags, lengths, counts = table.look_up(places, ops.shape(scores)[1])
        if chain.learns:
            links = chain.get_links()
            own = score_path(scores, tags, lengths, links)
            losses = sum_paths(scores, lengths, links) - own
        else:
            inside = ops.cast(list_inside(scores, lengths), "float32")
            own = ops.take_along_axis(scores, tags[..., None], axis=-1)[..., 0]
            losses = -ops.sum(own * inside, axis=1)
        steps = ops.sum(counts * ops.cast(lengths, "float32"))
        return {"tags": ops.sum(losses * counts) / ops.maximum(steps, 1.0)}

    def note(self, said: Any) -> Any:
        raise NotImplementedError("nothing is noted")

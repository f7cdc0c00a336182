"""Other sequences made ready for a trained model, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError


def suit_sequences(kept: Mapping[str, Any], collection: TaggedCollection) -> TaggedCollection:
    """Return the sequences as the model reads them: of numbers, its channels in its order.

    Channels of other names are taken in their own order where there are as many.

    Args:
        kept: what ``TaggingTask.keep`` returned, its ``task``.

    Raises:
        DataError: they hold something else than those that the model was trained on.
    """
    if collection.content != kept["content"]:
        raise DataError(
            f"The model reads {kept['content']}, and these sequences hold {collection.content}.",
            "Bring sequences of the kind that it was trained on.",
        )
    signals = collection.signals
    if signals is None:
        return collection
    own, wanted = list(signals.channels), list(kept["channels"])
    if set(wanted) <= set(own):
        places = [own.index(name) for name in wanted]
        chosen = Signals.from_lengths(signals.values[:, places], signals.lengths, tuple(wanted))
        return replace(collection, signals=chosen)
    if len(own) == len(wanted):
        return collection
    raise DataError(
        f"The model reads {len(wanted)} channels ({list_names(wanted)}), and these sequences have "
        f"{len(own)} ({list_names(own)}).",
        "Bring sequences with the same channels.",
    )

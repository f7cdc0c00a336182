"""Other items made ready for a trained model, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.signals import Signals
from lstm_core.data.items.summary import name_items
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError


def suit_items(kept: Mapping[str, Any], collection: ItemCollection) -> ItemCollection:
    """Return the items as the model reads them: of signals, its channels in its order.

    Channels of other names are taken in their own order where there are as many.

    Args:
        kept: what ``ClassificationTask.keep`` returned, its ``task``.

    Raises:
        DataError: they hold something else than those that the model was trained on.
    """
    if collection.content != kept["content"]:
        raise DataError(
            f"The model reads {kept['item']}s, and these are {name_items(collection)}s.",
            "Bring items of the kind that it was trained on.",
        )
    signals = collection.signals
    if signals is None:
        return collection
    own = list(signals.channels)
    if set(kept["channels"]) <= set(own):
        places = [own.index(name) for name in kept["channels"]]
        chosen = Signals.from_lengths(
            signals.values[:, places], signals.lengths, tuple(kept["channels"])
        )
        return replace(collection, signals=chosen)
    if len(own) == len(kept["channels"]):
        return collection
    raise DataError(
        f"The model reads {len(kept['channels'])} channels ({list_names(kept['channels'])}), and "
        f"these items have {len(own)} ({list_names(own)}).",
        "Bring items with the same channels.",
    )

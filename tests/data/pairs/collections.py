"""Pairs for tests."""

from collections.abc import Sequence
from typing import Any

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection


def make_pairs(pairs: Sequence[tuple[str, str | None]], **more: Any) -> PairCollection:
    columns = {name: as_objects(more.pop(name)) for name in ("groups", "parts") if name in more}
    return PairCollection(
        ids=as_objects([str(number) for number in range(len(pairs))]),
        sources=as_objects([source for source, _ in pairs]),
        targets=as_objects([target for _, target in pairs]),
        **columns,
        **more,
    )

"""What a script has to tell: a filled-in spec, its items in their parts, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.splitting.split import PARTS
from lstm_core.export.code import Section
from lstm_core.export.parts import ASKED, name_columns, name_parts
from lstm_core.learning.feeds.items import Change, ItemShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.export.network_code import write_network
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.classification.laying_out import (
    choose_padded,
    count_steps,
    read_change,
    shape_items,
)
from lstm_core.tasks.classification.network.frame import NetworkFrame


@dataclass(frozen=True, eq=False)
class Story:
    """Everything that decides which lines a script needs.

    Attributes:
        items: those that the script reads: labelled ones first, then those to be asked about.
        parts: for each fold, ``(items,)`` the part of each item; empty where it has none.
        names: of the labels that are learnt.
        shape: that the network is built for. ``padded``: the lengths that batches are padded to.
        change: what training changes.
        network: the sections that define ``build_network()``.
    """

    spec: ExperimentSpec
    items: ItemCollection
    parts: Sequence[np.ndarray]
    names: Sequence[str]
    shape: ItemShape
    padded: Sequence[int]
    change: Change
    network: Sequence[Section]

    @classmethod
    def of(cls, spec: ExperimentSpec, collection: ItemCollection) -> Story:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection.

        Raises:
            SpecError: layers don't go together, or have no meaning for labels.
            DataError: the items can't be split as asked.
        """
        task = spec.task
        framing = frame_items(task, collection)
        asked = np.flatnonzero(~collection.is_labelled)
        facts, others = framing.facts, collection.select(asked)
        parts = [name_parts(split, len(facts.labels), len(asked)) for split in framing.splits]
        is_used = np.any([part != "" for part in parts], axis=0)
        lengths = np.append(count_steps(task, facts.items), count_steps(task, others))
        shape = shape_items(spec, collection)
        return cls(
            spec,
            collection.select(np.append(facts.positions, asked)[is_used]),
            [part[is_used] for part in parts],
            framing.names,
            shape,
            choose_padded(np.minimum(lengths, task.most_steps), shape).tolist(),
            read_change(task),
            write_network(NetworkFrame.of(spec, shape)),
        )

    @property
    def is_tokens(self) -> bool:
        return self.shape.num_tokens > 0

    @property
    def num_folds(self) -> int:
        return len(self.parts)

    @property
    def columns(self) -> list[str]:
        """The columns of the file that say which part an item is in, fold by fold."""
        return name_columns(self.num_folds)

    @property
    def has_asked(self) -> bool:
        """Whether there are items to say a label of that nobody knows."""
        return bool((self.parts[0] == ASKED).any())

    @property
    def most_held_out(self) -> int:
        """Items of the largest validation part."""
        return max(int((parts == PARTS[1]).sum()) for parts in self.parts)

"""What a script has to tell: a filled-in spec, pairs in their parts, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.splitting.split import PARTS
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.export.parts import ASKED, name_columns, name_parts
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.judging.scoring import choose_cut
from lstm_core.tasks.translation.laying_out import shape_pairs
from lstm_core.tasks.translation.network.frame import NetworkFrame


@dataclass(frozen=True, eq=False)
class Story:
    """Everything that decides which lines a script needs.

    Attributes:
        pairs: those that the script reads: known ones first, then those to be asked about.
        parts: for each fold, ``(pairs,)`` the part of each; empty where it has none.
        shape: that the network is built for. ``frame``: the network.
        cut: how words are cut where translations are scored.
    """

    spec: ExperimentSpec
    pairs: PairCollection
    parts: Sequence[np.ndarray]
    shape: PairShape
    frame: NetworkFrame
    cut: str

    @classmethod
    def of(cls, spec: ExperimentSpec, collection: PairCollection) -> Story:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection.

        Raises:
            SpecError: layers don't go together, or leave no steps to look back at.
            DataError: the pairs can't be split as asked.
        """
        framing = frame_pairs(spec.task, collection)
        asked = np.flatnonzero(~collection.is_known)
        parts = [name_parts(split, framing.pairs.num_pairs, len(asked)) for split in framing.splits]
        is_used = np.any([part != "" for part in parts], axis=0)
        shape = shape_pairs(spec, collection)
        judged = np.concatenate([split.test for split in framing.splits])
        return cls(
            spec,
            collection.select(np.append(framing.positions, asked)[is_used]),
            [part[is_used] for part in parts],
            shape,
            NetworkFrame.of(spec, shape),
            choose_cut(framing.pairs.targets[judged].tolist()),
        )

    @property
    def needs_library(self) -> bool:
        """Whether pieces of words are cut by a library."""
        return "pieces" in (self.spec.task.source_units, self.spec.task.target_units)

    @property
    def validates(self) -> bool:
        """Whether anything is chosen by the validation part.

        A rate that is planned falls to 0 however many epochs there are: a network that is trained
        anew on both parts needs nothing of the one that saw one.
        """
        training = self.spec.training
        return not (training.retrain and training.plans_rate)

    @property
    def num_folds(self) -> int:
        return len(self.parts)

    @property
    def columns(self) -> list[str]:
        """The keys of the file that say which part a pair is in, fold by fold."""
        return name_columns(self.num_folds)

    @property
    def has_asked(self) -> bool:
        """Whether there are texts without a partner."""
        return bool((self.parts[0] == ASKED).any())

    @property
    def most_held_out(self) -> int:
        """Pairs of the largest validation part."""
        return max(int((parts == PARTS[1]).sum()) for parts in self.parts)

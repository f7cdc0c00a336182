"""What a script has to tell: a filled-in spec, its sequences in their parts, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.data.items.splitting.split import PARTS
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.export.parts import ASKED, name_columns, name_parts
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.framing import frame_sequences
from lstm_core.tasks.tagging.laying_out import choose_padded, shape_sequences
from lstm_core.tasks.tagging.network.frame import NetworkFrame


@dataclass(frozen=True, eq=False)
class Story:
    """Everything that decides which lines a script needs.

    Attributes:
        sequences: those that the script reads: tagged ones first, then those to be asked about.
        parts: for each fold, ``(sequences,)`` the part of each; empty where it has none.
        names: of the tags that are learnt. ``has_others``: whether some step has none of them.
        shape: that the network is built for. ``padded``: the lengths that batches are padded to.
        frame: the network.
    """

    spec: ExperimentSpec
    sequences: TaggedCollection
    parts: Sequence[np.ndarray]
    names: Sequence[str]
    has_others: bool
    shape: TagShape
    padded: Sequence[int]
    frame: NetworkFrame

    @classmethod
    def of(cls, spec: ExperimentSpec, collection: TaggedCollection) -> Story:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection.

        Raises:
            SpecError: layers don't go together, or leave no steps to tag.
            DataError: the sequences can't be split as asked.
        """
        framing = frame_sequences(spec.task, collection)
        positions = framing.facts.positions
        asked = np.flatnonzero(~collection.is_tagged)
        parts = [name_parts(split, len(positions), len(asked)) for split in framing.splits]
        is_used = np.any([part != "" for part in parts], axis=0)
        shape = shape_sequences(spec, collection)
        every = Stretches.cut(collection.lengths, spec.task.most_steps)
        return cls(
            spec,
            collection.select(np.append(positions, asked)[is_used]),
            [part[is_used] for part in parts],
            framing.names,
            bool((framing.tags < 0).any()),
            shape,
            choose_padded(every.lengths).tolist(),
            NetworkFrame.of(spec, shape),
        )

    @property
    def is_words(self) -> bool:
        return self.shape.num_words > 0

    @property
    def spells(self) -> bool:
        """Whether words are read letter by letter as well."""
        return self.is_words and self.spec.task.spelling != "none"

    @property
    def hides(self) -> bool:
        """Whether words are hidden while training."""
        return self.is_words and bool(self.spec.task.hide)

    @property
    def is_changed(self) -> bool:
        """Whether training changes anything at random of what is learnt from."""
        return self.hides or (not self.is_words and bool(self.spec.task.jitter))

    @property
    def learns_chain(self) -> bool:
        """Whether it is learnt how tags follow one another."""
        return bool(self.spec.task.chain == "crf")

    @property
    def validates(self) -> bool:
        """Whether anything is chosen by the validation part.

        A rate that is planned falls to 0 however many epochs there are: a network that is trained
        anew on both parts needs nothing of the one that saw one.
        """
        training = self.spec.training
        return not (training.retrain and training.plans_rate)

    @property
    def is_mixed(self) -> bool:
        """Whether several networks speak together."""
        return (self.spec.training.num_seeds or 1) > 1

    @cached_property
    def stretches(self) -> Stretches:
        return Stretches.cut(self.sequences.lengths, self.spec.task.most_steps)

    @property
    def is_cut(self) -> bool:
        """Whether some sequence is read in several stretches."""
        return len(self.stretches.lengths) > self.sequences.num_sequences

    @property
    def num_folds(self) -> int:
        return len(self.parts)

    @property
    def columns(self) -> list[str]:
        """The columns of the file that say which part a sequence is in, fold by fold."""
        return name_columns(self.num_folds)

    @property
    def has_asked(self) -> bool:
        """Whether there are sequences without tags."""
        return bool((self.parts[0] == ASKED).any())

    @property
    def most_held_out(self) -> int:
        """Stretches of the largest validation part."""
        own = [parts[self.stretches.sequences] == PARTS[1] for parts in self.parts]
        return max(int(is_own.sum()) for is_own in own)

"""What a script has to tell: a filled-in spec, texts in their parts, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.learning.feeds.texts import TextShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.framing import Framing, frame_texts
from lstm_core.tasks.language.laying_out import shape_text
from lstm_core.tasks.language.network.frame import NetworkFrame


@dataclass(frozen=True, eq=False)
class Story:
    """Everything that decides which lines a script needs.

    Attributes:
        framing: the parts. ``shape``: that the network is built for. ``frame``: the network.
    """

    spec: ExperimentSpec
    framing: Framing
    shape: TextShape
    frame: NetworkFrame

    @classmethod
    def of(cls, spec: ExperimentSpec, collection: DocumentCollection) -> Story:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this collection.

        Raises:
            SpecError: layers don't go together, or have no state that could go on.
            DataError: the texts can't be split as asked.
        """
        framing = frame_texts(spec.task, collection)
        shape = shape_text(spec, collection)
        return cls(spec, framing, shape, NetworkFrame.of(spec, shape))

    @property
    def is_mixed(self) -> bool:
        """Whether several networks speak together."""
        return (self.spec.training.num_seeds or 1) > 1

    @property
    def needs_library(self) -> bool:
        """Whether pieces of words are cut by a library."""
        return bool(self.spec.task.units == "pieces")

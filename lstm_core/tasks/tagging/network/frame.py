"""What a tagging network is built around: sizes that its building, cost and script share."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.plan import Plan, plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures.entry import Stack
from lstm_core.spec.layers import DirectDecoder
from lstm_core.spec.layers.layer import Size
from lstm_core.spec.tasks.tagging import TaggingSpec

WRITING_WIDTH = 8
"""Numbers that stand for how a word is written."""

LETTER_WIDTH = 24
"""Numbers that stand for a letter."""


@dataclass(frozen=True)
class NetworkFrame:
    """A network, told from its spec and the sequences' sizes.

    Attributes:
        given: a usual sequence as the first layer reads it.
        plan: the layers.
    """

    spec: ExperimentSpec
    shape: TagShape
    given: Size
    plan: Plan

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: TagShape) -> NetworkFrame:
        """Plan the network.

        Args:
            spec: filled in.

        Raises:
            SpecError: its layers don't go together, or leave no steps to tag.
        """
        given = Size(shape.usual_steps, measure_width(spec, shape), True)
        stack = _expand(spec, shape.usual_steps)
        plan = plan_items(stack, given, keeps_steps=True)
        for place in plan.places:
            if place.after.steps != given.steps:
                raise SpecError(
                    f"Layer {place.number} ({place.layer.title}) leaves other steps than it is "
                    "given, and every step is to have its tag.",
                    "Take it out, or take a network of LSTM layers such as bidirectional.",
                )
        return cls(spec, shape, given, plan)

    @property
    def reads_words(self) -> bool:
        return self.shape.num_words > 0

    @property
    def spells(self) -> bool:
        """Whether words are read letter by letter as well."""
        return self.reads_words and self.spec.task.spelling != "none"


def measure_width(spec: ExperimentSpec, shape: TagShape) -> int:
    """Return how many numbers stand for a step."""
    if not shape.num_words:
        return shape.num_channels
    return int(spec.task.embedding + WRITING_WIDTH + measure_spelling(spec.task))


def measure_spelling(task: TaggingSpec) -> int:
    """Return how many numbers a word's letters are summed up in: as many from either end."""
    if task.spelling == "none":
        return 0
    assert task.letters is not None
    return 2 * (task.letters // 2) if task.spelling == "lstm" else task.letters


def _expand(spec: ExperimentSpec, steps: int) -> Stack:
    if spec.training.stateful:
        raise SpecError(
            "Sequences don't follow one another, so no state goes on from one to the next.",
            "Set training.stateful to false.",
        )
    stack, decoder = expand_architecture(spec.model, steps)
    if decoder.feeds_back or (
        spec.model.decoder is not None and not isinstance(decoder, DirectDecoder)
    ):
        raise SpecError(
            f"{decoder.name} goes on beyond the end, and each step that there is has its tag.",
            "Take another architecture, such as bidirectional, or the direct decoder.",
        )
    return stack

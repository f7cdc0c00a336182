"""What a classifying network is built around: sizes that its building, cost and script share."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.plan import Plan, plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures.entry import Stack
from lstm_core.spec.layers import DirectDecoder
from lstm_core.spec.layers.layer import Size


@dataclass(frozen=True)
class Block:
    """A convolution before the first layer.

    Attributes:
        before, after: what goes in and comes out.
        pool: steps that it makes one of.
    """

    before: Size
    after: Size
    pool: int


@dataclass(frozen=True)
class NetworkFrame:
    """A network, told from its spec and the items' sizes.

    Attributes:
        given: a usual item as numbers, before any convolution.
        blocks: the convolutions.
        plan: the layers behind them.
    """

    spec: ExperimentSpec
    shape: ItemShape
    given: Size
    blocks: tuple[Block, ...]
    plan: Plan

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: ItemShape) -> NetworkFrame:
        """Plan the network.

        Args:
            spec: filled in.

        Raises:
            SpecError: its layers don't go together, or have no meaning for labels.
        """
        _check_places(spec, shape)
        task = spec.task
        steps = shape.most_steps if shape.has_one_length else shape.usual_steps
        given = Size(steps, task.embedding if shape.num_tokens else shape.num_channels, True)
        blocks = _line_up(given, task.convolutions, task.filters, task.shorten)
        read = blocks[-1].after if blocks else given
        stack = _expand(spec, read.steps or 1)
        plan = plan_items(stack, read, keeps_steps=task.pooling != "last")
        if task.pooling == "each" and plan.end.steps is None:
            raise SpecError(
                f"The last layer, {stack[-1].title}, makes one vector of all steps, and the label "
                "is to be told by each of them.",
                "Take another pooling, or a network that ends with an LSTM.",
            )
        return cls(spec, shape, given, blocks, plan)

    @property
    def has_places(self) -> bool:
        return bool(self.spec.task.places)

    @property
    def head_width(self) -> int:
        """Numbers that the label is told by."""
        end, pooling = self.plan.end, self.spec.task.pooling
        if end.steps is None:
            return end.width
        return end.width * {"mean_max": 2, "each": 2 + end.steps}.get(pooling, 1)


def spread_pools(shorten: int, count: int) -> tuple[int, ...]:
    """Return how many steps each of some convolutions makes one of, so that together they do.

    Fours first, where steps are many and dear; the last takes what is left.
    """
    pools = []
    for number in range(count):
        pool = next(size for size in (4, 2, 1) if shorten % size == 0)
        pools.append(shorten if number == count - 1 else pool)
        shorten //= pool
    return tuple(pools)


def _line_up(given: Size, count: int, filters: int, shorten: int) -> tuple[Block, ...]:
    blocks = []
    for number, pool in enumerate(spread_pools(shorten, count)):
        width = filters if number == count - 1 else max(1, filters // 2)
        after = given.cut(pool, f"Convolution {number + 1}", "pool").with_width(width)
        blocks.append(Block(given, after, pool))
        given = after
    return tuple(blocks)


def _expand(spec: ExperimentSpec, steps: int) -> Stack:
    if spec.training.stateful:
        raise SpecError(
            "Items don't follow one another, so no state goes on from one to the next.",
            "Set training.stateful to false.",
        )
    stack, decoder = expand_architecture(spec.model, steps)
    if decoder.feeds_back:
        raise SpecError(
            f"{decoder.name} says one thing after another, and an item has one label.",
            "Take another architecture, such as stacked, or the direct decoder.",
        )
    if spec.model.decoder is not None and not isinstance(decoder, DirectDecoder):
        raise SpecError(
            f"{decoder.name} tells steps ahead apart, and an item has one label.",
            "Take the direct decoder.",
        )
    return stack


def _check_places(spec: ExperimentSpec, shape: ItemShape) -> None:
    if spec.task.places and not shape.has_one_length:
        raise SpecError(
            "A vector for each place has a meaning where all items have one length, and these "
            "have unequal ones.",
            "Set task.places to false.",
        )
    if spec.task.pooling == "each" and not spec.task.places:
        raise SpecError(
            "The label can be told by each step in its place only where places are learnt, of "
            "items of one length.",
            "Set task.pooling to mean_max"
            + (", or task.places to true." if shape.has_one_length else "."),
        )

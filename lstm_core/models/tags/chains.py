"""Chains of tags: how likely each path through them is, which is likeliest, and each tag's share.

A path has the sum of its steps' scores and of how well each tag follows the one before: a
linear-chain conditional random field. Lafferty, McCallum and Pereira, "Conditional Random Fields",
ICML 2001; the recursions are those of Sutton and McCallum, "An Introduction to Conditional Random
Fields", Foundations and Trends in Machine Learning 4 (2012), section 4.1. Backend-neutral.

``scores`` are ``(batch, steps, tags)``, ``lengths`` ``(batch,)``, at least 1; what lies behind an
end changes nothing. There are two steps at least.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

FORBIDDEN = -1e4
"""How well a tag follows one that it can't follow."""

NEXT_TO_NOTHING = 1e-30
"""Added to a sum of likelihoods, so that none of them has a logarithm that is infinite."""


@keras.saving.register_keras_serializable("lstm_studio")
class TagChain(keras.layers.Layer):
    """How well tags begin, follow each other and end; from steps' scores to what is said.

    ``(batch, steps, tags)`` and lengths to ``(batch, steps, 2 * tags + 1)`` float32: the scores;
    the logarithm of each tag's probability; and the tag's number on the likeliest path. While
    training, the last two are zeros.

    Args:
        num_tags: of ``O`` and a ``B`` and an ``I`` of each type in turn, where they mark entities.
        marks_entities: an ``I`` follows its own ``B`` or ``I`` alone.
        learns: how well one follows another; otherwise each step is said by itself, its scores are
            logarithms of probabilities, and only what can't follow counts on a path.
    """

    def __init__(
        self, num_tags: int, marks_entities: bool = False, learns: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**{**kwargs, "dtype": "float32"})  # whatever the layers compute in
        self.num_tags = num_tags
        self.marks_entities = marks_entities
        self.learns = learns

    def build(self, scores_shape: Any, lengths_shape: Any) -> None:
        count, options = self.num_tags, {"initializer": "zeros", "trainable": self.learns}
        self.first = self.add_weight(shape=(count,), name="first", **options)
        self.between = self.add_weight(shape=(count, count), name="between", **options)
        self.last = self.add_weight(shape=(count,), name="last", **options)

    def get_links(self) -> tuple[Any, Any, Any]:
        """Return how well tags begin, follow each other, ``(tags, tags)``, and end, ``(tags,)``."""
        links = (self.first, self.between, self.last)
        first, between, last = (ops.convert_to_tensor(each) for each in links)
        if not self.marks_entities:
            return first, between, last
        tags = ops.arange(self.num_tags)
        goes_on = ops.logical_and(tags > 0, tags % 2 == 0)
        # Numbers 2k - 1 and 2k begin and go on with an entity of one type.
        is_own = (tags[:, None] + 1) // 2 == tags[None, :] // 2
        is_bad = ops.logical_and(goes_on[None, :], ops.logical_not(is_own))
        first = ops.where(goes_on, FORBIDDEN, first)
        return first, ops.where(is_bad, FORBIDDEN, between), last

    def call(self, scores: Any, lengths: Any, training: bool | None = None) -> Any:
        scores = ops.cast(scores, "float32")
        if not self.learns:
            scores = ops.log_softmax(scores, axis=-1)
        if training:
            room = ops.zeros_like(scores[..., :1])
            return ops.concatenate([scores, ops.zeros_like(scores), room], axis=-1)
        links = self.get_links()
        shares = find_shares(scores, lengths, links) if self.learns else scores
        path = ops.cast(find_best_path(scores, lengths, links), "float32")
        return ops.concatenate([scores, shares, path[..., None]], axis=-1)

    def compute_output_spec(self, scores: Any, lengths: Any, training: Any = None) -> Any:
        return keras.KerasTensor((*scores.shape[:-1], 2 * self.num_tags + 1), "float32")

    def get_config(self) -> dict[str, Any]:
        own = {"num_tags": self.num_tags, "marks_entities": self.marks_entities}
        return {**super().get_config(), **own, "learns": self.learns}


def sum_paths(scores: Any, lengths: Any, links: Any) -> Any:
    """Return the logarithm of all paths' likelihoods together, ``(batch,)``: the partition."""
    _, _, last = links
    forwards = go_forwards(scores, lengths, links)
    return ops.logsumexp(forwards[-1] + last, axis=-1)


def score_path(scores: Any, tags: Any, lengths: Any, links: Any) -> Any:
    """Return the score of a path of tags, ``(batch, steps)`` int32, ``(batch,)``."""
    first, between, last = links
    num_tags = scores.shape[-1]
    inside = ops.cast(list_inside(scores, lengths), "float32")  # (batch, steps)
    own = ops.take_along_axis(scores, tags[..., None], axis=-1)[..., 0]
    pairs = tags[:, :-1] * num_tags + tags[:, 1:]
    steps = ops.take(ops.reshape(between, (-1,)), pairs, axis=0)
    end = ops.take_along_axis(tags, ops.cast(lengths, "int32")[:, None] - 1, axis=1)[:, 0]
    total = ops.sum(own * inside, axis=1) + ops.sum(steps * inside[:, 1:], axis=1)
    return total + ops.take(first, tags[:, 0], axis=0) + ops.take(last, end, axis=0)


def find_shares(scores: Any, lengths: Any, links: Any) -> Any:
    """Return the logarithm of the probability of each tag at each step: its marginal.

    ``(batch, steps, tags)``: all paths that go through it beside all that there are. Of a long
    sequence both are large, and their difference is exact only where it is taken step by step.
    """
    through = go_forwards(scores, lengths, links) + go_backwards(scores, lengths, links)
    found = through - ops.logsumexp(through, axis=-1, keepdims=True)  # (steps, batch, tags)
    return ops.transpose(found, (1, 0, 2))


def find_best_path(scores: Any, lengths: Any, links: Any) -> Any:
    """Return the likeliest path, ``(batch, steps)`` int32; behind an end, any tags.

    Source: Viterbi, "Error bounds for convolutional codes", IEEE Transactions on Information
    Theory 13 (1967).
    """
    first, between, last = links
    given = _line_up(scores, list_inside(scores, lengths))

    def go_on(best: Any, found: Any) -> tuple[Any, Any]:
        own, counts = _part(found)
        reached = ops.max(best[:, :, None] + between[None], axis=1) + own
        best = ops.where(counts, reached, best)
        return best, best

    begin = scores[:, 0] + first
    _, others = ops.scan(go_on, begin, given[1:])
    bests = ops.concatenate([begin[None], others], axis=0)  # (steps, batch, tags)

    def go_back(after: Any, found: Any) -> tuple[Any, Any]:
        best, goes_on = _part(found)
        through = best + ops.take(ops.transpose(between), after, axis=0)
        own = ops.argmax(ops.where(goes_on, through, best + last), axis=-1)
        own = ops.cast(own, "int32")
        return own, own

    end = ops.cast(ops.argmax(bests[-1] + last, axis=-1), "int32")
    reached = ops.concatenate([bests[:-1], given[1:, :, -1:]], axis=-1)
    _, path = ops.scan(go_back, end, reached, reverse=True)
    return ops.transpose(ops.concatenate([path, end[None]], axis=0))


def go_forwards(scores: Any, lengths: Any, links: Any) -> Any:
    """Return the logarithm of all paths up to each step and tag, ``(steps, batch, tags)``."""
    first, between, _ = links
    given = _line_up(scores, list_inside(scores, lengths))
    likely, highest = _exponentiate(between)

    def go_on(sums: Any, found: Any) -> tuple[Any, Any]:
        own, counts = _part(found)
        sums = ops.where(counts, _multiply(sums, likely) + highest + own, sums)
        return sums, sums

    begin = scores[:, 0] + first
    _, others = ops.scan(go_on, begin, given[1:])
    return ops.concatenate([begin[None], others], axis=0)


def go_backwards(scores: Any, lengths: Any, links: Any) -> Any:
    """Return the logarithm of all paths from behind each step on, ``(steps, batch, tags)``."""
    _, between, last = links
    given = _line_up(scores, list_inside(scores, lengths))
    likely, highest = _exponentiate(ops.transpose(between))

    def go_on(sums: Any, found: Any) -> tuple[Any, Any]:
        after, counts = _part(found)
        sums = ops.where(counts, _multiply(sums + after, likely) + highest, sums)
        return sums, sums

    end = ops.zeros_like(scores[:, 0]) + last
    _, others = ops.scan(go_on, end, given[1:], reverse=True)
    return ops.concatenate([others, end[None]], axis=0)


def list_inside(scores: Any, lengths: Any) -> Any:
    """Return whether a step is the sequence's own, ``(batch, steps)``."""
    places = ops.arange(ops.shape(scores)[1], dtype="int32")
    return places[None, :] < ops.cast(lengths, "int32")[:, None]


def _line_up(scores: Any, inside: Any) -> Any:
    """Return scores and whether they count, step by step: ``(steps, batch, tags + 1)``.

    One array: of two, Keras 3.15's ``scan`` on TensorFlow wants to know how many steps there are.
    """
    counts = ops.cast(inside, scores.dtype)[..., None]
    return ops.transpose(ops.concatenate([scores, counts], axis=-1), (1, 0, 2))


def _part(found: Any) -> tuple[Any, Any]:
    """Return one step's scores, ``(batch, tags)``, and whether they count, ``(batch, 1)``."""
    return found[:, :-1], found[:, -1:] > 0


def _exponentiate(between: Any) -> tuple[Any, Any]:
    """Return likelihoods of which the largest is 1, and the logarithm of what they lack."""
    highest = ops.max(between)
    return ops.exp(between - highest), highest


def _multiply(sums: Any, likely: Any) -> Any:
    """Return logarithms of a product of likelihoods, ``(batch, tags)``, which are given as such."""
    highest = ops.max(sums, axis=-1, keepdims=True)
    return ops.log(ops.matmul(ops.exp(sums - highest), likely) + NEXT_TO_NOTHING) + highest

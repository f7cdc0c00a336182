"""From framed pairs to what a network learns from: the sizes, and the feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import DataError
from lstm_core.learning.feeds.pairs import PairFeed, PairShape, Side
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.translation import TranslationSpec
from lstm_core.tasks.translation.encoding import Encoding, find_whole, fit_sides, keep_reading
from lstm_core.tasks.translation.framing import Framing, frame_pairs

USUAL_SHARE = 0.95
"""Of the texts, that are no longer than what a cost is told for."""


@dataclass(frozen=True)
class _Asked:
    """What pairs were asked for: equal where the answer would be the same."""

    fingerprint: str
    spec: TranslationSpec
    collection: PairCollection = field(compare=False, repr=False)


def shape_pairs(spec: ExperimentSpec, collection: PairCollection) -> PairShape:
    """Return the sizes that a network is built for; the spec is filled in.

    Every fold's units fit in: folds share one network.
    """
    return _shape(_Asked(collection.fingerprint, keep_reading(spec.task), collection))


@lru_cache(maxsize=16)
def _shape(asked: _Asked) -> PairShape:
    framing = frame_pairs(asked.spec, asked.collection)
    fitted = [fit_sides(asked.spec, framing, fold) for fold in range(len(framing.splits))]
    most = asked.spec.most_steps
    assert most is not None
    read = (np.minimum(each, most) + 1 for each in (fitted[0].before, fitted[0].after))
    usual = (int(np.quantile(each, USUAL_SHARE, method="higher")) for each in read)
    return PairShape(
        max(each.source.size for each in fitted), max(each.target.size for each in fitted), *usual
    )


def lay_out(
    spec: ExperimentSpec, framing: Framing, fold: int, encoding: Encoding, shape: PairShape
) -> tuple[PairFeed, list[np.ndarray]]:
    """Return the feed of a fold, and the sources as units; the spec is filled in.

    A pair one of whose sides is longer than what is read is not learnt from: of a text that is cut,
    the end would be learnt to come too soon. In place of what is not learnt from or watched stands
    a pair that is: the test part is translated from the sources that are returned.

    Raises:
        DataError: nothing is left to learn from.
    """
    pairs, split = framing.pairs, framing.splits[fold]
    sources = encoding.encode_sources(pairs.sources.tolist())
    targets = encoding.encode_targets(pairs.targets.tolist())
    is_whole = find_whole(spec.task, framing, fold)
    parts = {
        "train": split.train[is_whole[split.train]],
        "validation": split.validation[is_whole[split.validation]],
        "test": split.test,
    }
    for name in ("train", "validation"):
        if not len(parts[name]):
            raise DataError(
                f"All pairs of the {name} part are longer than what is read at once.",
                "Read longer texts (task.most_steps), or bring shorter ones.",
            )
    # What is never learnt from or watched decides nothing: not how pairs are put together either.
    is_read = np.isin(np.arange(len(sources)), [*parts["train"], *parts["validation"]])
    first = int(parts["train"][0])
    kept = np.where(is_read, np.arange(len(sources)), first).tolist()
    feed = PairFeed.of(
        Side.of([sources[number] for number in kept]),
        Side.of([targets[number] for number in kept]),
        {name: part.astype(np.int32) for name, part in parts.items()},
        shape,
        spec.task.own_words,
    )
    return feed, sources

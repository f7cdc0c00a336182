"""From framed text to what a network learns from: the sizes, the feed, and what is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.splitting.stretches import Stretch
from lstm_core.errors import DataError
from lstm_core.learning.encoding.unit_kinds.face import Located
from lstm_core.learning.encoding.units import EDGE
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.learning.feeds.texts import TextFeed, TextShape, line_up
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.language import LanguageSpec
from lstm_core.tasks.language.encoding import Encoding, fit_encoding, keep_reading
from lstm_core.tasks.language.framing import Framing, frame_texts
from lstm_core.tasks.language.passages import CONTEXT, Passage

MOST_JUDGED = 400_000
"""Characters; of more, whole stretches from the first on are judged, and the last one in part."""

_MOST_SIGNS_A_UNIT = 8
"""How much text before a passage is looked at for its context."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A stretch of the test part, as units.

    Attributes:
        passage: what is judged, with what stands before it.
        located: where its units lie in the document; the edge behind its end has no extent.
    """

    document: int
    passage: Passage
    located: Located


def shape_text(spec: ExperimentSpec, collection: DocumentCollection) -> TextShape:
    """Return the sizes that a network is built for; the spec is filled in."""
    encoding = fit_encoding(spec.task, frame_texts(spec.task, collection))
    return TextShape(encoding.units.size, spec.task.steps)


@dataclass(frozen=True)
class _Asked:
    """What a feed was asked for: equal where it would be the same."""

    fingerprint: str
    spec: LanguageSpec
    shape: TextShape
    framing: Framing = field(compare=False, repr=False)
    encoding: Encoding = field(compare=False, repr=False)


def lay_out(spec: LanguageSpec, framing: Framing, encoding: Encoding, shape: TextShape) -> TextFeed:
    """Return the feed, once for each way to ask; the spec is filled in.

    Raises:
        DataError: a part is shorter than what is read at once.
    """
    kept = keep_reading(spec)
    return _lay_out(_Asked(framing.collection.fingerprint, kept, shape, framing, encoding))


@lru_cache(maxsize=4)
def _lay_out(asked: _Asked) -> TextFeed:
    framing, encoding, shape = asked.framing, asked.encoding, asked.shape
    train, validation, test = (
        encoding.encode_stretches(framing, part)
        for part in (framing.split.train, framing.split.validation, framing.split.test)
    )
    flat = np.concatenate([train, validation, test, _END])
    ends = np.cumsum([len(train), len(validation), len(test)])
    steps = shape.steps
    places = {
        "train": line_up(0, int(ends[0]), steps),
        "validation": line_up(int(ends[0]), int(ends[1]), steps)[:MAX_VALIDATION_PLACES],
        "test": line_up(int(ends[1]), int(ends[2]) + 1, steps),
    }
    for name, size in zip(places, (train, validation, test), strict=True):
        if not len(places[name]) and name != "test":
            raise DataError(
                f"The {name} part has {len(size):,} {name_unit_kind(encoding)}s, and {steps + 1:,} "
                "are needed to read a stretch of them.",
                "Bring more text, keep a larger share apart, or follow errors less far back "
                "(task.steps).",
            )
    return TextFeed(flat, (0, int(ends[0])), places, shape)


_END = np.array([EDGE], np.int32)


def name_unit_kind(encoding: Encoding) -> str:
    """Return what a unit is called."""
    return {"characters": "character", "words": "word", "pieces": "piece"}[encoding.units.kind]


def list_judged(framing: Framing, encoding: Encoding) -> list[Judged]:
    """Return the stretches of the test part, each with what stands before it."""
    found = []
    for stretch in limit_judged(framing.split.test):
        text = framing.collection.texts[stretch.document]
        located = _move(encoding.locate(text[stretch.start : stretch.stop]), stretch.start)
        if stretch.stop == len(text):
            located = _close(located, stretch.stop)
        before = read_before(encoding, text, stretch.start)
        units = np.concatenate([before, located.numbers]).astype(np.int32)
        found.append(Judged(stretch.document, Passage(units, len(before)), located))
    return found


def limit_judged(stretches: Sequence[Stretch], most: int = MOST_JUDGED) -> list[Stretch]:
    """Return stretches with no more characters than can be judged in good time."""
    found = []
    left = most
    for stretch in stretches:
        if left <= 0:
            break
        found.append(
            Stretch(stretch.document, stretch.start, min(stretch.stop, stretch.start + left))
        )
        left -= stretch.num_characters
    return found


def read_before(encoding: Encoding, text: str, start: int) -> np.ndarray:
    """Return the units before a place of a text, at least one and ``CONTEXT`` at most, int32."""
    begin = find_before(start)
    before = encoding.units.encode(text[begin:start])
    edge = _END if begin == 0 else _END[:0]
    found: np.ndarray = np.concatenate([edge, before])[-CONTEXT:]
    return found if len(found) else _END


def find_before(start: int) -> int:
    """Return where what stands before a place is looked at from."""
    return max(0, start - CONTEXT * _MOST_SIGNS_A_UNIT)


def _move(located: Located, start: int) -> Located:
    return Located(located.numbers, located.starts + start, located.stops + start)


def _close(located: Located, end: int) -> Located:
    """Put the edge behind a document's last unit."""
    return Located(
        np.append(located.numbers, EDGE).astype(np.int32),
        np.append(located.starts, end),
        np.append(located.stops, end),
    )

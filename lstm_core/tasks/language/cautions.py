"""What a person should know before training, of texts that can be trained on all the same."""

from __future__ import annotations

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.summary import LITTLE
from lstm_core.data.wording import count_words
from lstm_core.ratios import say_percent
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.framing import Framing, frame_texts
from lstm_core.tasks.language.judging.verdict import FEWEST_JUDGED

REPEATED = 0.02
"""Share of the text in paragraphs that repeat an earlier one, from which on it is told."""


def list_cautions(spec: ExperimentSpec, collection: DocumentCollection) -> list[str]:
    """Return a sentence or two for each caution; none where all is well.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this collection.
    """
    framing = frame_texts(spec.task, collection)
    said = (_say_little(framing), _say_few_judged(framing), _say_repeated(framing))
    return [caution for caution in said if caution]


def _say_little(framing: Framing) -> str:
    count = framing.sizes[0]
    if count >= LITTLE:
        return ""
    return (
        f"Little to learn from: {count_words(count, 'character')}. It will learn to spell, and "
        "hardly to write."
    )


def _say_few_judged(framing: Framing) -> str:
    count = framing.sizes[2]
    if count >= FEWEST_JUDGED:
        return ""
    return (
        f"Too little to judge: {count_words(count, 'character')} will be kept apart for it, and "
        "whatever comes out can be chance."
    )


def _say_repeated(framing: Framing) -> str:
    share = framing.repeats.share
    if share < REPEATED:
        return ""
    return (
        f"{say_percent(share)} of the text are paragraphs that stand in it before. It is not "
        "judged by what it has learnt from, but it may write such paragraphs down word by word."
    )

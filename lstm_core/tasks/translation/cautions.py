"""What a person should know before training, of pairs that can be trained on all the same."""

from __future__ import annotations

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.wording import count_words
from lstm_core.ratios import say_percent
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.encoding import find_whole
from lstm_core.tasks.translation.framing import Framing, frame_pairs
from lstm_core.tasks.translation.judging.verdict import FEWEST_JUDGED

FEW = 1_000
"""Pairs to learn from; of sentences, hardly anything is learnt from fewer."""


def list_cautions(spec: ExperimentSpec, collection: PairCollection) -> list[str]:
    """Return a sentence or two for each caution; none where all is well.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this collection.
    """
    framing = frame_pairs(spec.task, collection)
    said = (
        _say_few(framing),
        _say_few_judged(framing),
        _say_copies(framing),
        _say_cut(spec, framing),
    )
    return [caution for caution in said if caution]


def _say_few(framing: Framing) -> str:
    count = len(framing.splits[0].train)
    if count >= FEW:
        return ""
    return (
        f"Few pairs to learn from: {count:,}. Spellings, dates and names can be learnt from so "
        "few, sentences hardly."
    )


def _say_few_judged(framing: Framing) -> str:
    count = sum(len(split.test) for split in framing.splits)
    if count >= FEWEST_JUDGED:
        return ""
    return (
        f"Too little to judge: {count_words(count, 'pair')} will be kept apart for it, and "
        "whatever comes out can be chance."
    )


def _say_copies(framing: Framing) -> str:
    num = sum(framing.count_copies(split) for split in framing.splits)
    if not num:
        return ""
    return (
        f"The sources of {count_words(num, 'pair')} of the test part are learnt from as well: what "
        "will be reported is better than what will come."
    )


def _say_cut(spec: ExperimentSpec, framing: Framing) -> str:
    is_whole = find_whole(spec.task, framing)
    num = int((~is_whole).sum())
    if not num:
        return ""
    return (
        f"{count_words(num, 'pair')} ({say_percent(num / len(is_whole))}) with more than "
        f"{spec.task.most_steps:,} units on a side: not learnt from, and only their beginnings are "
        "translated."
    )

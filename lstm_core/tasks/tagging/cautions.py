"""What a person should know before training, of sequences that can be trained on all the same."""

from __future__ import annotations

import numpy as np

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import find_entities
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.framing import Framing, frame_sequences
from lstm_core.tasks.tagging.judging.verdict import FEWEST_JUDGED

FEW = 20
"""Entities of a type, or steps of a tag, to learn from; fewer are seldom learnt."""


def list_cautions(spec: ExperimentSpec, collection: TaggedCollection) -> list[str]:
    """Return a sentence or two for each caution; none where all is well.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this collection.
    """
    framing = frame_sequences(spec.task, collection)
    said = (
        _say_few_judged(framing),
        _say_missing(framing),
        _say_rare(framing),
        _say_copies(framing),
        _say_cut(spec, framing),
    )
    return [caution for caution in said if caution]


def count_classes(framing: Framing, part: np.ndarray) -> dict[str, int]:
    """Count entities of each type, or steps of each tag, in some of the sequences."""
    chosen = framing.facts.sequences.select(part)
    if not framing.marks_entities:
        return chosen.tag_counts
    counts = dict.fromkeys(framing.facts.sequences.types, 0)
    for number in range(chosen.num_sequences):
        for entity in find_entities(chosen.get_tags(number)):
            counts[entity.type] += 1
    return counts


def _say_few_judged(framing: Framing) -> str:
    test = np.concatenate([split.test for split in framing.splits])
    if framing.marks_entities:
        count, noun = sum(count_classes(framing, test).values()), "entities"
    else:
        count, noun = len(test), f"{framing.facts.noun}s"
    if count >= FEWEST_JUDGED:
        return ""
    return (
        f"Too little to judge: {count:,} {noun} will be kept apart for it, and whatever comes out "
        "can be chance."
    )


def _say_missing(framing: Framing) -> str:
    missing = framing.list_missing()
    if not missing:
        return ""
    what = "Types of entities" if framing.marks_entities else "Tags"
    return (
        f"{what} that occur, but not in what is learnt from: {list_names(missing)}. They can't be "
        "said, and each counts as missed."
    )


def _say_rare(framing: Framing) -> str:
    counts = count_classes(framing, framing.splits[0].train)
    rare = sorted(name for name, count in counts.items() if 0 < count < FEW)
    if not rare:
        return ""
    return (
        f"Fewer than {FEW} examples to learn from of {list_names(rare)}: a network seldom learns "
        "from so few."
    )


def _say_copies(framing: Framing) -> str:
    """Warn where copies are learnt from and judged by, as was asked for."""
    if framing.plan.keep_copies_together and framing.plan.how != "given":
        return ""
    copies = framing.facts.copies
    num = sum(int(np.isin(copies[s.test], copies[s.train]).sum()) for s in framing.splits)
    if not num:
        return ""
    return (
        f"{count_words(num, framing.facts.noun)} of the test part are exact copies of what is "
        "learnt from: what will be reported is better than what will come."
    )


def _say_cut(spec: ExperimentSpec, framing: Framing) -> str:
    num = int((framing.facts.sequences.lengths > spec.task.most_steps).sum())
    if not num:
        return ""
    return (
        f"{count_words(num, framing.facts.noun)} longer than {spec.task.most_steps:,} steps: read "
        "in stretches, each with its neighbours' ends."
    )

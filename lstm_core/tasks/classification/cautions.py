"""What a person should know before training, of items that can be trained on all the same."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.framing import Framing, frame_items
from lstm_core.tasks.classification.judging.verdict import FEWEST_JUDGED
from lstm_core.tasks.classification.laying_out import count_steps

FEW = 10
"""Items of a label to learn from; fewer are seldom told apart."""


def list_cautions(spec: ExperimentSpec, collection: ItemCollection) -> list[str]:
    """Return a sentence or two for each caution; none where all is well.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this collection.
    """
    framing = frame_items(spec.task, collection)
    said = (
        _say_few_judged(framing),
        _say_rare(framing),
        _say_copies(framing),
        _say_groups(framing),
        _say_cut(spec, framing),
    )
    return [caution for caution in said if caution]


def _say_few_judged(framing: Framing) -> str:
    count = sum(len(split.test) for split in framing.splits)
    if count >= FEWEST_JUDGED:
        return ""
    return (
        f"Too few items to judge: {count_words(count, framing.facts.item)} will be kept apart for "
        "it, and whatever comes out can be chance."
    )


def _say_rare(framing: Framing) -> str:
    rare = [name for name, count in zip(framing.names, framing.counts, strict=True) if count < FEW]
    if not rare:
        return ""
    return (
        f"Fewer than {FEW} items to learn from of {list_names(rare)}: a network seldom learns a "
        "label from so few."
    )


def _say_copies(framing: Framing) -> str:
    """Warn where copies are learnt from and judged by, as was asked for."""
    if framing.plan.keep_copies_together and framing.plan.how != "given":
        return ""
    num = sum(
        int(np.isin(framing.facts.copies[split.test], framing.facts.copies[split.train]).sum())
        for split in framing.splits
    )
    if not num:
        return ""
    return (
        f"{count_words(num, 'item')} of the test part are exact copies of what is learnt from. New "
        "items are no copies: what will be reported is better than what will come."
    )


def _say_groups(framing: Framing) -> str:
    """Warn where groups are on both sides."""
    groups = framing.facts.groups
    if groups is None or framing.plan.how not in ("stratified", "given"):
        return ""
    shares = [
        float((np.isin(groups[split.test], groups[split.train]) & (groups[split.test] >= 0)).mean())
        for split in framing.splits
    ]
    share = float(np.mean(shares))
    if share < 0.01:
        return ""
    return (
        f'{share:.0%} of what is judged has a "{framing.facts.group[:40]}" that is learnt from as '
        "well. Items of one resemble each other: what will be reported is better than what comes "
        "with new ones."
    )


def _say_cut(spec: ExperimentSpec, framing: Framing) -> str:
    counts = count_steps(spec.task, framing.facts.items)
    num = int((counts > spec.task.most_steps).sum())
    if not num:
        return ""
    verb = "is" if num == 1 else "are"
    return (
        f"{count_words(num, framing.facts.item)} {verb} read only as far as step "
        f"{spec.task.most_steps:,}."
    )

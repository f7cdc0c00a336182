"""A split in words, for the confirm card and the report."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.wording import count_words, list_names
from lstm_core.ratios import say_percent


def say_split(
    split: Split,
    plan: SplitPlan,
    names: Sequence[str],
    *,
    item: str = "item",
    group: str = "group",
    even: str = "Labels",
) -> str:
    """Return what is kept apart, and how.

    Args:
        names: of the labels.
        item: what one is called. ``group``: what a group is called, as the file has it.
        even: what is spread over the parts.
    """
    num_train, num_validation, num_test = split.sizes
    share = num_test / (num_train + num_validation + num_test)
    sentences = [
        f"{count_words(num_test, item)} ({say_percent(share)}) kept apart to judge, "
        f"{num_validation:,} to decide when to stop, {num_train:,} to learn from.",
        {
            "stratified": f"{even} are spread as evenly as can be.",
            "grouped": f'No "{group[:40]}" is on two sides.',
            "time": "What is judged is newer than all that was learnt from.",
            "given": f"The parts are as the {item}s came.",
        }[plan.how],
    ]
    if len(split.left_out):
        sentences.append(f"{count_words(len(split.left_out), item)} left out.")
    if split.missing_labels:
        missing = list_names([names[label] for label in split.missing_labels])
        sentences.append(f"Nothing to learn from for {missing}.")
    return " ".join(sentences)


def say_folds(splits: Sequence[Split], plan: SplitPlan, *, item: str = "item") -> str:
    """Return how many folds there are, and how large they are."""
    sizes = [len(split.test) for split in splits]
    size = f"{min(sizes):,}" if min(sizes) == max(sizes) else f"{min(sizes):,} to {max(sizes):,}"
    judged = "after all that are older" if plan.how == "time" else "by a network that has not seen"
    last = "" if plan.how == "time" else " them"
    return f"{len(splits)} folds of {size} {item}s, each judged {judged}{last}."

"""What of the pairs is kept apart to judge, in words."""

from __future__ import annotations

from typing import Any

from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.words import say_folds, say_split
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.splitting import choose_pair_split, fold_pairs, split_pairs


def say_parts(task: Any, collection: PairCollection) -> str:
    """Say what is kept apart, and how.

    Args:
        task: its section of the spec.

    Raises:
        DataError: the pairs can't be split so.
    """
    known = collection.select(collection.is_known)
    choice = choose_pair_split(known, task.test_fraction)
    plan = SplitPlan(
        how=task.split or choice.how,
        test_share=task.test_fraction,
        validation_share=task.validation_fraction,
        keep_copies_together=task.keep_copies_together,
    )
    num_folds = task.num_folds or choice.num_folds
    if num_folds > 1:
        return say_folds(fold_pairs(known, plan, num_folds), plan, item="pair")
    group = dict(known.roles).get("group", "group")
    said = say_split(split_pairs(known, plan), plan, (), item="pair", group=group, even="Pairs")
    return f"{said} Copies stay on one side." if plan.keep_copies_together else said

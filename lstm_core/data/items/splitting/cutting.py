"""Splits items into a training, a validation and a test part."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.splitting.blocks import join_blocks
from lstm_core.data.items.splitting.given import complete_parts, read_parts
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.split import Split
from lstm_core.data.items.splitting.spreading import spread
from lstm_core.data.items.splitting.time_order import cut_by_rank, rank_times
from lstm_core.errors import DataError

PRIORITY = (0, 2, 1)
"""The training part needs every label, then the part that is judged."""


def split_items(
    plan: SplitPlan,
    labels: np.ndarray,
    *,
    groups: np.ndarray | None = None,
    copies: np.ndarray | None = None,
    times: np.ndarray | None = None,
    given: np.ndarray | None = None,
) -> Split:
    """Split items as planned; the same arguments give the same split.

    Args:
        labels: ``(n,)`` whole numbers from 0.
        groups: ``(n,)`` the number of each item's group, negative for none; needed where the plan
            is ``grouped``, heeded in order of time and where a part as given is completed.
        copies: ``(n,)`` the number of each item's set of exact copies, negative for none.
        times: ``(n,)`` for ``time``. ``given``: ``(n,)`` names of parts, for ``given``.

    Raises:
        DataError: what the plan needs is not there, or a part would be empty.
    """
    num_items = len(labels)
    require(plan, groups, times, given)
    copies = copies if plan.keep_copies_together else None
    tied = groups if plan.how != "stratified" else None
    blocks = join_blocks(num_items, tied, copies)
    if plan.how == "given":
        assert given is not None
        parts = complete_parts(
            read_parts(given), labels, blocks, join_blocks(num_items, copies), plan
        )
    elif plan.how == "time":
        assert times is not None
        parts = cut_by_rank(rank_times(times, blocks), plan.shares)
    else:
        parts = spread(labels, blocks, plan.shares, plan.seed, PRIORITY)
    return Split.read(parts, labels)


def require(
    plan: SplitPlan,
    groups: np.ndarray | None,
    times: np.ndarray | None,
    given: np.ndarray | None,
) -> None:
    """See that what a plan goes by is there.

    Raises:
        DataError: it is not.
    """
    needed = {
        "grouped": (groups, "groups are to be kept together, but no column names them", "group"),
        "time": (times, "the newest items are to be kept apart, but no column holds times", "time"),
        "given": (given, "the split is to be as given, but no column names the parts", "part"),
    }
    if plan.how in needed and needed[plan.how][0] is None:
        _, what, column = needed[plan.how]
        raise DataError(
            f"{what[:1].upper()}{what[1:]}.",
            f"Choose the column of the {column}, or split the items another way.",
        )

"""From a plan to a search in the record."""

from __future__ import annotations

from typing import Any

from lstm_core.runs.snapshots.search import Search
from lstm_core.runs.stores.store import Store
from lstm_core.searches.plan import SearchPlan, describe_default
from lstm_core.tasks.registry import find_kind


def submit_planned(
    store: Store,
    plan: SearchPlan,
    collection: Any,
    development: Any,
    *,
    name: str = "",
    submission_key: str | None = None,
) -> Search:
    """Record both collections and queue the search; the same key again returns the first one.

    Args:
        development: the part of the collection that trials may see, see ``plan_search``.
    """
    collection_id = store.collections.add(collection)
    resolved, _ = find_kind(plan.base).resolve(plan.base, development)
    settings = plan.to_json(store.collections.add(development)) | {
        "default_values": describe_default(plan, development),
        "resolved": resolved.model_dump(mode="json"),
    }
    return store.searches.submit(
        collection_id,
        settings,
        plan.settings.num_trials,
        plan.settings.minutes,
        name=name,
        submission_key=submission_key,
    )

"""From a plan to a search in the record."""

from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.runs.snapshots.search import Search
from lstm_core.runs.stores.store import Store
from lstm_core.searches.plan import SearchPlan, describe_default


def submit_planned(
    store: Store,
    plan: SearchPlan,
    dataset: Dataset,
    development: Dataset,
    *,
    name: str = "",
    submission_key: str | None = None,
) -> Search:
    """Record both datasets and queue the search; the same key again returns the first one.

    Args:
        development: the part of the dataset that trials may see, see ``plan_search``.
    """
    dataset_id = store.collections.add(dataset)
    settings = plan.to_json(store.collections.add(development)) | {
        "default_values": describe_default(plan, development),
        "frequency": dataset.frequency.alias,
    }
    return store.searches.submit(
        dataset_id,
        settings,
        plan.settings.num_trials,
        plan.settings.minutes,
        name=name,
        submission_key=submission_key,
    )

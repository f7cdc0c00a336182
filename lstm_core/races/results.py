"""How a race stands, read from the record."""

from __future__ import annotations

from lstm_core.races.standing import RaceStandings, stand_race
from lstm_core.runs.snapshots.group import RunGroup
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet


def read_standings(store: Store, group: RunGroup, *, with_folds: bool = False) -> RaceStandings:
    """Read what a race's runs have come to by now.

    Args:
        with_folds: read errors by fold as well: a file for each completed run.

    Raises:
        RecordError: a file was damaged.
    """
    runs = store.runs.list_newest(group_id=group.id)
    breakdowns = {}
    if with_folds:
        for run in runs:
            if run.metrics is not None:
                content = store.artifacts.get(run.id, "breakdowns.parquet")
                breakdowns[run.id] = table_from_parquet(content)
    return stand_race(group, runs, store.groups.sum_training_seconds(group.id), breakdowns)

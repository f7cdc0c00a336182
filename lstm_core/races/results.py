"""How a race stands, read from the record."""

from __future__ import annotations

import pandas as pd

from lstm_core.races.standing import RaceStandings, check_settings, stand_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet

_BREAKDOWNS = "breakdowns.parquet"


def get_race(store: Store, race_id: str) -> RunGroup:
    """Return a race whose settings are such as this version writes.

    Raises:
        NotFoundError: there is no such race.
        UnreadableError: a newer version planned it, or its record was damaged.
    """
    race = store.groups.get(race_id, GroupKind.RACE)
    check_settings(race)
    return race


def read_standings(store: Store, group: RunGroup, *, with_folds: bool = False) -> RaceStandings:
    """Read what a race's runs have come to by now.

    Args:
        with_folds: read errors by fold as well: a file for each completed run whose task has one.

    Raises:
        RecordError: a file was damaged.
    """
    runs = store.runs.list_newest(group_id=group.id)
    breakdowns = {}
    if with_folds:
        for run in runs:
            table = None if run.metrics is None else read_breakdown(store, run.id)
            if table is not None:
                breakdowns[run.id] = table
    return stand_race(group, runs, store.groups.sum_training_seconds(group.id), breakdowns)


def read_breakdown(store: Store, run_id: str) -> pd.DataFrame | None:
    """Read where a run errs, fold by fold among others; None where its task keeps no such table.

    Raises:
        RecordError: the file was damaged.
    """
    if all(entry.name != _BREAKDOWNS for entry in store.artifacts.list_of(run_id)):
        return None
    return table_from_parquet(store.artifacts.get(run_id, _BREAKDOWNS))

"""How a race stands, read from the record."""

from __future__ import annotations

from lstm_core.races.standing import RaceStandings, check_settings, stand_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet


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
            names = {entry.name for entry in store.artifacts.list_of(run.id)}
            if run.metrics is not None and "breakdowns.parquet" in names:
                content = store.artifacts.get(run.id, "breakdowns.parquet")
                breakdowns[run.id] = table_from_parquet(content)
    return stand_race(group, runs, store.groups.sum_training_seconds(group.id), breakdowns)

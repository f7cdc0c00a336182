"""How long a race will still take follows from its own runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lstm_core.races.timing import estimate_race_seconds
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.races.records import submit_race
from tests.runs.records import change_row


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(load_settings()) as store:
        yield store


def stage(store: Store, *ends: tuple[RunStatus, float]) -> list[Run]:
    """A race of two networks and three seeds; its first runs took, or are at it since, so long."""
    group = submit_race(store, ("vanilla", "gru"))
    runs = store.runs.list_newest(group_id=group.id)[::-1]
    now = datetime.now(UTC)
    for run, (status, seconds) in zip(runs, ends, strict=False):
        started = now - timedelta(seconds=seconds)
        change_row(
            store, run.id,
            status=status, started_at=started, host="elsewhere", heartbeat_at=now,
            finished_at=now if status.is_finished else None,
        )  # fmt: skip
    return store.runs.list_newest(group_id=group.id)[::-1]


def test_before_the_first_epoch_nobody_knows(store: Store) -> None:
    assert estimate_race_seconds(stage(store), {}, 1) is None
    runs = stage(store, (RunStatus.RUNNING, 10.0))
    assert estimate_race_seconds(runs, {runs[0].id: None}, 1) is None


def test_the_first_run_s_estimate_stands_for_all(store: Store) -> None:
    runs = stage(store, (RunStatus.RUNNING, 10.0))
    left = estimate_race_seconds(runs, {runs[0].id: 20.0}, 1)
    assert left == pytest.approx(20 + 5 * 30, abs=6)


def test_each_network_takes_its_own_time(store: Store) -> None:
    ends = [(RunStatus.COMPLETED, seconds) for seconds in (100.0, 10.0, 100.0)]
    runs = stage(store, *ends)
    assert estimate_race_seconds(runs, {}, 1) == pytest.approx(100 + 2 * 10, abs=1)
    assert estimate_race_seconds(runs, {}, 2) == pytest.approx(100, abs=1)


def test_runs_that_ended_without_a_result_take_no_more_time(store: Store) -> None:
    ends = [(RunStatus.COMPLETED, 10.0), *[(RunStatus.FAILED, 1.0)] * 5]
    assert estimate_race_seconds(stage(store, *ends), {}, 2) == 0.0

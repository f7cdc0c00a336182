"""What all stores of the record keep to, on every database that it may lie in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.events import EpochFinished
from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.database.tables import Table
from lstm_core.runs.snapshots.group import GroupKind, GroupMember
from lstm_core.runs.snapshots.search import Role, SearchStatus, TrialStatus, Wish
from lstm_core.runs.snapshots.status import RunStatus, StopRequest
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec
from tests.data.items.collections import make_texts
from tests.runs.records import make_dataset, make_settings

POSTGRESQL = "LSTM_STUDIO_TEST_POSTGRESQL"
"""Names a PostgreSQL database in which tests may make schemas of their own."""

SPEC = ExperimentSpec()
UNKNOWN = "z" * 16


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, studio_home: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield make_settings(studio_home)
        return
    server = os.environ.get(POSTGRESQL)
    if not server:
        pytest.skip(f"{POSTGRESQL} names no database")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield Settings(studio_home, url.render_as_string(hide_password=False), 1)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as store:
        yield store


def test_a_run_from_its_data_to_where_it_is_swept(store: Store, settings: Settings) -> None:
    dataset_id = store.collections.add(make_dataset())
    draft = store.drafts.begin(SPEC, dataset_id=dataset_id)
    run = store.runs.submit(SPEC, dataset_id, submission_key=draft.id)
    assert store.runs.submit(SPEC, dataset_id, submission_key=draft.id) == run
    claimed = store.run_queue.claim_next(1)
    assert claimed is not None
    assert store.run_queue.claim_next(1) is None
    assert store.run_queue.adopt(run.id) is not None
    told = EpochFinished(1, 0.5, float("nan"), 0.1, film=(1.0, 2.0))
    assert store.runs.record_events(run.id, [told]) is StopRequest.NONE
    assert [each.id for each in store.watch.list_active()] == [run.id]
    store.artifacts.put(run.id, "weights.npz", b"weights")
    store.runs.finish(run.id, RunStatus.COMPLETED, metrics={"mae": 0.5}, verdict={"beats": True})
    with Store.open(settings) as other:  # as another process sees it
        (seen,) = other.runs.list_newest()
        assert (seen.status, seen.metrics) == (RunStatus.COMPLETED, {"mae": 0.5})
        (point,) = other.runs.get_epochs(run.id)
        assert point.film == (1.0, 2.0)
        assert other.artifacts.get(run.id, "weights.npz") == b"weights"
        assert other.collections.get(dataset_id).name == "sales.csv"
        assert other.drafts.get(draft.id) == draft
    store.deletions.delete_run(run.id)
    assert store.runs.list_newest() == []
    store.deletions.restore_run(run.id)
    store.deletions.delete_run(run.id)
    swept = store.leftovers.sweep(undo_seconds=0, stranded_seconds=0)
    assert (swept.runs, swept.datasets) == (1, 0)  # the draft speaks of the data
    assert store.drafts.sweep(0) == 1
    assert store.leftovers.sweep(undo_seconds=0, stranded_seconds=0).datasets == 1
    assert store.files.folder.list_names() == []


def test_a_search_from_its_trials_to_where_it_is_swept(store: Store) -> None:
    dataset_id = store.collections.add(make_texts(["good", "bad"], ["yes", "no"]))
    search = store.searches.submit(dataset_id, {"development_id": dataset_id}, 2)
    claimed = store.search_queue.claim_next()
    assert claimed is not None
    assert store.search_queue.adopt(search.id) is not None
    order = TrialOrder(Role.TRIAL, SPEC, dataset_id, [1.0, None])
    store.trials.begin(search.id, 1, {"model.units": 8}, {"units": 0}, [order])
    (run,) = store.trials.list_runs(search.id)
    assert store.trials.claim_run(run.id, "CPU 1")
    assert store.run_queue.adopt(run.id) is not None
    store.runs.record_events(run.id, [EpochFinished(1, 0.5, 0.25, 0.1)])
    store.runs.finish(run.id, RunStatus.COMPLETED)
    store.trials.end(search.id, 1, TrialStatus.COMPLETED, score=0.25)
    (trial,) = store.trials.list_of(search.id)
    assert (trial.score, trial.limit, trial.asked, trial.told) == (0.25, [1.0, None], 1, 2)
    assert store.searches.ask(search.id, Wish.CONCLUDE).wish is Wish.CONCLUDE
    store.searches.finish(search.id, SearchStatus.COMPLETED, verdict={"sentence": "Better."})
    assert [each.id for each in store.searches.list_newest(SearchStatus.COMPLETED)] == [search.id]
    store.deletions.delete_search(search.id)
    assert store.searches.list_newest() == store.groups.list_newest() == []
    assert store.leftovers.sweep(undo_seconds=0, stranded_seconds=0).runs == 2
    assert store.collections.list_newest() == []


def test_a_group_is_recorded_as_a_whole_or_not_at_all(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    members = [GroupMember("GRU", SPEC), GroupMember("LSTM", SPEC)]

    def fail(*_: object) -> None:
        raise StudioError("Something went wrong.", "Try again.")

    with pytest.raises(StudioError, match="went wrong"):
        store.groups.submit(GroupKind.RACE, dataset_id, {}, members, also=fail)
    assert store.groups.list_newest() == store.runs.list_newest() == []
    group = store.groups.submit(GroupKind.RACE, dataset_id, {}, members)
    assert [run.label for run in store.runs.list_newest(group_id=group.id)] == ["LSTM", "GRU"]


@pytest.mark.parametrize("unknown", [UNKNOWN, "", "../../etc/passwd", "\0", "\udcff", "x" * 9_999])
def test_what_nobody_knows_is_not_found(store: Store, unknown: str) -> None:
    looks: list[Callable[[], object]] = [
        lambda: store.collections.get(unknown),
        lambda: store.drafts.get(unknown),
        lambda: store.runs.get(unknown),
        lambda: store.runs.request_cancel(unknown),
        lambda: store.run_queue.adopt(unknown),
        lambda: store.run_queue.claim(unknown),
        lambda: store.artifacts.get(unknown, "weights.npz"),
        lambda: store.groups.get(unknown, GroupKind.RACE),
        lambda: store.searches.get(unknown),
        lambda: store.search_queue.adopt(unknown),
        lambda: store.trials.skip(unknown, 1),
        lambda: store.deletions.delete_run(unknown),
        lambda: store.deletions.restore_group(unknown),
    ]
    for look in looks:
        with pytest.raises(NotFoundError):
            look()
    assert store.artifacts.list_of(unknown) == store.trials.list_of(unknown) == []
    assert store.runs.get_epochs(unknown) == store.trials.list_runs(unknown) == []


def test_a_record_that_is_gone_is_told_by_every_store(store: Store) -> None:
    Table.metadata.drop_all(store._database._engine)
    looks: list[Callable[[], object]] = [
        store.collections.list_newest,
        store.drafts.list_uploads,
        store.runs.list_newest,
        store.groups.list_newest,
        store.searches.list_newest,
        store.search_queue.claim_next,
        store.watch.list_active,
        store.deletions.list_deleted,
        store.leftovers.sweep,
        lambda: store.run_queue.claim_next(1),
        lambda: store.artifacts.list_of(UNKNOWN),
        lambda: store.trials.list_of(UNKNOWN),
    ]
    for look in looks:
        with pytest.raises(RecordError):
            look()

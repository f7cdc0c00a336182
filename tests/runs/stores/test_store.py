from __future__ import annotations

import errno
import math
import os
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.storing import collection_to_bytes
from lstm_core.errors import NotFoundError, StudioError
from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    FilmPrepared,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus, StopRequest
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import change_row, create_running, make_dataset, submit

UNKNOWN = "a" * 16


def list_files(store: Store) -> set[Path]:
    return {path for path in store.settings.artifacts_folder.rglob("*") if path.is_file()}


def test_a_dataset_comes_back_as_it_went_in(store: Store) -> None:
    dataset = make_dataset()
    dataset_id = store.collections.add(dataset)
    assert store.collections.add(dataset) == dataset_id
    assert store.collections.get_as(dataset_id, Dataset).fingerprint == dataset.fingerprint
    (entry,) = store.collections.list_newest()
    assert (entry.name, entry.kind, entry.num_items, entry.num_rows) == (
        "sales.csv",
        "series",
        1,
        20,
    )
    assert entry.summary == "Daily, 20 rows"


def test_the_same_numbers_under_another_name_keep_that_name(store: Store) -> None:
    ids = [store.collections.add(make_dataset(name)) for name in ("mine.csv", "yours.csv")]
    assert [store.collections.get_as(dataset_id, Dataset).name for dataset_id in ids] == [
        "mine.csv",
        "yours.csv",
    ]
    assert len({entry.fingerprint for entry in store.collections.list_newest()}) == 1


def test_a_submitted_run_is_queued_with_its_spec_frozen(store: Store) -> None:
    spec = ExperimentSpec().with_values({"training.epochs": 3})
    dataset_id = store.collections.add(make_dataset())
    run = store.runs.submit(spec, dataset_id, name="first try")
    assert (run.status, run.spec, run.name) == (RunStatus.QUEUED, spec, "first try")
    assert run.dataset_name == "sales.csv"
    assert run.created_at.tzinfo is UTC
    assert run.seconds == 0
    assert store.runs.get(run.id) == run
    with pytest.raises(FrozenInstanceError):
        run.name = "other"  # type: ignore[misc]


def test_the_same_submission_twice_is_one_run(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    first = store.runs.submit(ExperimentSpec(), dataset_id, submission_key="click")
    again = store.runs.submit(ExperimentSpec(), dataset_id, submission_key="click")
    other = store.runs.submit(ExperimentSpec(), dataset_id, submission_key="another click")
    assert again == first
    assert [run.id for run in store.runs.list_newest()] == [other.id, first.id]


def test_a_submission_that_loses_the_race_returns_the_winner(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset_id = store.collections.add(make_dataset())
    winner = store.runs.submit(ExperimentSpec(), dataset_id, submission_key="click")
    add_run = store.runs._add_run

    def add_blindly(row: object) -> object:
        with store._database.writing() as session:
            session.add(row)
        return add_run(row)  # type: ignore[arg-type]

    monkeypatch.setattr(store.runs, "_add_run", add_blindly)
    run = store.runs.submit(ExperimentSpec(), dataset_id, submission_key="click")
    assert run == winner


@pytest.mark.parametrize("run_id", [UNKNOWN, "", "../../etc/passwd", "\0", "\udcff", "x" * 9999])
def test_an_id_that_is_not_in_the_record(store: Store, run_id: str) -> None:
    for call in (
        store.runs.get,
        store.runs.request_cancel,
        store.deletions.delete_run,
        store.run_queue.adopt,
        lambda run_id: store.artifacts.get(run_id, "a"),
        lambda run_id: store.artifacts.put(run_id, "a", b""),
        lambda run_id: store.runs.finish(run_id, RunStatus.FAILED),
    ):
        with pytest.raises(NotFoundError):
            call(run_id)
    assert store.runs.get_epochs(run_id) == []
    assert store.artifacts.list_of(run_id) == []
    assert store.runs.record_events(run_id, [PhaseStarted("x")])


def test_a_run_without_its_dataset_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="dataset"):
        store.runs.submit(ExperimentSpec(), "0" * 64)
    assert store.runs.list_newest() == []


def test_runs_are_claimed_in_order_within_the_limit(store: Store) -> None:
    first, second, _ = submit(store, 3)
    claimed = store.run_queue.claim_next(2)
    assert claimed is not None
    assert (claimed.id, claimed.status, claimed.process) == (first.id, RunStatus.RUNNING, None)
    next_claimed = store.run_queue.claim_next(2)
    assert next_claimed is not None
    assert next_claimed.id == second.id
    assert store.run_queue.claim_next(2) is None
    store.runs.finish(first.id, RunStatus.FAILED)
    assert store.run_queue.claim_next(2) is not None
    assert store.run_queue.claim_next(9) is None


def test_a_claimed_run_is_adopted_once(store: Store) -> None:
    (run,) = submit(store)
    assert store.run_queue.adopt(run.id) is None  # still queued
    store.run_queue.claim_next(1)
    adopted = store.run_queue.adopt(run.id)
    assert adopted is not None
    assert adopted.process == identify_process()
    assert store.run_queue.adopt(run.id) is None


def test_events_make_the_run_s_progress_and_its_curves(store: Store) -> None:
    run = create_running(store)
    resolved = ExperimentSpec().with_values({"task.lookback": 7})
    reasons = {"task.lookback": "A week of days."}
    stop = store.runs.record_events(
        run.id,
        [
            PhaseStarted("Learning"),
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(4, 1234, "CPU, JAX", engine_reason="there is no GPU"),
            EpochFinished(1, 0.5, math.inf, 2.0),
            BatchFinished(2, 0.5),
        ],
    )
    assert not stop
    now = store.runs.get(run.id)
    assert (now.phase, now.epoch, now.num_epochs, now.progress) == ("Learning", 1, 4, 0.375)
    assert (now.num_parameters, now.device) == (1234, "CPU, JAX")
    assert now.trained_on == "CPU, JAX: there is no GPU"
    assert (now.resolved_spec, now.reasons, now.spec) == (resolved, reasons, run.spec)
    (point,) = store.runs.get_epochs(run.id)
    assert (point.epoch, point.loss, point.seconds) == (1, 0.5, 2.0)
    assert math.isnan(point.validation_loss)
    store.runs.record_events(run.id, [EpochFinished(1, 0.4, 0.4, 2.0)])  # sent again
    assert [point.loss for point in store.runs.get_epochs(run.id)] == [0.4]


def test_several_networks_share_the_progress_and_have_curves_of_their_own(store: Store) -> None:
    run = create_running(store)
    store.runs.record_events(
        run.id,
        [
            TrainingStarted(10, 1234, "CPU", num_networks=4),
            PhaseStarted("Choosing"),
            NetworkStarted(1, "trying: nothing", 2),
            EpochFinished(1, 0.5, 0.5, 1.0, network=1),
        ],
    )
    now = store.runs.get(run.id)
    assert (now.num_networks, now.network, now.network_title) == (4, 1, "trying: nothing")
    assert (now.network_num_epochs, now.num_epochs, now.progress) == (2, 10, 0.125)
    store.runs.record_events(
        run.id,
        [
            EpochFinished(2, 0.4, 0.4, 1.0, network=1),
            PhaseStarted("Training"),
            NetworkStarted(2, "seed 1 of 3", 10),
            EpochFinished(1, 0.3, 0.3, 1.0, network=2),
            BatchFinished(2, 0.5, network=2),
        ],
    )
    now = store.runs.get(run.id)
    assert (now.network, now.network_title) == (2, "seed 1 of 3")
    assert (now.epoch, now.num_epochs_done) == (1, 3)
    assert now.progress == pytest.approx((1 + 0.15) / 4)
    points = store.runs.get_epochs(run.id)
    assert [(point.network, point.network_title, point.epoch) for point in points] == [
        (1, "trying: nothing", 1),
        (1, "trying: nothing", 2),
        (2, "seed 1 of 3", 1),
    ]


def test_a_network_that_has_begun_has_no_epochs_yet(store: Store) -> None:
    run = create_running(store)
    store.runs.record_events(
        run.id,
        [
            TrainingStarted(4, 1, "CPU", num_networks=2),
            NetworkStarted(1, "seed 1 of 2", 4),
            EpochFinished(1, 1, 1, 1),  # and the patience is at its end
            NetworkStarted(2, "seed 2 of 2", 4),
        ],
    )
    now = store.runs.get(run.id)
    assert (now.network, now.epoch, now.num_epochs_done, now.progress) == (2, 0, 1, 0.5)


def test_between_two_phases_no_network_is_in_training(store: Store) -> None:
    run = create_running(store)
    store.runs.record_events(run.id, [TrainingStarted(4, 1, "CPU"), EpochFinished(1, 1, 1, 1)])
    assert store.runs.get(run.id).network_num_epochs == 4
    store.runs.record_events(run.id, [PhaseStarted("Judging")])
    now = store.runs.get(run.id)
    assert (now.network_num_epochs, now.epoch, now.num_epochs_done) == (None, 1, 1)


def test_an_epoch_that_is_sent_again_counts_once(store: Store) -> None:
    run = create_running(store)
    for _ in range(2):
        store.runs.record_events(run.id, [EpochFinished(1, 1, 1, 1, film=(1.0,))])
    assert store.runs.get(run.id).num_epochs_done == 1
    assert len(store.runs.get_epochs(run.id)) == 1


def test_what_is_written_after_an_epoch_is_kept_as_it_is(store: Store) -> None:
    run = create_running(store)
    said = "Once\n<b>upon</b> \U0001f40d"
    store.runs.record_events(
        run.id, [FilmPrepared({"prompt": "Once"}), EpochFinished(1, 1, 1, 1, text=said)]
    )
    (point,) = store.runs.get_epochs(run.id)
    assert (point.text, point.film) == (said, ())
    assert store.runs.get_epochs(run.id, with_film=False)[0].text == ""
    latest = store.runs.get_latest_film(run.id)
    assert latest is not None
    assert latest.text == said


def test_the_film_is_kept_short_and_only_read_when_asked_for(store: Store) -> None:
    run = create_running(store)
    assert store.runs.get_latest_film(run.id) is None
    frame = {"series": "all", "target": "a", "history": {"timestamps": [1], "values": [math.nan]}}
    store.runs.record_events(
        run.id,
        [
            FilmPrepared(frame),
            NetworkStarted(1, "seed 1 of 2", 9),
            EpochFinished(1, 1, 1, 1, network=1, film=(1 / 3, math.inf)),
            EpochFinished(2, 1, 1, 1, network=1, film=(123456.789, 2.0)),
            NetworkStarted(2, "seed 2 of 2", 9),
            EpochFinished(1, 1, 1, 1, network=2),
        ],
    )
    film = store.runs.get(run.id).film
    assert film == frame | {"history": {"timestamps": [1], "values": [None]}}
    first, second, third = store.runs.get_epochs(run.id)
    assert first.film[0] == 0.333333
    assert math.isnan(first.film[1])
    assert (second.film, third.film) == ((123457.0, 2.0), ())
    assert store.runs.get_latest_film(run.id) == second
    assert [point.film for point in store.runs.get_epochs(run.id, with_film=False)] == [()] * 3


def test_a_result_is_stored_as_plain_json(store: Store) -> None:
    run = create_running(store)
    done = store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics={"mae": np.float32(0.5), "mase": math.nan, "r2": None},
        baselines={"last_value": {"mae": np.int64(2)}},
        verdict={"beats_baseline": np.True_, "sentence": "nul \0 and half \udcff"},
        diagnoses=[{"kind": "echo", "share": np.float32(0.5)}],
    )
    assert done.metrics == {"mae": 0.5, "mase": None, "r2": None}
    assert done.baselines == {"last_value": {"mae": 2}}
    assert done.verdict == {"beats_baseline": True, "sentence": "nul  and half ?"}
    assert done.diagnoses == [{"kind": "echo", "share": 0.5}]
    assert done.progress == 1.0
    assert done.started_at is not None
    assert done.finished_at is not None
    assert done.seconds == (done.finished_at - done.started_at).total_seconds()


def test_a_finished_run_stays_as_it_is(store: Store) -> None:
    run = create_running(store)
    ended = store.runs.finish(run.id, RunStatus.FAILED, message="It broke.")
    assert store.runs.record_events(run.id, [PhaseStarted("Back"), EpochFinished(1, 1, 1, 1)])
    assert store.runs.finish(run.id, RunStatus.COMPLETED, metrics={"mae": 1.0}) == ended
    assert store.runs.request_cancel(run.id) == ended
    assert store.runs.get(run.id) == ended
    assert store.runs.get_epochs(run.id) == []


def test_a_queued_run_is_cancelled_at_once(store: Store) -> None:
    (run,) = submit(store)
    assert store.runs.request_cancel(run.id).status == RunStatus.CANCELLED
    assert store.run_queue.claim_next(1) is None


def test_a_running_run_is_asked_to_stop(store: Store) -> None:
    run = create_running(store)
    assert not store.runs.record_events(run.id)
    asked = store.runs.request_cancel(run.id)
    assert asked.status == RunStatus.RUNNING
    assert asked.cancel_requested_at is not None
    assert store.runs.request_cancel(run.id) == asked
    assert store.runs.record_events(run.id) is StopRequest.CONCLUDE
    urged = store.runs.request_cancel(run.id, at_once=True)
    assert (urged.cancel_requested_at, urged.status) == (asked.cancel_requested_at, asked.status)
    assert urged.abort_requested_at is not None
    assert store.runs.record_events(run.id) is StopRequest.AT_ONCE


def test_a_run_of_a_group_is_asked_to_end_at_once(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    group = store.groups.submit(GroupKind.RACE, dataset_id, {})
    run = store.runs.create_running(ExperimentSpec(), dataset_id, group_id=group.id)
    asked = store.runs.request_cancel(run.id)
    assert asked.abort_requested_at == asked.cancel_requested_at is not None
    assert store.runs.record_events(run.id) is StopRequest.AT_ONCE


@pytest.mark.parametrize(
    ("is_asked", "status"),
    [(False, RunStatus.INTERRUPTED), (True, RunStatus.CANCELLED)],
)
def test_a_run_whose_number_went_to_another_process_has_vanished(
    store: Store, is_asked: bool, status: RunStatus
) -> None:
    run = create_running(store)
    if is_asked:
        store.runs.request_cancel(run.id)
    change_row(store, run.id, process_started=identify_process().started - 60)
    seen = store.runs.get(run.id)
    assert seen.status == status
    assert seen.message
    assert seen.finished_at is not None


@pytest.mark.parametrize(
    ("values", "silence_seconds", "status"),
    [
        ({"host": "elsewhere"}, 50, RunStatus.RUNNING),
        ({"host": "elsewhere"}, 70, RunStatus.INTERRUPTED),
        ({"begun_at": None, "pid": None}, 9_999, RunStatus.RUNNING),  # who claimed it lives
        ({"host": "elsewhere", "begun_at": None}, 70, RunStatus.QUEUED),
        ({}, 9_999, RunStatus.RUNNING),  # its process is alive, whatever it does
    ],
)
def test_silence(
    store: Store, values: dict[str, object], silence_seconds: float, status: RunStatus
) -> None:
    run = create_running(store)
    heard = datetime.now(UTC) - timedelta(seconds=silence_seconds)
    change_row(store, run.id, heartbeat_at=heard, **values)
    assert [seen.status for seen in store.runs.list_newest()] == [status]


def test_a_run_that_comes_back_while_it_is_looked_at_is_left_alone(store: Store) -> None:
    run = create_running(store)
    assert store.watch._mark([run.id]) == []
    assert store.runs.get(run.id).status == RunStatus.RUNNING


def test_artifacts_are_kept_by_name(store: Store) -> None:
    run = create_running(store)
    store.artifacts.put(run.id, "model.json", b"old")
    (old,) = store.artifacts.list_of(run.id)
    store.artifacts.put(run.id, "model.json", b"new")
    store.artifacts.put(run.id, "copy.json", b"new")
    assert store.artifacts.get(run.id, "model.json") == b"new"
    entries = store.artifacts.list_of(run.id)
    assert [(entry.name, entry.num_bytes) for entry in entries] == [
        ("copy.json", 3),
        ("model.json", 3),
    ]
    assert not store.files.folder.path(old.sha256).exists()
    with pytest.raises(NotFoundError, match=r"weights\.npz"):
        store.artifacts.get(run.id, "weights.npz")


def test_an_active_run_is_not_deleted(store: Store) -> None:
    (queued,) = submit(store)
    running = create_running(store)
    for run in (queued, running):
        with pytest.raises(StudioError, match="Stop it first"):
            store.deletions.delete_run(run.id)
    assert len(store.runs.list_newest()) == 2


def test_deleting_takes_all_that_is_the_run_s_alone(store: Store) -> None:
    kept, gone = create_running(store), create_running(store)
    for run in (kept, gone):
        store.runs.record_events(run.id, [NetworkStarted(1, "one", 1), EpochFinished(1, 1, 1, 1)])
        store.artifacts.put(run.id, "shared", b"same in both")
        store.artifacts.put(run.id, "own", run.id.encode())
        store.logs.path(run.id).parent.mkdir(exist_ok=True)
        store.logs.path(run.id).write_text("log")
        store.runs.finish(run.id, RunStatus.COMPLETED)
    dataset = store.collections.get_as(gone.dataset_id, Dataset)
    store.artifacts.put(gone.id, "data", collection_to_bytes(dataset))
    (own,) = [entry for entry in store.artifacts.list_of(gone.id) if entry.name == "own"]

    store.deletions.delete_run(gone.id)
    store.leftovers.sweep(undo_seconds=0)

    assert [run.id for run in store.runs.list_newest()] == [kept.id]
    assert store.runs.get_epochs(gone.id) == []
    with store._database.reading() as session:
        networks = session.connection().exec_driver_sql("SELECT run_id FROM networks")
        assert list(networks.scalars()) == [kept.id]
    assert store.artifacts.list_of(gone.id) == []
    assert not store.files.folder.path(own.sha256).exists()
    assert not store.logs.path(gone.id).exists()
    assert store.artifacts.get(kept.id, "shared") == b"same in both"
    assert store.artifacts.get(kept.id, "own") == kept.id.encode()
    assert store.logs.path(kept.id).exists()
    assert store.collections.get_as(kept.dataset_id, Dataset).num_rows == 20


def test_a_file_that_no_row_can_name_is_not_left_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create_running(store)
    store.artifacts.put(run.id, "kept", b"kept")
    before = list_files(store)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Session, "merge", fail)
    for content in (b"new", b"kept"):
        with pytest.raises(StudioError, match="disk is full"):
            store.artifacts.put(run.id, "other", content)
    assert list_files(store) == before


def test_a_tampered_artifact_is_refused(store: Store) -> None:
    run = create_running(store)
    store.artifacts.put(run.id, "weights.npz", b"weights")
    (entry,) = store.artifacts.list_of(run.id)
    store.files.folder.path(entry.sha256).write_bytes(b"weightz")
    with pytest.raises(StudioError, match="changed or damaged"):
        store.artifacts.get(run.id, "weights.npz")


def test_the_record_survives_being_closed(store: Store, studio_home: Path) -> None:
    run = create_running(store)
    with Store.open(store.settings) as other:
        assert other.runs.get(run.id) == run


def test_logs_of_what_was_deleted_are_swept(store: Store) -> None:
    run = create_running(store)
    folder = store.settings.logs_folder
    folder.mkdir()
    paths = [store.logs.path(run.id), store.logs.path(UNKNOWN), folder / "questions.log"]
    fresh = store.logs.path("b" * 16)
    for path in (*paths, fresh):
        path.write_text("log")
    for path in paths:
        os.utime(path, (0, 0))
    assert store.leftovers.sweep_logs(60) == 1
    assert set(folder.iterdir()) == {paths[0], paths[2], fresh}

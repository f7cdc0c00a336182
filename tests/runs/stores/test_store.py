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
    dataset_id = store.add_dataset(dataset)
    assert store.add_dataset(dataset) == dataset_id
    assert store.get_dataset(dataset_id).fingerprint == dataset.fingerprint
    (entry,) = store.list_datasets()
    assert (entry.name, entry.num_rows, entry.num_series, entry.frequency) == (
        "sales.csv",
        20,
        1,
        "Daily",
    )


def test_the_same_numbers_under_another_name_keep_that_name(store: Store) -> None:
    ids = [store.add_dataset(make_dataset(name)) for name in ("mine.csv", "yours.csv")]
    assert [store.get_dataset(dataset_id).name for dataset_id in ids] == ["mine.csv", "yours.csv"]
    assert len({entry.fingerprint for entry in store.list_datasets()}) == 1


def test_a_submitted_run_is_queued_with_its_spec_frozen(store: Store) -> None:
    spec = ExperimentSpec().with_values({"training.epochs": 3})
    dataset_id = store.add_dataset(make_dataset())
    run = store.submit_run(spec, dataset_id, name="first try")
    assert (run.status, run.spec, run.name) == (RunStatus.QUEUED, spec, "first try")
    assert run.dataset_name == "sales.csv"
    assert run.created_at.tzinfo is UTC
    assert run.seconds == 0
    assert store.get_run(run.id) == run
    with pytest.raises(FrozenInstanceError):
        run.name = "other"  # type: ignore[misc]


def test_the_same_submission_twice_is_one_run(store: Store) -> None:
    dataset_id = store.add_dataset(make_dataset())
    first = store.submit_run(ExperimentSpec(), dataset_id, submission_key="click")
    again = store.submit_run(ExperimentSpec(), dataset_id, submission_key="click")
    other = store.submit_run(ExperimentSpec(), dataset_id, submission_key="another click")
    assert again == first
    assert [run.id for run in store.list_runs()] == [other.id, first.id]


def test_a_submission_that_loses_the_race_returns_the_winner(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset_id = store.add_dataset(make_dataset())
    winner = store.submit_run(ExperimentSpec(), dataset_id, submission_key="click")
    add_run = store._add_run

    def add_blindly(row: object) -> object:
        with store._database.writing() as session:
            session.add(row)
        return add_run(row)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "_add_run", add_blindly)
    run = store.submit_run(ExperimentSpec(), dataset_id, submission_key="click")
    assert run == winner


@pytest.mark.parametrize("run_id", [UNKNOWN, "", "../../etc/passwd", "\0", "\udcff", "x" * 9999])
def test_an_id_that_is_not_in_the_record(store: Store, run_id: str) -> None:
    for call in (
        store.get_run,
        store.request_cancel,
        store.delete_run,
        store.adopt_run,
        lambda run_id: store.get_artifact(run_id, "a"),
        lambda run_id: store.put_artifact(run_id, "a", b""),
        lambda run_id: store.finish_run(run_id, RunStatus.FAILED),
    ):
        with pytest.raises(NotFoundError):
            call(run_id)
    assert store.get_epochs(run_id) == []
    assert store.list_artifacts(run_id) == []
    assert store.record_events(run_id, [PhaseStarted("x")])


def test_a_run_without_its_dataset_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="dataset"):
        store.submit_run(ExperimentSpec(), "0" * 64)
    assert store.list_runs() == []


def test_runs_are_claimed_in_order_within_the_limit(store: Store) -> None:
    first, second, _ = submit(store, 3)
    claimed = store.claim_next_run(2)
    assert claimed is not None
    assert (claimed.id, claimed.status, claimed.process) == (first.id, RunStatus.RUNNING, None)
    next_claimed = store.claim_next_run(2)
    assert next_claimed is not None
    assert next_claimed.id == second.id
    assert store.claim_next_run(2) is None
    store.finish_run(first.id, RunStatus.FAILED)
    assert store.claim_next_run(2) is not None
    assert store.claim_next_run(9) is None


def test_a_claimed_run_is_adopted_once(store: Store) -> None:
    (run,) = submit(store)
    assert store.adopt_run(run.id) is None  # still queued
    store.claim_next_run(1)
    adopted = store.adopt_run(run.id)
    assert adopted is not None
    assert adopted.process == identify_process()
    assert store.adopt_run(run.id) is None


def test_events_make_the_run_s_progress_and_its_curves(store: Store) -> None:
    run = create_running(store)
    resolved = ExperimentSpec().with_values({"forecast.lookback": 7})
    reasons = {"forecast.lookback": "A week of days."}
    stop = store.record_events(
        run.id,
        [
            PhaseStarted("Learning"),
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(4, 1234, "CPU"),
            EpochFinished(1, 0.5, math.inf, 2.0),
            BatchFinished(2, 0.5),
        ],
    )
    assert not stop
    now = store.get_run(run.id)
    assert (now.phase, now.epoch, now.num_epochs, now.progress) == ("Learning", 1, 4, 0.375)
    assert (now.num_parameters, now.device) == (1234, "CPU")
    assert (now.resolved_spec, now.reasons, now.spec) == (resolved, reasons, run.spec)
    (point,) = store.get_epochs(run.id)
    assert (point.epoch, point.loss, point.seconds) == (1, 0.5, 2.0)
    assert math.isnan(point.validation_loss)
    store.record_event(run.id, EpochFinished(1, 0.4, 0.4, 2.0))  # sent again
    assert [point.loss for point in store.get_epochs(run.id)] == [0.4]


def test_several_networks_share_the_progress_and_have_curves_of_their_own(store: Store) -> None:
    run = create_running(store)
    store.record_events(
        run.id,
        [
            TrainingStarted(10, 1234, "CPU", num_networks=4),
            PhaseStarted("Choosing"),
            NetworkStarted(1, "trying: nothing", 2),
            EpochFinished(1, 0.5, 0.5, 1.0, network=1),
        ],
    )
    now = store.get_run(run.id)
    assert (now.num_networks, now.network, now.network_title) == (4, 1, "trying: nothing")
    assert (now.network_num_epochs, now.num_epochs, now.progress) == (2, 10, 0.125)
    store.record_events(
        run.id,
        [
            EpochFinished(2, 0.4, 0.4, 1.0, network=1),
            PhaseStarted("Training"),
            NetworkStarted(2, "seed 1 of 3", 10),
            EpochFinished(1, 0.3, 0.3, 1.0, network=2),
            BatchFinished(2, 0.5, network=2),
        ],
    )
    now = store.get_run(run.id)
    assert (now.network, now.network_title) == (2, "seed 1 of 3")
    assert (now.epoch, now.num_epochs_done) == (1, 3)
    assert now.progress == pytest.approx((1 + 0.15) / 4)
    points = store.get_epochs(run.id)
    assert [(point.network, point.network_title, point.epoch) for point in points] == [
        (1, "trying: nothing", 1),
        (1, "trying: nothing", 2),
        (2, "seed 1 of 3", 1),
    ]


def test_a_network_that_has_begun_has_no_epochs_yet(store: Store) -> None:
    run = create_running(store)
    store.record_events(
        run.id,
        [
            TrainingStarted(4, 1, "CPU", num_networks=2),
            NetworkStarted(1, "seed 1 of 2", 4),
            EpochFinished(1, 1, 1, 1),  # and the patience is at its end
            NetworkStarted(2, "seed 2 of 2", 4),
        ],
    )
    now = store.get_run(run.id)
    assert (now.network, now.epoch, now.num_epochs_done, now.progress) == (2, 0, 1, 0.5)


def test_between_two_phases_no_network_is_in_training(store: Store) -> None:
    run = create_running(store)
    store.record_events(run.id, [TrainingStarted(4, 1, "CPU"), EpochFinished(1, 1, 1, 1)])
    assert store.get_run(run.id).network_num_epochs == 4
    store.record_event(run.id, PhaseStarted("Judging"))
    now = store.get_run(run.id)
    assert (now.network_num_epochs, now.epoch, now.num_epochs_done) == (None, 1, 1)


def test_an_epoch_that_is_sent_again_counts_once(store: Store) -> None:
    run = create_running(store)
    for _ in range(2):
        store.record_event(run.id, EpochFinished(1, 1, 1, 1, film=(1.0,)))
    assert store.get_run(run.id).num_epochs_done == 1
    assert len(store.get_epochs(run.id)) == 1


def test_the_film_is_kept_short_and_only_read_when_asked_for(store: Store) -> None:
    run = create_running(store)
    assert store.get_latest_film(run.id) is None
    frame = {"series": "all", "target": "a", "history": {"timestamps": [1], "values": [math.nan]}}
    store.record_events(
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
    film = store.get_run(run.id).film
    assert film == frame | {"history": {"timestamps": [1], "values": [None]}}
    first, second, third = store.get_epochs(run.id)
    assert first.film[0] == 0.333333
    assert math.isnan(first.film[1])
    assert (second.film, third.film) == ((123457.0, 2.0), ())
    assert store.get_latest_film(run.id) == second
    assert [point.film for point in store.get_epochs(run.id, with_film=False)] == [()] * 3


def test_a_result_is_stored_as_plain_json(store: Store) -> None:
    run = create_running(store)
    done = store.finish_run(
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
    ended = store.finish_run(run.id, RunStatus.FAILED, message="It broke.")
    assert store.record_events(run.id, [PhaseStarted("Back"), EpochFinished(1, 1, 1, 1)])
    assert store.finish_run(run.id, RunStatus.COMPLETED, metrics={"mae": 1.0}) == ended
    assert store.request_cancel(run.id) == ended
    assert store.get_run(run.id) == ended
    assert store.get_epochs(run.id) == []


def test_a_queued_run_is_cancelled_at_once(store: Store) -> None:
    (run,) = submit(store)
    assert store.request_cancel(run.id).status == RunStatus.CANCELLED
    assert store.claim_next_run(1) is None


def test_a_running_run_is_asked_to_stop(store: Store) -> None:
    run = create_running(store)
    assert not store.record_events(run.id)
    asked = store.request_cancel(run.id)
    assert asked.status == RunStatus.RUNNING
    assert asked.cancel_requested_at is not None
    assert store.request_cancel(run.id) == asked
    assert store.record_events(run.id) is StopRequest.CONCLUDE
    urged = store.request_cancel(run.id, at_once=True)
    assert (urged.cancel_requested_at, urged.status) == (asked.cancel_requested_at, asked.status)
    assert urged.abort_requested_at is not None
    assert store.record_events(run.id) is StopRequest.AT_ONCE


def test_a_run_of_a_group_is_asked_to_end_at_once(store: Store) -> None:
    dataset_id = store.add_dataset(make_dataset())
    group = store.submit_group(GroupKind.RACE, dataset_id, {})
    run = store.create_running(ExperimentSpec(), dataset_id, group_id=group.id)
    asked = store.request_cancel(run.id)
    assert asked.abort_requested_at == asked.cancel_requested_at is not None
    assert store.record_events(run.id) is StopRequest.AT_ONCE


@pytest.mark.parametrize(
    ("is_asked", "status"),
    [(False, RunStatus.INTERRUPTED), (True, RunStatus.CANCELLED)],
)
def test_a_run_whose_number_went_to_another_process_has_vanished(
    store: Store, is_asked: bool, status: RunStatus
) -> None:
    run = create_running(store)
    if is_asked:
        store.request_cancel(run.id)
    change_row(store, run.id, process_started=identify_process().started - 60)
    seen = store.get_run(run.id)
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
    assert [seen.status for seen in store.list_runs()] == [status]


def test_a_run_that_comes_back_while_it_is_looked_at_is_left_alone(store: Store) -> None:
    run = create_running(store)
    assert store._mark([run.id]) == []
    assert store.get_run(run.id).status == RunStatus.RUNNING


def test_artifacts_are_kept_by_name(store: Store) -> None:
    run = create_running(store)
    store.put_artifact(run.id, "model.json", b"old")
    (old,) = store.list_artifacts(run.id)
    store.put_artifact(run.id, "model.json", b"new")
    store.put_artifact(run.id, "copy.json", b"new")
    assert store.get_artifact(run.id, "model.json") == b"new"
    entries = store.list_artifacts(run.id)
    assert [(entry.name, entry.num_bytes) for entry in entries] == [
        ("copy.json", 3),
        ("model.json", 3),
    ]
    assert not store._artifacts.path(old.sha256).exists()
    with pytest.raises(NotFoundError, match=r"weights\.npz"):
        store.get_artifact(run.id, "weights.npz")


def test_an_active_run_is_not_deleted(store: Store) -> None:
    (queued,) = submit(store)
    running = create_running(store)
    for run in (queued, running):
        with pytest.raises(StudioError, match="Stop it first"):
            store.delete_run(run.id)
    assert len(store.list_runs()) == 2


def test_deleting_takes_all_that_is_the_run_s_alone(store: Store) -> None:
    kept, gone = create_running(store), create_running(store)
    for run in (kept, gone):
        store.record_events(run.id, [NetworkStarted(1, "one", 1), EpochFinished(1, 1, 1, 1)])
        store.put_artifact(run.id, "shared", b"same in both")
        store.put_artifact(run.id, "own", run.id.encode())
        store.log_path(run.id).parent.mkdir(exist_ok=True)
        store.log_path(run.id).write_text("log")
        store.finish_run(run.id, RunStatus.COMPLETED)
    store.put_artifact(gone.id, "data", store.get_dataset(gone.dataset_id).to_bytes())
    (own,) = [entry for entry in store.list_artifacts(gone.id) if entry.name == "own"]

    store.delete_run(gone.id)
    store.sweep(undo_seconds=0)

    assert [run.id for run in store.list_runs()] == [kept.id]
    assert store.get_epochs(gone.id) == []
    with store._database.reading() as session:
        networks = session.connection().exec_driver_sql("SELECT run_id FROM networks")
        assert list(networks.scalars()) == [kept.id]
    assert store.list_artifacts(gone.id) == []
    assert not store._artifacts.path(own.sha256).exists()
    assert not store.log_path(gone.id).exists()
    assert store.get_artifact(kept.id, "shared") == b"same in both"
    assert store.get_artifact(kept.id, "own") == kept.id.encode()
    assert store.log_path(kept.id).exists()
    assert store.get_dataset(kept.dataset_id).num_rows == 20


def test_a_file_that_no_row_can_name_is_not_left_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create_running(store)
    store.put_artifact(run.id, "kept", b"kept")
    before = list_files(store)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Session, "merge", fail)
    for content in (b"new", b"kept"):
        with pytest.raises(StudioError, match="disk is full"):
            store.put_artifact(run.id, "other", content)
    assert list_files(store) == before


def test_a_tampered_artifact_is_refused(store: Store) -> None:
    run = create_running(store)
    store.put_artifact(run.id, "weights.npz", b"weights")
    (entry,) = store.list_artifacts(run.id)
    store._artifacts.path(entry.sha256).write_bytes(b"weightz")
    with pytest.raises(StudioError, match="changed or damaged"):
        store.get_artifact(run.id, "weights.npz")


def test_the_record_survives_being_closed(store: Store, studio_home: Path) -> None:
    run = create_running(store)
    with Store.open(store.settings) as other:
        assert other.get_run(run.id) == run


def test_logs_of_what_was_deleted_are_swept(store: Store) -> None:
    run = create_running(store)
    folder = store.settings.logs_folder
    folder.mkdir()
    paths = [store.log_path(run.id), store.log_path(UNKNOWN), folder / "questions.log"]
    fresh = store.log_path("b" * 16)
    for path in (*paths, fresh):
        path.write_text("log")
    for path in paths:
        os.utime(path, (0, 0))
    assert store.sweep_logs(60) == 1
    assert set(folder.iterdir()) == {paths[0], paths[2], fresh}

"""``Store``: the one door to the record, for pages, workers and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from lstm_core.events import Event
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import Database, explain_failure
from lstm_core.runs.database.queries import (
    check_id,
    find_row,
    get_row,
    select_epochs,
    select_runs,
)
from lstm_core.runs.database.rows import (
    apply_event,
    clean_json,
    clean_text,
    read_all,
    read_epoch,
    read_run,
)
from lstm_core.runs.database.tables import EpochRow, RunRow
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus, StopRequest
from lstm_core.runs.stores.deleting import Deleting
from lstm_core.runs.stores.drafts import Drafts
from lstm_core.runs.stores.transitions import (
    ask_to_stop,
    begin,
    claim,
    finish,
    new_row,
    read_stop_request,
    set_process,
)
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec


class Store(Deleting):
    """The record of datasets, runs, their groups and searches, their curves and their files.

    Owns the database engine and the artifacts folder from ``open`` to ``close``. Safe to share
    between threads; each process opens its own, after it was spawned. All methods raise
    ``RecordError`` when the disk is full or the database can't be reached, and then nothing of
    the call is kept.

    A run is changed by whoever owns it at the moment: the queue until it is claimed, its
    process while it is running, nobody once it is finished. A finished run stays as it is.

    Attributes:
        drafts: what people have chosen before they start a run.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        artifacts = ArtifactFolder(settings.artifacts_folder)
        super().__init__(database, artifacts, settings)
        self._settings = settings
        self.drafts = Drafts(database)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the record, creating or upgrading it where needed.

        Raises:
            RecordError: the home can't be written, the database can't be reached, or the
                record was written by a newer version.
        """
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain_failure(error) from error
        database = Database(settings.database_url)
        try:
            database.upgrade()
        except BaseException:
            database.close()
            raise
        return cls(settings, database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def settings(self) -> Settings:
        return self._settings

    # ---- runs: asking ----

    def submit_run(
        self,
        spec: ExperimentSpec,
        dataset_id: str,
        *,
        name: str = "",
        submission_key: str | None = None,
    ) -> Run:
        """Queue a run. The same ``submission_key`` again returns the run that it made first.

        Raises:
            NotFoundError: there is no such dataset.
        """
        row = new_row(spec, dataset_id, name, submission_key)
        try:
            return self._add_run(row)
        except IntegrityError:  # another process submitted the same key at the same moment
            found = self._find_submission(submission_key)
            if found is None:
                raise
            return found

    def create_running(
        self,
        spec: ExperimentSpec,
        dataset_id: str,
        *,
        name: str = "",
        group_id: str | None = None,
        label: str = "",
    ) -> Run:
        """Record a run that this process runs itself, at once, beside the queue.

        Args:
            group_id, label: the group that it is made for, and what for.

        Raises:
            NotFoundError: there is no such dataset.
        """
        row = new_row(spec, dataset_id, name, group_id=group_id, label=label)
        claim(row)
        set_process(row, identify_process())
        begin(row)
        return self._add_run(row)

    def request_cancel(self, run_id: str, *, at_once: bool = False) -> Run:
        """Cancel a queued run; ask a running one to stop. A finished one stays as it is.

        Args:
            at_once: it should not judge what it has learnt first.

        Raises:
            NotFoundError: there is no such run.
        """
        with self._database.writing() as session:
            ask_to_stop(get_row(session, run_id), at_once=at_once)
        return self.get_run(run_id)

    # ---- runs: looking ----

    def list_runs(
        self,
        limit: int | None = None,
        *,
        group_id: str | None = None,
        with_trials: bool = True,
    ) -> list[Run]:
        """Return the runs, newest first; those whose process has gone are marked so first.

        Args:
            group_id: only those of this group; empty for an unknown one.
            with_trials: also those that belong to searches, which may be very many.
        """
        self.mark_vanished()
        query = select_runs().order_by(RunRow.number.desc()).limit(limit)
        if not with_trials:
            query = query.where(RunRow.trial.is_(None))
        if group_id is not None:
            query = query.where(RunRow.group_id == clean_text(group_id))
        with self._database.reading() as session:
            return read_all(read_run, session.execute(query))

    def get_epochs(self, run_id: str, *, with_film: bool = True) -> list[EpochPoint]:
        """Return the learning curves, one network after the other.

        Empty before the first epoch, or for an unknown run. Who looks often asks without the
        film: its predictions are most of what an epoch holds.
        """
        query = select_epochs(run_id).order_by(EpochRow.network, EpochRow.epoch)
        if not with_film:
            query = query.options(defer(EpochRow.film))
        with self._database.reading() as session:
            return [
                read_epoch(row, title, with_film=with_film) for row, title in session.execute(query)
            ]

    def get_latest_film(self, run_id: str) -> EpochPoint | None:
        """Return the latest epoch that has a prediction of the film's window, if there is one."""
        query = select_epochs(run_id).where(EpochRow.film.is_not(None))
        query = query.order_by(EpochRow.network.desc(), EpochRow.epoch.desc()).limit(1)
        with self._database.reading() as session:
            found = session.execute(query).first()
            return None if found is None else read_epoch(*found, with_film=True)

    def log_path(self, run_id: str) -> Path:
        """Return where the run's process writes what it prints."""
        return self._settings.logs_folder / f"{check_id(run_id)}.log"

    # ---- runs: under way ----

    def record_events(self, run_id: str, events: Sequence[Event] = ()) -> StopRequest:
        """Write what happened, in one transaction, with a heartbeat; without events only that.

        Returns how the run was asked to stop; one that is not running any more should at once,
        and then nothing is written.
        """
        with self._database.writing() as session:
            row = find_row(session, run_id)
            if row is None or row.status != RunStatus.RUNNING:
                return StopRequest.AT_ONCE
            for event in events:
                apply_event(session, row, event)
            row.heartbeat_at = _now()
            return read_stop_request(row)

    def record_event(self, run_id: str, event: Event) -> StopRequest:
        return self.record_events(run_id, [event])

    def finish_run(
        self,
        run_id: str,
        status: RunStatus,
        *,
        metrics: Mapping[str, Any] | None = None,
        baselines: Mapping[str, Any] | None = None,
        verdict: Mapping[str, Any] | None = None,
        diagnoses: Sequence[Mapping[str, Any]] | None = None,
        message: str = "",
    ) -> Run:
        """End a running run and return it as it stands; one that has ended stays as it is.

        Raises:
            NotFoundError: there is no such run.
        """
        if not status.is_finished:
            raise ValueError(f"{status} does not end a run")
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.status == RunStatus.RUNNING:
                row.metrics, row.baselines = clean_json(metrics), clean_json(baselines)
                row.verdict, row.diagnoses = clean_json(verdict), clean_json(diagnoses)
                finish(row, status, message)
        return self._read_run(run_id)

    # ---- inside ----

    def _add_run(self, row: RunRow) -> Run:
        with self._database.writing() as session:
            self.check_dataset(session, row.dataset_id)
            run_id = row.id
            if row.submission_key is not None:
                same = select(RunRow.id).where(RunRow.submission_key == row.submission_key)
                run_id = session.scalar(same) or run_id
            if run_id == row.id:
                session.add(row)
        return self._read_run(run_id)

    def _find_submission(self, submission_key: str | None) -> Run | None:
        with self._database.reading() as session:
            query = select_runs().where(RunRow.submission_key == submission_key)
            found = session.execute(query).first()
            return None if found is None else read_run(*found)


def _now() -> datetime:
    return datetime.now(UTC)

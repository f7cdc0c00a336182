"""``Runs``: asked for, looked at, and carried out by a process of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from lstm_core.events import Event
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import (
    check_dataset,
    find_row,
    get_row,
    load_run,
    select_epochs,
    select_runs,
)
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.rows import (
    apply_event,
    clean_json,
    clean_text,
    read_epoch,
    read_run,
)
from lstm_core.runs.database.tables import EpochRow, RunRow
from lstm_core.runs.database.transitions import (
    ask_to_stop,
    begin,
    claim,
    finish,
    new_row,
    read_stop_request,
    set_process,
)
from lstm_core.runs.process import identify_process
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus, StopRequest
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores.watch import Watch
from lstm_core.spec import ExperimentSpec


class Runs:
    """The runs of the record, with their curves.

    A run is changed by whoever owns it at the moment: the queue until it is claimed, its
    process while it is running, nobody once it is finished. A finished run stays as it is.

    Args:
        watch: marks runs whose process has gone, before anybody is told of them.
    """

    def __init__(self, database: Database, watch: Watch) -> None:
        self._database = database
        self._watch = watch

    # ---- asking ----

    def submit(
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
        return self.get(run_id)

    # ---- looking ----

    def get(self, run_id: str) -> Run:
        """Return the run as it is now; one whose process has gone is marked so first.

        Raises:
            NotFoundError: there is no such run.
        """
        self._watch.mark_if_vanished(run_id)
        return self._load(run_id)

    def list_newest(
        self,
        limit: int | None = None,
        *,
        group_id: str | None = None,
        with_trials: bool = True,
        left_out: list[Unreadable] | None = None,
    ) -> list[Run]:
        """Return the runs, newest first; those whose process has gone are marked so first.

        Args:
            group_id: only those of this group; empty for an unknown one.
            with_trials: also those that belong to searches, which may be very many.
            left_out: gets an entry for each that can't be read.
        """
        self._watch.mark_vanished()
        query = select_runs().order_by(RunRow.number.desc()).limit(limit)
        if not with_trials:
            query = query.where(RunRow.trial.is_(None))
        if group_id is not None:
            query = query.where(RunRow.group_id == clean_text(group_id))
        with self._database.reading() as session:
            return read_all(read_run, session.execute(query), left_out)

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

    # ---- under way ----

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

    def finish(
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
        return self._load(run_id)

    # ---- inside ----

    def _add_run(self, row: RunRow) -> Run:
        with self._database.writing() as session:
            check_dataset(session, row.dataset_id)
            run_id = row.id
            if row.submission_key is not None:
                same = select(RunRow.id).where(RunRow.submission_key == row.submission_key)
                run_id = session.scalar(same) or run_id
            if run_id == row.id:
                session.add(row)
        return self._load(run_id)

    def _load(self, run_id: str) -> Run:
        with self._database.reading() as session:
            return load_run(session, run_id)

    def _find_submission(self, submission_key: str | None) -> Run | None:
        with self._database.reading() as session:
            query = select_runs().where(RunRow.submission_key == submission_key)
            found = session.execute(query).first()
            return None if found is None else read_run(*found)


def _now() -> datetime:
    return datetime.now(UTC)

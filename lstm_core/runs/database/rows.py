"""Between a table's row and what people and programs handle."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    Event,
    FilmPrepared,
    NetworkStarted,
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.runs.database.tables import (
    DatasetRow,
    EpochRow,
    NetworkRow,
    RunGroupRow,
    RunRow,
    SearchRow,
    TrialRow,
)
from lstm_core.runs.process import ProcessIdentity
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import CollectionEntry, EpochPoint, Run
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    Trial,
    TrialRun,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import unreadable_told
from lstm_core.spec import parse_spec
from lstm_core.spec.upgrades import upgrade_path, upgrade_values

FILM_DIGITS = 6
"""Significant digits of a film's values: a picture needs no more, and a run has many."""


def read_run(row: RunRow, dataset_name: str) -> Run:
    """Return a snapshot of the row.

    Raises:
        UnreadableError: it holds what this version does not know.
    """
    with unreadable_told("run", row.id, row.created_at):
        return _read_run(row, dataset_name)


def _read_run(row: RunRow, dataset_name: str) -> Run:
    return Run(
        id=row.id,
        name=row.name,
        status=RunStatus(row.status),
        spec=parse_spec(row.spec),
        resolved_spec=None if row.resolved_spec is None else parse_spec(row.resolved_spec),
        reasons=upgrade_values(row.reasons or {}),
        dataset_id=row.dataset_id,
        dataset_name=dataset_name,
        group_id=row.group_id,
        label=row.label,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        phase=row.phase,
        progress=row.progress,
        epoch=row.epoch,
        num_epochs=row.num_epochs,
        num_epochs_done=row.num_epochs_done,
        num_networks=row.num_networks,
        network=row.network,
        network_title=row.network_title,
        network_num_epochs=row.network_num_epochs,
        film=row.film,
        device=row.device,
        engine_reason=row.engine_reason,
        num_parameters=row.num_parameters,
        metrics=row.metrics,
        baselines=row.baselines,
        verdict=row.verdict,
        diagnoses=None if row.diagnoses is None else list(map(_read_diagnosis, row.diagnoses)),
        message=row.message,
        cancel_requested_at=row.cancel_requested_at,
        abort_requested_at=row.abort_requested_at,
        heartbeat_at=row.heartbeat_at,
        host=row.host,
        process=read_process(row),
        claimer=read_claimer(row),
        begun_at=row.begun_at,
        num_starts=row.num_starts,
        trial=row.trial,
        place=row.place,
        limit=row.limit,
        deleted_at=row.deleted_at,
    )


def read_group(row: RunGroupRow, dataset_name: str) -> RunGroup:
    """Return a snapshot of the row.

    Raises:
        UnreadableError: as ``read_run``.
    """
    with unreadable_told(row.kind, row.id, row.created_at):
        return RunGroup(
            id=row.id,
            kind=GroupKind(row.kind),
            name=row.name,
            dataset_id=row.dataset_id,
            dataset_name=dataset_name,
            settings=_check_object(row.settings),
            created_at=row.created_at,
            deleted_at=row.deleted_at,
        )


def read_search(row: SearchRow, group: RunGroupRow, dataset_name: str) -> Search:
    """Return a snapshot of the rows.

    Raises:
        UnreadableError: as ``read_run``.
    """
    with unreadable_told("search", group.id, group.created_at):
        return _read_search(row, group, dataset_name)


def _read_search(row: SearchRow, group: RunGroupRow, dataset_name: str) -> Search:
    return Search(
        id=row.group_id,
        name=group.name,
        dataset_id=group.dataset_id,
        dataset_name=dataset_name,
        settings=_read_plan(_check_object(group.settings)),
        status=SearchStatus(row.status),
        phase=SearchPhase(row.phase),
        wish=None if row.wish is None else Wish(row.wish),
        message=row.message,
        num_trials=row.num_trials,
        minutes=row.minutes,
        num_events=row.num_events,
        seconds_spent=row.seconds_spent,
        num_starts=row.num_starts,
        importances=None
        if row.importances is None
        else list(map(_read_importance, row.importances)),
        verdict=row.verdict,
        created_at=group.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        host=row.host,
        heartbeat_at=row.heartbeat_at,
        process=read_process(row),
        claimer=read_claimer(row),
    )


def _check_object(content: Any) -> dict[str, Any]:
    """Return what has to be a JSON object; what is in it, those know who use it."""
    if not isinstance(content, dict):
        raise TypeError("no JSON object")
    return content


def _read_diagnosis(diagnosis: dict[str, Any]) -> dict[str, Any]:
    fix = diagnosis.get("fix")
    if not fix:
        return diagnosis
    return {**diagnosis, "fix": {**fix, "changes": upgrade_values(fix["changes"])}}


def _read_plan(settings: dict[str, Any]) -> dict[str, Any]:
    """Return a search's settings; ``SearchPlan`` reads what they hold of specs and spaces."""
    if "default_values" not in settings:
        return settings
    return {**settings, "default_values": upgrade_values(settings["default_values"])}


def _read_importance(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "path": upgrade_path(found["path"])}


def read_trial(row: TrialRow) -> Trial:
    """Return a snapshot of the row.

    Raises:
        UnreadableError: as ``read_run``.
    """
    with unreadable_told("trial", f"{row.number} of search {row.group_id}", row.created_at):
        return _read_trial(row)


def _read_trial(row: TrialRow) -> Trial:
    return Trial(
        number=row.number,
        status=TrialStatus(row.status),
        values=upgrade_values(row.values),
        raw=None if row.raw is None else upgrade_values(row.raw),
        score=row.score,
        spread=row.spread,
        seconds=row.seconds,
        message=row.message,
        asked=row.asked,
        told=row.told,
        ended_after=row.ended_after,
        limit=row.limit,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def read_trial_run(row: Any) -> TrialRun:
    """Return a snapshot of the columns that ``Trials.list_runs`` asks for."""
    return TrialRun(
        id=row.id,
        trial=row.trial,
        role=Role(row.role),
        seed=row.seed,
        status=RunStatus(row.status),
        place=row.place,
        device=row.device,
        phase=row.phase,
        progress=row.progress,
        num_parameters=row.num_parameters,
        metrics=row.metrics,
        baselines=row.baselines,
        message=row.message,
        is_stopping=row.cancel_requested_at is not None,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def read_epoch(row: EpochRow, network_title: str | None, *, with_film: bool) -> EpochPoint:
    return EpochPoint(
        epoch=row.epoch,
        loss=_or_nan(row.loss),
        validation_loss=_or_nan(row.validation_loss),
        seconds=row.seconds,
        network=row.network,
        network_title=network_title or "",
        film=_read_values(row.film) if with_film else (),
        text=row.film if with_film and isinstance(row.film, str) else "",
    )


def read_collection(row: DatasetRow) -> CollectionEntry:
    return CollectionEntry(
        id=row.id,
        kind=row.kind,
        fingerprint=row.fingerprint,
        name=row.name,
        source=row.source,
        summary=row.summary,
        num_items=row.num_items,
        num_rows=row.num_rows,
        created_at=row.created_at,
    )


def read_process(row: RunRow | SearchRow) -> ProcessIdentity | None:
    """Return who runs it, or was started to run it."""
    if row.host is None or row.pid is None or row.process_started is None:
        return None
    return ProcessIdentity(row.host, row.pid, row.process_started)


def read_claimer(row: RunRow | SearchRow) -> ProcessIdentity | None:
    """Return who took it from the queue."""
    if row.host is None or row.claimer_pid is None or row.claimer_started is None:
        return None
    return ProcessIdentity(row.host, row.claimer_pid, row.claimer_started)


def apply_event(session: Session, row: RunRow, event: Event) -> None:
    """Write what one event says into the run's row, and its point into the curves."""
    match event:
        case PhaseStarted(name):
            row.phase = clean_text(name)
            row.network_num_epochs = None
        case SpecResolved(spec, reasons):
            row.resolved_spec, row.reasons = clean_json(spec), clean_json(reasons)
        case TrainingStarted(num_epochs, num_parameters, device, num_networks, engine_reason):
            row.num_epochs = row.network_num_epochs = num_epochs
            row.num_parameters, row.num_networks = num_parameters, num_networks
            row.device, row.engine_reason = clean_text(device), clean_text(engine_reason)
        case NetworkStarted(network, title, num_epochs, is_tryout):
            row.network_title, row.network_num_epochs = clean_text(title), num_epochs
            if row.main_network is None and not is_tryout:
                row.main_network = network
            _set_progress(row, network, 0, 0.0)
            session.merge(NetworkRow(run_id=row.id, network=network, title=row.network_title))
        case BatchFinished(epoch, fraction, network):
            _set_progress(row, network, epoch - 1, fraction)
        case FilmPrepared(frame):
            row.film = clean_json(frame)
        case EpochFinished():
            _set_progress(row, event.network, event.epoch, 0.0)
            _write_epoch(session, row, event)


def clean_text(text: str) -> str:
    """Return the text without what a database refuses: NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clean_json(value: Any) -> Any:
    """Return plain JSON: NumPy's numbers as Python's, and None for NaN and infinity."""
    if isinstance(value, Mapping):
        return {clean_text(str(key)): clean_json(item) for key, item in value.items()}
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Sequence):
        return [clean_json(item) for item in value]
    if hasattr(value, "item"):  # NumPy's scalars
        value = value.item()
    return _finite(value) if isinstance(value, float) else value


def _set_progress(row: RunRow, network: int, epoch: int, fraction: float) -> None:
    """Every network counts alike: trials are short, but nobody knows by how much."""
    row.network, row.epoch = network, epoch
    num_epochs = row.network_num_epochs or row.num_epochs
    own_share = min(1.0, (epoch + fraction) / num_epochs) if num_epochs else 0.0
    row.progress = min(1.0, (network - 1 + own_share) / (row.num_networks or network))


def _write_epoch(session: Session, row: RunRow, event: EpochFinished) -> None:
    """Write the epoch's point; one that is sent again replaces the first."""
    point = session.get(EpochRow, (row.id, event.network, event.epoch))
    if point is None:
        point = EpochRow(run_id=row.id, network=event.network, epoch=event.epoch)
        session.add(point)
        row.num_epochs_done += bool(event.epoch)  # nothing is learnt in epoch 0
    point.loss, point.validation_loss = _finite(event.loss), _finite(event.validation_loss)
    point.seconds = event.seconds
    point.film = clean_json(event.text) or [_shorten(value) for value in event.film] or None


def _read_values(film: list[Any] | str | None) -> tuple[float, ...]:
    return () if film is None or isinstance(film, str) else tuple(map(_or_nan, film))


def _shorten(value: float) -> float | None:
    return _finite(float(f"{value:.{FILM_DIGITS}g}"))


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value

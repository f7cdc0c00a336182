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
    PhaseStarted,
    SpecResolved,
    TrainingStarted,
)
from lstm_core.runs.process import ProcessIdentity
from lstm_core.runs.run import DatasetEntry, EpochPoint, Run
from lstm_core.runs.status import RunStatus
from lstm_core.runs.tables import DatasetRow, EpochRow, RunRow
from lstm_core.spec import parse_spec


def read_run(row: RunRow, dataset_name: str) -> Run:
    """Return a snapshot of the row."""
    process = None
    if row.host is not None and row.pid is not None and row.process_started is not None:
        process = ProcessIdentity(row.host, row.pid, row.process_started)
    return Run(
        id=row.id,
        name=row.name,
        status=RunStatus(row.status),
        spec=parse_spec(row.spec),
        resolved_spec=None if row.resolved_spec is None else parse_spec(row.resolved_spec),
        reasons=row.reasons or {},
        dataset_id=row.dataset_id,
        dataset_name=dataset_name,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        phase=row.phase,
        progress=row.progress,
        epoch=row.epoch,
        num_epochs=row.num_epochs,
        device=row.device,
        num_parameters=row.num_parameters,
        metrics=row.metrics,
        baselines=row.baselines,
        verdict=row.verdict,
        message=row.message,
        cancel_requested_at=row.cancel_requested_at,
        heartbeat_at=row.heartbeat_at,
        host=row.host,
        process=process,
    )


def read_epoch(row: EpochRow) -> EpochPoint:
    return EpochPoint(row.epoch, _or_nan(row.loss), _or_nan(row.validation_loss), row.seconds)


def read_dataset(row: DatasetRow) -> DatasetEntry:
    return DatasetEntry(
        id=row.id,
        fingerprint=row.fingerprint,
        name=row.name,
        source=row.source,
        frequency=row.frequency,
        num_rows=row.num_rows,
        num_series=row.num_series,
        created_at=row.created_at,
    )


def apply_event(session: Session, row: RunRow, event: Event) -> None:
    """Write what one event says into the run's row, and its point into the curves."""
    match event:
        case PhaseStarted(name):
            row.phase = clean_text(name)
        case SpecResolved(spec, reasons):
            row.resolved_spec, row.reasons = clean_json(spec), clean_json(reasons)
        case TrainingStarted(num_epochs, num_parameters, device):
            row.num_epochs, row.num_parameters = num_epochs, num_parameters
            row.device = clean_text(device)
        case BatchFinished(epoch, fraction):
            row.progress = _share(epoch - 1 + fraction, row.num_epochs)
        case EpochFinished(epoch, loss, validation_loss, seconds):
            row.epoch, row.progress = epoch, _share(epoch, row.num_epochs)
            point = EpochRow(
                run_id=row.id,
                epoch=epoch,
                loss=_finite(loss),
                validation_loss=_finite(validation_loss),
                seconds=seconds,
            )
            session.merge(point)  # a batch that is sent again replaces its points


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


def _share(epochs_done: float, num_epochs: int | None) -> float:
    return min(1.0, epochs_done / num_epochs) if num_epochs else 0.0


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value

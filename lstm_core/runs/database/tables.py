"""The record's tables, in types that SQLite and PostgreSQL share.

A change here needs a step in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A time that goes in and comes out aware, in UTC; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={  # migrations address constraints by name
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - declared by SQLAlchemy
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class DatasetRow(Table):
    """A collection of any kind; ``summary`` and the counts are what lists say of it."""

    __tablename__ = "datasets"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    source: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), server_default="series")
    summary: Mapped[str] = mapped_column(server_default="")
    num_rows: Mapped[int] = mapped_column(BigInteger)
    num_items: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class RunGroupRow(Table):
    """Runs that belong together; ``number`` keeps the order of submission."""

    __tablename__ = "run_groups"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    settings: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class SearchRow(Table):
    """What changes about a search; what was planned stands in its group's settings."""

    __tablename__ = "searches"

    group_id: Mapped[str] = mapped_column(
        ForeignKey("run_groups.id", ondelete="CASCADE"), primary_key=True
    )
    status: Mapped[str] = mapped_column(String(16), index=True)
    phase: Mapped[str] = mapped_column(String(16))
    wish: Mapped[str | None] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(default="")
    num_trials: Mapped[int]
    minutes: Mapped[float | None]
    num_events: Mapped[int] = mapped_column(default=0)
    seconds_spent: Mapped[float] = mapped_column(default=0.0)
    num_starts: Mapped[int] = mapped_column(default=0)
    importances: Mapped[list[Any] | None]
    verdict: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    host: Mapped[str | None]
    pid: Mapped[int | None]
    process_started: Mapped[float | None]
    claimer_pid: Mapped[int | None]
    claimer_started: Mapped[float | None]


class TrialRow(Table):
    __tablename__ = "trials"

    group_id: Mapped[str] = mapped_column(
        ForeignKey("searches.group_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(16))
    values: Mapped[dict[str, Any]]
    raw: Mapped[dict[str, Any] | None]
    score: Mapped[float | None]
    spread: Mapped[float | None]
    seconds: Mapped[float | None]
    message: Mapped[str] = mapped_column(default="")
    asked: Mapped[int | None]
    told: Mapped[int | None]
    ended_after: Mapped[float | None]
    limit: Mapped[list[Any] | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RunRow(Table):
    """``number`` keeps the order of submission, which two equal times would lose.

    One with a ``deleted_at`` is hidden, until it is restored or swept; so is a group.
    A run with a ``trial`` belongs to a search, whose own process starts it; the queue does not.
    ``main_network`` is the first network that was trained for good, not only to try something.

    ``network``, ``network_title``, ``network_num_epochs`` and ``epoch`` are of the network that
    is training now, or trained last; ``num_epochs_done`` counts over all of them.

    ``claimer_pid`` and ``claimer_started`` name the process that took it from the queue, ``pid``
    and ``process_started`` the one that was started for it; ``begun_at`` is when that one began.
    """

    __tablename__ = "runs"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(String(16), index=True)
    spec: Mapped[dict[str, Any]]
    resolved_spec: Mapped[dict[str, Any] | None]
    reasons: Mapped[dict[str, Any] | None]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("run_groups.id"), index=True)
    label: Mapped[str] = mapped_column(default="", server_default="")
    trial: Mapped[int | None]
    role: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(default="", server_default="")
    limit: Mapped[list[Any] | None]
    main_network: Mapped[int | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    phase: Mapped[str] = mapped_column(default="")
    progress: Mapped[float] = mapped_column(default=0.0)
    epoch: Mapped[int] = mapped_column(default=0)
    num_epochs: Mapped[int | None]
    device: Mapped[str | None]
    engine_reason: Mapped[str] = mapped_column(default="", server_default="")
    num_parameters: Mapped[int | None] = mapped_column(BigInteger)
    num_networks: Mapped[int | None]
    network: Mapped[int] = mapped_column(default=0, server_default="0")
    network_title: Mapped[str] = mapped_column(default="", server_default="")
    network_num_epochs: Mapped[int | None]
    num_epochs_done: Mapped[int] = mapped_column(default=0, server_default="0")
    film: Mapped[dict[str, Any] | None]
    metrics: Mapped[dict[str, Any] | None]
    baselines: Mapped[dict[str, Any] | None]
    verdict: Mapped[dict[str, Any] | None]
    diagnoses: Mapped[list[Any] | None]
    message: Mapped[str] = mapped_column(default="")
    cancel_requested_at: Mapped[datetime | None]
    abort_requested_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    host: Mapped[str | None]
    pid: Mapped[int | None]
    process_started: Mapped[float | None]
    claimer_pid: Mapped[int | None]
    claimer_started: Mapped[float | None]
    begun_at: Mapped[datetime | None]
    num_starts: Mapped[int] = mapped_column(default=0, server_default="0")


class NetworkRow(Table):
    """What a network of a run is called; a run that trained only one may have none."""

    __tablename__ = "networks"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    network: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]


class EpochRow(Table):
    """A loss that is not a number is null: SQLite can't tell the two apart."""

    __tablename__ = "epochs"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    network: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default="1")
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loss: Mapped[float | None]
    validation_loss: Mapped[float | None]
    seconds: Mapped[float]
    film: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # numbers, or a text


class ArtifactRow(Table):
    __tablename__ = "artifacts"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    num_bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class DraftRow(Table):
    """What somebody has chosen so far; its dataset may be gone, which whoever looks is told."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    spec: Mapped[dict[str, Any]]
    uploads: Mapped[list[Any]]
    dataset_id: Mapped[str | None] = mapped_column(String(64))
    change: Mapped[str]
    past: Mapped[list[Any]]
    ahead: Mapped[list[Any]]
    kept: Mapped[dict[str, Any]]
    version: Mapped[int]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime] = mapped_column(index=True)

"""The database behind the record: its engine, its transactions, its version, its errors."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError
from sqlalchemy.orm import Session

from lstm_core.errors import StudioError

_LOGGER = logging.getLogger(__name__)

LATEST_REVISION = "0011"
"""The last step in ``migrations/versions``: known here so that an up-to-date record opens
without importing alembic."""

_BUSY_TIMEOUT_SECONDS = 30.0
_MIGRATION_LOCK = 5_786_001  # any numbers, the same in every version of this program
_NAMING_LOCK = 5_786_002


class RecordError(StudioError):
    """The record could not be read or written."""

    retryable = True

    @property
    def is_full(self) -> bool:
        """Whether it was for want of room on the disk."""
        return self.what in _FULL


class Database:
    """Owns one engine: made here, disposed of in ``close``. Safe to share between threads.

    Each process makes its own; an engine must not cross a fork.

    SQLite keeps its rollback journal (write-ahead logging can corrupt a file that several
    processes checkpoint, before SQLite 3.51.3). A transaction that writes begins IMMEDIATE:
    one that reads first and asks for the lock later would fail whenever another got between.

    Raises:
        RecordError: the address is wrong or the database can't be opened.
    """

    def __init__(self, url: str) -> None:
        self._is_sqlite = False
        try:
            self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
            arguments = {"timeout": _BUSY_TIMEOUT_SECONDS} if self._is_sqlite else {}
            self._engine = create_engine(
                url,
                connect_args=arguments,
                pool_pre_ping=not self._is_sqlite,
                json_deserializer=_read_json,
            )
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise RecordError(
                f"The record's address can't be used: {error}.",
                "Check LSTM_STUDIO_DATABASE_URL, or unset it to use a file in the home folder.",
            ) from error
        if self._is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writing_engine = self._engine.execution_options(writes=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the record.

        Raises:
            RecordError: the database can't be read.
        """
        with _errors_for_people(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or on any exception nothing.

        It has begun when the block is entered, not with its first query: whatever else the block
        looks at, files say, nobody who writes to SQLite comes between.

        Raises:
            RecordError: the database can't be written.
            IntegrityError: a key that must be unique is there already.
        """
        with _errors_for_people(), Session(self._writing_engine) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def naming(self, *, alone: bool) -> Iterator[Session]:
        """``writing`` for rows that name files: many may name at once, one deletes ``alone``.

        Raises:
            RecordError, IntegrityError: as ``writing``.
        """
        with self.writing() as session:
            if not self._is_sqlite:  # where one writes at a time as it is
                lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                session.execute(text(f"SELECT {lock}(:key)"), {"key": _NAMING_LOCK})
            yield session

    def upgrade(self) -> None:
        """Bring the tables up to ``LATEST_REVISION``; several processes may do so at once.

        Raises:
            RecordError: the record is newer than this program, or can't be written.
        """
        with _errors_for_people():
            with self._engine.connect() as connection:
                if _read_revision(connection) == LATEST_REVISION:
                    return
            with self._writing_engine.begin() as connection:
                if not self._is_sqlite:  # SQLite's IMMEDIATE lets one process in at a time
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                    )
                _migrate(connection)


def _read_json(content: str) -> Any:
    """Return what a column holds, or None where it is no JSON: one cell must not hide others."""
    try:
        return json.loads(content)
    except ValueError as error:
        _LOGGER.warning("A value in the record can't be read: %s", error)
        return None


def _read_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def _migrate(connection: Connection) -> None:
    """Take the steps that are missing; none, if another process was faster."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "lstm_core.runs:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise RecordError(
            "The record was written by a newer version of LSTM Studio.",
            "Use that version, or set LSTM_STUDIO_HOME to another folder.",
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _errors_for_people() -> Iterator[None]:
    try:
        yield
    except IntegrityError:  # the caller's to answer: somebody else wrote the same key
        raise
    except DBAPIError as error:
        raise explain_failure(error.orig or error) from error
    except (OSError, NoConnectionInTimeError) as error:
        raise explain_failure(error) from error


_FULL = ("The disk is full.", "The disk quota is used up.")

_REMEDIES = {  # part of what the database or the system says: (what happened, remedy)
    "is full": (_FULL[0], "Free some space and try again."),
    "no space left": (_FULL[0], "Free some space and try again."),
    "quota exceeded": (_FULL[1], "Free some space and try again."),
    "locked": (
        "The record is busy: another program has held it for too long.",
        "Try again in a moment; close programs that have the database file open.",
    ),
    "queuepool": ("The record is busy: too many people ask at once.", "Try again in a moment."),
    "readonly": (
        "The record can't be written.",
        "Give this user write access to the folder in LSTM_STUDIO_HOME.",
    ),
    "permission denied": (
        "The home folder can't be written.",
        "Give this user write access, or set LSTM_STUDIO_HOME to another folder.",
    ),
    "unable to open": (
        "The record can't be opened.",
        "Check that the folder in LSTM_STUDIO_HOME exists and can be written.",
    ),
    "malformed": (
        "The record's database file is damaged.",
        "Put a backup in its place, or move it away to begin a new one.",
    ),
    "not a database": (
        "The record's file is not a database.",
        "Move it away to begin a new one, or set LSTM_STUDIO_HOME to another folder.",
    ),
}


def explain_failure(error: BaseException) -> RecordError:
    """Say what a database's or the system's error means for people."""
    said = str(error).lower()
    for part, (what, remedy) in _REMEDIES.items():
        if part in said:
            return RecordError(what, remedy)
    return RecordError(
        f"The record can't be used: {error}.",
        "Check the home folder and LSTM_STUDIO_DATABASE_URL, then try again.",
    )

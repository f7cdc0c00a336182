"""One migrated record, whose tables every new record of a test process gets."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect

from lstm_core.runs.database.engine import Database


def list_statements(path: Path) -> list[str]:
    """Migrate a record from nothing, and return what makes another one like it."""
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        wrapping = ("BEGIN TRANSACTION;", "COMMIT;")
        return [line for line in connection.iterdump() if line not in wrapping]


def create_record(
    statements: Sequence[str], migrate: Callable[[Connection], None], connection: Connection
) -> None:
    """Lay out an empty SQLite file; whatever holds tables, or is another database, is migrated."""
    if connection.dialect.name != "sqlite" or inspect(connection).get_table_names():
        migrate(connection)
        return
    for statement in statements:
        connection.exec_driver_sql(statement)

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lstm_core.runs.database.engine import LATEST_REVISION, RecordError
from lstm_core.runs.database.tables import Table
from lstm_core.runs.stores.store import Store
from tests.runs.records import make_settings, submit


def test_migrations_make_the_tables_that_the_code_declares(store: Store) -> None:
    with store._database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_the_latest_revision_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "lstm_core.runs:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == LATEST_REVISION


def test_an_existing_record_opens_without_alembic(store: Store, studio_home: Path) -> None:
    code = (
        "import sys; from lstm_core.runs.stores.store import Store; "
        "from lstm_core.settings import load_settings; Store.open(load_settings()).close(); "
        "print('alembic' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_sqlite_keeps_its_rollback_journal_and_foreign_keys(store: Store) -> None:
    with store._database.reading() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_record_from_a_newer_version_is_refused(store: Store, studio_home: Path) -> None:
    with store._database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordError, match="newer version"):
        Store.open(make_settings(studio_home))


def test_a_file_that_is_no_database_is_refused(studio_home: Path) -> None:
    studio_home.mkdir()
    (studio_home / "record.sqlite").write_bytes(b"no database at all " * 100)
    with pytest.raises(RecordError, match="not a database"):
        Store.open(make_settings(studio_home))


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordError):
        Store.open(make_settings(tmp_path / "file" / "home"))


def test_a_busy_record_is_said_to_be_busy(
    studio_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lstm_core.runs.database.engine._BUSY_TIMEOUT_SECONDS", 0.05)
    with Store.open(make_settings(studio_home)) as store:
        other = sqlite3.connect(studio_home / "record.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RecordError, match="busy"):
            store.run_queue.claim_next(1)
        other.close()


def test_a_full_disk_keeps_nothing_of_the_transaction(store: Store) -> None:
    submit(store)
    with store._database.reading() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RecordError, match=r"disk is full.*Free some space"):
        submit(store, 200)
    num_runs = len(store.runs.list_newest())
    assert 1 <= num_runs < 200
    assert all(run.dataset_name == "sales.csv" for run in store.runs.list_newest())


def test_an_error_inside_a_transaction_undoes_it(store: Store) -> None:
    (run,) = submit(store)

    def delete_and_fail() -> None:
        with store._database.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM runs")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(RecordError, match="disk is full"):
        delete_and_fail()
    assert store.runs.get(run.id) == run

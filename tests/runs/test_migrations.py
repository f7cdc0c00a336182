"""What older versions wrote is still there after the record was upgraded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from lstm_core.events import EpochFinished
from lstm_core.runs.database.engine import Database
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.snapshots.group import GroupKind, GroupMember
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import make_settings

FIRST, SECOND = "a" * 16, "b" * 16
DATASET = "0" * 64
TIME = "2026-01-01 00:00:00"


def migrate(home: Path, move: Callable[[Config], None]) -> None:
    """Take steps as ``Database.upgrade`` does, but to a revision of the test's choice."""
    database = Database(make_settings(home).database_url)
    config = Config()
    config.set_main_option("script_location", "lstm_core.runs:migrations")
    with database._writing_engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config)
    database.close()


def write_first_record(home: Path) -> None:
    """A record as the first version left it: a run in training and one that only waits."""
    home.mkdir(parents=True)
    migrate(home, lambda config: command.upgrade(config, "0001"))
    database = Database(make_settings(home).database_url)
    with database._writing_engine.begin() as connection:
        _insert(
            connection,
            "datasets",
            id=DATASET, fingerprint="f", name="sales.csv", source="csv", frequency="Daily",
            num_rows=20, num_series=1, sha256="0" * 64, created_at=TIME,
        )  # fmt: skip
        shared = {"name": "", "spec": ExperimentSpec().to_json(), "dataset_id": DATASET,
                  "created_at": TIME, "phase": "", "message": ""}  # fmt: skip
        trained = {"num_epochs": 9, "epoch": 2, "progress": 0.5, "status": "failed"}
        waiting = {"epoch": 0, "progress": 0.0, "status": "queued"}
        _insert(connection, "runs", number=1, id=FIRST, **trained, **shared)
        _insert(connection, "runs", number=2, id=SECOND, **waiting, **shared)
        for epoch in (1, 2):
            _insert(connection, "epochs", run_id=FIRST, epoch=epoch, loss=1 / epoch, seconds=0.5)
        _insert(
            connection, "artifacts",
            run_id=FIRST, name="model.json", sha256="1" * 64, num_bytes=2, created_at=TIME,
        )  # fmt: skip
    database.close()


def _insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
    )


@pytest.fixture
def upgraded(studio_home: Path) -> Path:
    write_first_record(studio_home)
    Store.open(make_settings(studio_home)).close()
    return studio_home


def test_runs_of_the_first_version_have_one_network(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        run, waiting = store.runs.get(FIRST), store.runs.get(SECOND)
        assert (run.num_networks, run.network, run.network_title) == (1, 1, "")
        assert (run.epoch, run.num_epochs, run.num_epochs_done) == (2, 9, 2)
        assert (run.film, run.diagnoses, run.dataset_name) == (None, None, "sales.csv")
        assert (waiting.num_networks, waiting.network) == (None, 0)
        assert [(point.network, point.epoch) for point in store.runs.get_epochs(FIRST)] == [
            (1, 1),
            (1, 2),
        ]
        assert [entry.name for entry in store.artifacts.list_of(FIRST)] == ["model.json"]


def test_data_of_older_versions_are_series_told_in_words(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        (entry,) = store.collections.list_newest()
    assert (entry.kind, entry.name, entry.summary) == ("series", "sales.csv", "Daily, 20 rows")
    assert (entry.num_items, entry.num_rows) == (1, 20)


def test_a_step_back_says_the_spacing_of_data_again(upgraded: Path) -> None:
    migrate(upgraded, lambda config: command.downgrade(config, "0008"))
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        known = session.connection().exec_driver_sql("SELECT frequency, num_series FROM datasets")
        assert known.all() == [("Daily", 1)]
    database.close()
    with Store.open(make_settings(upgraded)) as store:  # and forward once more
        assert store.collections.list_newest()[0].summary == "Daily, 20 rows"
        assert store.runs.get(FIRST).dataset_name == "sales.csv"


def test_networks_of_an_upgraded_record_have_epochs_of_the_same_number(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        claimed = store.run_queue.claim_next(1)
        assert claimed is not None
        for network in (1, 2):
            store.runs.record_events(claimed.id, [EpochFinished(1, 1, 1, 1, network)])
        assert [point.network for point in store.runs.get_epochs(claimed.id)] == [1, 2]
        store.deletions.delete_run(FIRST)
        store.leftovers.sweep(undo_seconds=0)
        assert store.runs.get_epochs(FIRST) == []


def test_runs_of_older_versions_belong_to_no_group(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        run = store.runs.get(FIRST)
        assert (run.group_id, run.label) == (None, "")
        group = store.groups.submit(GroupKind.RACE, DATASET, {}, [GroupMember("GRU", run.spec)])
        (member,) = store.runs.list_newest(group_id=group.id)
        assert member.label == "GRU"


def test_a_step_back_keeps_the_runs_of_groups(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        member = GroupMember("GRU", ExperimentSpec())
        store.groups.submit(GroupKind.RACE, DATASET, {}, [member])
    migrate(upgraded, lambda config: command.downgrade(config, "0002"))
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        connection = session.connection()
        assert not inspect(connection).has_table("run_groups")
        assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 3
        assert connection.exec_driver_sql("SELECT count(*) FROM epochs").scalar() == 2
    database.close()


def test_the_key_of_the_epochs_is_the_same_in_an_upgraded_record(upgraded: Path) -> None:
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        seen = inspect(session.connection())
        assert seen.get_pk_constraint("epochs") == {
            "name": "pk_epochs",
            "constrained_columns": ["run_id", "network", "epoch"],
        }
        (key,) = seen.get_foreign_keys("epochs")
    database.close()
    assert (key["referred_table"], key["options"]) == ("runs", {"ondelete": "CASCADE"})


def test_a_step_back_keeps_what_the_first_version_knows(upgraded: Path) -> None:
    migrate(upgraded, lambda config: command.downgrade(config, "0001"))
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        connection = session.connection()
        assert not inspect(connection).has_table("networks")
        epochs = connection.exec_driver_sql("SELECT run_id, epoch FROM epochs ORDER BY epoch")
        assert list(epochs.all()) == [(FIRST, 1), (FIRST, 2)]
        spec = connection.exec_driver_sql("SELECT spec FROM runs WHERE number = 1").scalar_one()
    database.close()
    assert json.loads(spec) == json.loads(ExperimentSpec().to_json())


def test_an_upgraded_record_keeps_drafts_and_a_step_back_lets_go_of_them(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        draft = store.drafts.begin(ExperimentSpec())
        assert store.drafts.get(draft.id) == draft
        assert store.runs.get(FIRST).id == FIRST
    migrate(upgraded, lambda config: command.downgrade(config, "0004"))
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        connection = session.connection()
        assert not inspect(connection).has_table("drafts")
        assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 2
    database.close()


def test_the_file_of_an_older_draft_is_one_of_its_files(upgraded: Path) -> None:
    with Store.open(make_settings(upgraded)) as store:
        draft = store.drafts.begin(ExperimentSpec(), uploads=[Upload("sine", "1" * 64)])
        bare = store.drafts.begin(ExperimentSpec())
    migrate(upgraded, lambda config: command.downgrade(config, "0009"))
    database = Database(make_settings(upgraded).database_url)
    with database.reading() as session:
        known = session.connection().exec_driver_sql("SELECT id, upload FROM drafts")
        assert {row[0]: row[1] for row in known} == {draft.id: "1" * 64, bare.id: None}
    database.close()
    with Store.open(make_settings(upgraded)) as store:  # and forward once more
        assert store.drafts.get(draft.id).uploads == draft.uploads
        assert store.drafts.get(bare.id).uploads == ()
        assert store.drafts.list_uploads() == {"1" * 64}

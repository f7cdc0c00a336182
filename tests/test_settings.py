from __future__ import annotations

import os
from pathlib import Path

import pytest

from lstm_core.errors import SpecError
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings


def test_every_folder_lies_in_the_home(studio_home: Path):
    settings = load_settings()

    assert settings.home == studio_home
    assert settings.artifacts_folder == studio_home / "artifacts"
    assert settings.logs_folder == studio_home / "logs"
    assert settings.cache_folder == studio_home / "cache"
    assert settings.database_url == f"sqlite:///{studio_home / 'record.sqlite'}"


@pytest.mark.parametrize("name", ["what?", "a#b", "a%20b", "a b", "\u00e9", "a@b:c", "%"])
def test_a_home_may_be_called_anything(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(tmp_path / name))
    with Store.open(load_settings()) as store:
        assert store.runs.list_newest() == []
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "record.sqlite").is_file()


@pytest.mark.parametrize("value", [None, ""])
def test_the_home_is_beside_the_program_unless_told(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    if value is None:
        monkeypatch.delenv("LSTM_STUDIO_HOME")
    else:
        monkeypatch.setenv("LSTM_STUDIO_HOME", value)

    assert load_settings().home == tmp_path / ".lstm-studio"


def test_the_home_may_begin_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LSTM_STUDIO_HOME", "~/studio")

    assert load_settings().home == tmp_path / "studio"


def test_the_record_may_lie_on_a_server(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LSTM_STUDIO_DATABASE_URL", "postgresql+psycopg://studio@db/studio")

    assert load_settings().database_url == "postgresql+psycopg://studio@db/studio"


@pytest.mark.parametrize(("num_cores", "expected"), [(1, 1), (2, 1), (8, 4)])
def test_one_run_for_every_two_cores(
    num_cores: int, expected: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(num_cores), raising=False)

    assert load_settings().max_running == expected


def test_the_number_of_runs_at_once_can_be_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LSTM_STUDIO_MAX_RUNNING", "7")

    assert load_settings().max_running == 7


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", " "])
def test_a_limit_that_is_no_number_is_refused(value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LSTM_STUDIO_MAX_RUNNING", value)

    with pytest.raises(SpecError, match="LSTM_STUDIO_MAX_RUNNING") as caught:
        load_settings()

    assert "at least 1" in caught.value.remedy


@pytest.mark.parametrize(("value", "expected"), [("0", False), ("1", True), (None, True)])
def test_the_spare_worker_can_be_declined(
    value: str | None, expected: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("LSTM_STUDIO_KEEP_WARM")
    if value is not None:
        monkeypatch.setenv("LSTM_STUDIO_KEEP_WARM", value)

    assert load_settings().keep_warm is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ()),
        ("", ()),
        ("studio.example", ("studio.example",)),
        (" a.example , *.b.example,,", ("a.example", "*.b.example")),
    ],
)
def test_further_names_of_the_server(
    value: str | None, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("LSTM_STUDIO_ALLOWED_HOSTS", raising=False)
    if value is not None:
        monkeypatch.setenv("LSTM_STUDIO_ALLOWED_HOSTS", value)

    assert load_settings().allowed_hosts == expected

"""What can't be read stands in the lists as such, and its page says why."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from lstm_core.runs.stores.store import Store
from tests.pages.visiting import open_page, read_texts
from tests.races.records import run_race
from tests.runs.records import submit
from tests.searches.records import submit_search

NEWER = {"schema_version": 999}


def put(store: Store, table: str, column: str, row_id: str, content: object) -> None:
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        text = json.dumps(content)
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (text, row_id))
        connection.commit()


def test_a_run_of_a_newer_version_is_shown_and_can_be_deleted(store: Store) -> None:
    newer, good = submit(store, 2)
    store.runs.request_cancel(newer.id)
    put(store, "runs", "spec", newer.id, NEWER)
    app = open_page("runs")
    said = " ".join(read_texts(app))
    assert newer.id in said
    assert "A newer version of LSTM Studio made it" in said.replace("\\", "")
    assert app.button(key=f"runs.delete_{good.id}")
    app.button(key=f"runs.delete_{newer.id}").click().run()
    assert newer.id not in " ".join(read_texts(app))
    assert open_page("run", id=newer.id).error


def test_the_page_of_a_run_of_a_newer_version_says_so(store: Store) -> None:
    (newer,) = submit(store)
    put(store, "runs", "spec", newer.id, NEWER)
    (said,) = open_page("run", id=newer.id).error
    assert "a newer version of LSTM Studio made it" in said.value.replace("\\", "")


@pytest.mark.parametrize("page", ["race", "runs"])
def test_a_race_of_a_newer_version_breaks_no_list(store: Store, page: str) -> None:
    bad, good = (run_race(store, {"LSTM": [0.5], "GRU": [error]}, {}) for error in (0.6, 0.7))
    put(store, "run_groups", "settings", bad.id, bad.settings | {"specs": {"GRU": NEWER}})
    app = open_page(page)
    assert not app.error
    assert f"Race {bad.id}" in " ".join(read_texts(app)).replace("\\", "")
    assert good.id != bad.id
    own = open_page("race", id=bad.id)
    assert "a newer version of LSTM Studio made it" in own.error[0].value.replace("\\", "")


@pytest.mark.parametrize("page", ["tune", "runs"])
def test_a_damaged_search_breaks_no_list(store: Store, page: str) -> None:
    bad, good = submit_search(store), submit_search(store)
    put(store, "run_groups", "settings", bad.id, {"draft": {}})
    app = open_page(page)
    assert not app.error
    assert f"Search {bad.id}" in " ".join(read_texts(app)).replace("\\", "")
    assert good.id != bad.id
    assert "can't be read" in open_page("tune", id=bad.id).error[0].value.replace("\\", "")

"""Collections of every kind, kept and found again."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import update

from lstm_core.data.collections import Collection
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.runs.database.tables import DatasetRow
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.data.items.collections import make_signals, make_texts
from tests.runs.records import make_dataset

COLLECTIONS = [make_dataset(), make_texts(["good", "bad"], ["yes", "no"]), make_signals([2, 3])]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_collection_of_any_kind_is_kept_once(collection: Collection, store: Store) -> None:
    dataset_id = store.collections.add(collection)
    assert store.collections.add(collection) == dataset_id
    back = store.collections.get_as(dataset_id, type(collection))
    assert back.fingerprint == collection.fingerprint
    (entry,) = store.collections.list_newest()
    assert (entry.id, entry.kind) == (dataset_id, collection.kind)
    assert entry.summary


def test_lists_say_what_a_collection_is_without_reading_it(store: Store) -> None:
    dataset_id = store.collections.add(make_texts(["good", "bad", "fair"], ["yes", "no", "no"]))
    for path in store.settings.artifacts_folder.glob("*/*"):
        path.unlink()
    (entry,) = store.collections.list_newest()
    assert entry.id == dataset_id
    assert entry.summary == "3 texts, 2 labels, unevenly spread"
    assert (entry.num_items, entry.num_rows) == (3, 11)


def test_names_with_all_that_bites_are_kept(store: Store) -> None:
    collection = make_texts(["x"], name="a\0\ud800<script>'; DROP TABLE datasets; --")
    store.collections.get(store.collections.add(collection))
    assert "DROP TABLE" in store.collections.list_newest()[0].name


def test_another_kind_than_is_needed_is_refused(store: Store) -> None:
    texts = store.collections.add(make_texts(["x"]))
    with pytest.raises(DataError, match='"items", and "series" is needed'):
        store.collections.get_as(texts, Dataset)
    with pytest.raises(DataError, match='"series", and "items" is needed'):
        store.collections.get_as(store.collections.add(make_dataset()), ItemCollection)


def test_a_kind_of_a_newer_version_breaks_no_list(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    dataset_id = store.collections.add(make_dataset())
    run = store.runs.submit(ExperimentSpec(), dataset_id)
    with store._database.writing() as session:
        session.execute(update(DatasetRow).values(kind="hologram"))
    assert [entry.kind for entry in store.collections.list_newest()] == ["hologram"]
    assert [each.id for each in store.runs.list_newest()] == [run.id]
    with caplog.at_level(logging.ERROR), pytest.raises(DataError, match="does not know"):
        store.collections.get(dataset_id)

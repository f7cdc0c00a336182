"""Running texts and pairs come in: what is read of them, and which samples there are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.kinds.documents import loading as documents_loading
from pages._ui.data.kinds.pairs import loading as pairs_loading
from pages._ui.data.kinds.registry import find_data_kind, find_way
from tests.pages.tables import to_csv

LINES = [
    f"line number {number} of a text that goes on and on, word by word" for number in range(80)
]
STORY = "\n".join(LINES).encode()
TURNED = [line.replace("line", "row").replace("word", "term") for line in LINES]


def bring(monkeypatch: pytest.MonkeyPatch, data: Any, *files: tuple[str, bytes]) -> Any:
    """Return a draft of these files."""
    given = tuple(GivenFile(name, content) for name, content in files)
    for loading in (documents_loading, pairs_loading):
        monkeypatch.setattr(loading, "read_uploads", lambda uploads, folder: given)
    # Hashed by what it holds, as an upload is.
    return SimpleNamespace(uploads=files, spec=ExperimentSpec(data=data, task={"kind": "language"}))


@pytest.mark.parametrize("key", ["documents", "pairs"])
def test_samples_say_what_they_are_and_can_be_loaded(key: str) -> None:
    kind = find_data_kind(key)
    for name, sample in kind.samples.items():
        assert sample.name == name
        assert all((sample.title, sample.teaches, sample.steps, sample.origin))
        assert find_way(sample.data) == "sample"
    collection = kind.load(SimpleNamespace(uploads=(), spec=SimpleNamespace(data=sample.data)))  # type: ignore[arg-type]
    assert collection.kind == key
    assert kind.adapt(collection, sample.data) is collection


def test_a_text_is_read_whole_and_a_column_makes_a_table_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = find_data_kind("documents")
    data = kind.begin([SimpleNamespace(name="story.txt")])  # type: ignore[list-item]
    assert (data.kind, data.source, data.name) == ("documents", "file", "story.txt")  # type: ignore[attr-defined]
    assert kind.load(bring(monkeypatch, data, ("story.txt", STORY))).num_documents == 1
    table = to_csv({"said": LINES, "who": ["a", "b"] * 40})
    draft = bring(monkeypatch, data.model_copy(update={"text": "said"}), ("said.txt", table))
    assert kind.load(draft).num_documents == 80
    found = documents_loading.load_draft_documents_understanding(draft)
    assert found is not None
    assert found.spec.text == "said"
    assert "80 texts" in documents_loading.describe_draft_documents(draft).title
    draft = bring(monkeypatch, data.model_copy(update={"item": NO_COLUMN}), ("s.txt", STORY))
    source = documents_loading.load_draft_documents_source(draft)
    assert source is not None
    assert source.is_files


def test_two_columns_are_read_as_given_and_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = find_data_kind("pairs")
    data = kind.begin([SimpleNamespace(name="pairs.csv")])  # type: ignore[list-item]
    draft = bring(monkeypatch, data, ("pairs.csv", to_csv({"source": LINES, "target": TURNED})))
    assert kind.load(draft).num_pairs == 80
    found = pairs_loading.load_draft_pairs_understanding(draft)
    assert found is not None
    assert kind.list_wanted(found.spec) == ["target"]
    assert kind.list_wanted(data) == []
    assert "80 pairs" in pairs_loading.describe_draft_pairs(draft).title

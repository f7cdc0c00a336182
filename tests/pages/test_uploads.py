"""Files that are uploaded: kept on disk once, let go of in memory, and parsed once."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from lstm_core.data import loading
from lstm_core.data.reading.endings import TABLE_ENDINGS
from lstm_core.data.reading.table import SourceTable
from pages._ui.data.kinds.registry import list_endings
from pages._ui.server.services import get_uploads
from tests.pages.tables import SALES
from tests.pages.visiting import get_draft, open_page, read_texts, upload


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note what takes the place of files in Streamlit's memory."""
    added: list[Any] = []
    add = MemoryUploadedFileManager.add_file

    def note(self: MemoryUploadedFileManager, session_id: str, file: Any) -> None:
        added.append(file)
        add(self, session_id, file)

    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", note)
    return added


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are parsed."""
    names: list[str] = []
    read = loading.read_table

    def note(content: bytes, name: str, *rest: Any, **options: Any) -> SourceTable:
        names.append(name)
        return read(content, name, *rest, **options)

    monkeypatch.setattr(loading, "read_table", note)
    return names


def test_a_file_leaves_the_memory_once_it_is_on_disk(records: list[Any]) -> None:
    app = upload(SALES, "sales.csv")
    given, left = records
    assert (given.data, left.data) == (SALES, b"")
    assert (left.file_id, left.name) == (given.file_id, given.name)
    (kept,) = get_draft(app).uploads
    assert get_uploads().read(kept.sha256) == SALES
    (held,) = app.session_state["data.file"]
    assert held.getvalue() == b""


def test_a_rerun_changes_nothing_although_the_field_is_empty_now() -> None:
    app = upload(SALES, "sales.csv")
    before = get_draft(app)
    for _ in range(2):
        app.run()
        assert not app.exception
        assert get_draft(app) == before


def test_a_table_is_parsed_once_for_all_reruns_and_sessions(parsed: list[str]) -> None:
    app = upload(SALES, "once.csv")
    assert parsed == ["once.csv"]
    app.run()
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    app.number_input(key="card.horizon").set_value(3).run()
    open_page("model", draft=app.query_params["draft"])
    upload(SALES, "once.csv")  # somebody else, with the same content
    assert parsed == ["once.csv"]


def test_a_second_file_joins_the_first_which_is_read_from_disk() -> None:
    app = upload(SALES, "sales.csv")
    both = [("sales.csv", SALES, "text/csv"), ("more.csv", SALES + b"\n", "text/csv")]
    app.file_uploader(key="data.file").set_value(both).run()
    assert not app.exception
    assert [each.name for each in get_draft(app).uploads] == ["sales.csv", "more.csv"]


def test_the_limit_is_told_with_a_way_out() -> None:
    (told,) = [text for text in read_texts(open_page("data")) if "MB" in text]
    assert "pack it" in told


def test_all_that_is_read_can_be_chosen() -> None:
    assert set(TABLE_ENDINGS) <= set(list_endings())
    assert len(set(TABLE_ENDINGS)) == len(TABLE_ENDINGS)
    for ending in ("parquet", "xls", "ods", "arff", "tsf", "bz2", "xz", "feather", "html"):
        assert ending in TABLE_ENDINGS

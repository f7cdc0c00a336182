"""Labelled sequences, read once for all sessions and keyed by their content."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.duplicates import find_duplicates
from lstm_core.data.items.loading import load_items
from lstm_core.data.items.reading.building.items import build_items
from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.reading.columns.understanding import understand_items
from lstm_core.data.items.reading.opening import open_items
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.summary import ItemsSummary, describe_items
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.settings import load_settings
from lstm_core.spec.items import ItemsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads

Uploads = tuple[Upload, ...]


@remembered("Reading the files…")
def _open_source(uploads: Uploads, header: bool | None, cache_folder: str) -> ItemSource:
    return open_items(read_uploads(uploads, cache_folder), header=header)


@st.cache_resource(max_entries=4, show_spinner="Looking at the columns…")
def _understand(data: str, uploads: Uploads, cache_folder: str) -> Understanding:
    spec = ItemsDataSpec.model_validate_json(data)
    return understand_items(_open_source(uploads, spec.header, cache_folder), spec)


@remembered("Checking the items…")
def _build_collection(data: str, uploads: Uploads, cache_folder: str) -> ItemCollection:
    spec = ItemsDataSpec.model_validate_json(data)
    if spec.source == "sample":
        return load_items(spec)
    source = _open_source(uploads, spec.header, cache_folder)
    return build_items(source, _understand(data, uploads, cache_folder))


@st.cache_resource(max_entries=8, show_spinner=False)
def _describe(data: str, uploads: Uploads, cache_folder: str) -> ItemsSummary:
    collection = _build_collection(data, uploads, cache_folder)
    return describe_items(collection, find_duplicates(collection))


def load_draft_source(draft: Draft) -> ItemSource | None:
    """Return what the draft's files hold, before anything has a part; none for a sample.

    Raises:
        StudioError: they can't be read, or were not kept.
    """
    if not draft.uploads:
        return None
    header = draft.spec.data.header
    return _open_source(draft.uploads, header, str(load_settings().cache_folder))


def load_draft_understanding(draft: Draft) -> Understanding | None:
    """Return which column of the draft's files is what, and why; none for a sample.

    Raises:
        StudioError: nothing in them is a sequence, or a chosen column is not there.
    """
    return _understand(*_name(draft)) if draft.uploads else None


def load_draft_items(draft: Draft) -> ItemCollection:
    """Return the labelled items of the draft; not to be changed.

    Raises:
        StudioError: what was brought cannot be used as the draft says.
    """
    return _build_collection(*_name(draft))


def describe_draft_items(draft: Draft) -> ItemsSummary:
    """Return the items of ``load_draft_items`` in words."""
    return _describe(*_name(draft))


def _name(draft: Draft) -> tuple[str, Uploads, str]:
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.uploads, folder

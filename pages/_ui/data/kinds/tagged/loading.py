"""Tagged sequences, read once for all sessions and keyed by their content."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.loading import load_tagged
from lstm_core.data.tagged.reading.building.build import build_tagged
from lstm_core.data.tagged.reading.columns.understanding import (
    TaggedUnderstanding,
    understand_tagged,
)
from lstm_core.data.tagged.reading.opening import open_tagged
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.tagged.summary import TaggedSummary, describe_tagged
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.settings import load_settings
from lstm_core.spec.tagged import TaggedDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads

Uploads = tuple[Upload, ...]


@remembered("Reading the files…")
def _open_source(uploads: Uploads, header: bool | None, cache_folder: str) -> TaggedSource:
    return open_tagged(read_uploads(uploads, cache_folder), header=header)


@st.cache_resource(max_entries=4, show_spinner="Looking at the columns…")
def _understand(data: str, uploads: Uploads, cache_folder: str) -> TaggedUnderstanding:
    spec = TaggedDataSpec.model_validate_json(data)
    return understand_tagged(_open_source(uploads, spec.header, cache_folder), spec)


@remembered("Checking the sequences…")
def _build_collection(data: str, uploads: Uploads, cache_folder: str) -> TaggedCollection:
    spec = TaggedDataSpec.model_validate_json(data)
    if spec.source == "sample":
        return load_tagged(spec)
    source = _open_source(uploads, spec.header, cache_folder)
    return build_tagged(source, _understand(data, uploads, cache_folder))


@st.cache_resource(max_entries=8, show_spinner=False)
def _describe(data: str, uploads: Uploads, cache_folder: str) -> TaggedSummary:
    return describe_tagged(_build_collection(data, uploads, cache_folder))


def load_draft_tagged_source(draft: Draft) -> TaggedSource | None:
    """Return what the draft's files hold, before anything has a part; none for a sample.

    Raises:
        StudioError: they can't be read, or were not kept.
    """
    if not draft.uploads:
        return None
    header = draft.spec.data.header
    return _open_source(draft.uploads, header, str(load_settings().cache_folder))


def load_draft_tagged_understanding(draft: Draft) -> TaggedUnderstanding | None:
    """Return which column of the draft's files is what, and why; none for a sample.

    Raises:
        StudioError: nothing in them is a tagged sequence, or a chosen column is not there.
    """
    return _understand(*_name(draft)) if draft.uploads else None


def load_draft_tagged(draft: Draft) -> TaggedCollection:
    """Return the tagged sequences of the draft; not to be changed.

    Raises:
        StudioError: what was brought cannot be used as the draft says.
    """
    return _build_collection(*_name(draft))


def describe_draft_tagged(draft: Draft) -> TaggedSummary:
    """Return the sequences of ``load_draft_tagged`` in words."""
    return _describe(*_name(draft))


def _name(draft: Draft) -> tuple[str, Uploads, str]:
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.uploads, folder

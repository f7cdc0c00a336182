"""Running texts, read once for all sessions and keyed by their content."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.loading import load_documents
from lstm_core.data.documents.reading.building import build_documents
from lstm_core.data.documents.reading.opening import open_documents
from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.documents.reading.understanding import (
    DocumentsUnderstanding,
    understand_documents,
)
from lstm_core.data.documents.summary import DocumentsSummary, describe_documents
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.settings import load_settings
from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads

Uploads = tuple[Upload, ...]


@remembered("Reading the files…")
def _open_source(
    uploads: Uploads, header: bool | None, text: str | None, cache_folder: str
) -> DocumentSource:
    return open_documents(read_uploads(uploads, cache_folder), header=header, text_column=text)


@st.cache_resource(max_entries=4, show_spinner="Looking at the texts…")
def _understand(data: str, uploads: Uploads, cache_folder: str) -> DocumentsUnderstanding:
    spec = DocumentsDataSpec.model_validate_json(data)
    return understand_documents(_open(spec, uploads, cache_folder), spec)


@remembered("Checking the texts…")
def _build_collection(data: str, uploads: Uploads, cache_folder: str) -> DocumentCollection:
    spec = DocumentsDataSpec.model_validate_json(data)
    if spec.source == "sample":
        return load_documents(spec)
    source = _open(spec, uploads, cache_folder)
    return build_documents(source, _understand(data, uploads, cache_folder))


@st.cache_resource(max_entries=8, show_spinner="Counting signs and repeated paragraphs…")
def _describe(data: str, uploads: Uploads, cache_folder: str) -> DocumentsSummary:
    return describe_documents(_build_collection(data, uploads, cache_folder))


def load_draft_documents_source(draft: Draft) -> DocumentSource | None:
    """Return what the draft's files hold, before anything has a part; none for a sample.

    Raises:
        StudioError: they can't be read, or were not kept.
    """
    if not draft.uploads:
        return None
    return _open(draft.spec.data, draft.uploads, str(load_settings().cache_folder))


def load_draft_documents_understanding(draft: Draft) -> DocumentsUnderstanding | None:
    """Return which column of the draft's files is what, and why; none for a sample.

    Raises:
        StudioError: nothing in them is running text, or a chosen column is not there.
    """
    return _understand(*_name(draft)) if draft.uploads else None


def load_draft_documents(draft: Draft) -> DocumentCollection:
    """Return the texts of the draft; not to be changed.

    Raises:
        StudioError: what was brought cannot be used as the draft says.
    """
    return _build_collection(*_name(draft))


def describe_draft_documents(draft: Draft) -> DocumentsSummary:
    """Return the texts of ``load_draft_documents`` in words."""
    return _describe(*_name(draft))


def _open(spec: DocumentsDataSpec, uploads: Uploads, cache_folder: str) -> DocumentSource:
    # A column that was chosen makes a text file a table.
    text = None if spec.text == NO_COLUMN else spec.text
    return _open_source(uploads, spec.header, text, cache_folder)


def _name(draft: Draft) -> tuple[str, Uploads, str]:
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.uploads, folder

"""Pairs, read once for all sessions and keyed by their content."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.loading import load_pairs
from lstm_core.data.pairs.reading.building.build import build_pairs
from lstm_core.data.pairs.reading.columns.understanding import (
    PairUnderstanding,
    understand_pairs,
)
from lstm_core.data.pairs.reading.opening import open_pairs
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.data.pairs.summary import PairsSummary, describe_pairs
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.settings import load_settings
from lstm_core.spec.pairs import PairsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads

Uploads = tuple[Upload, ...]


@remembered("Reading the files…")
def _open_source(uploads: Uploads, header: bool | None, cache_folder: str) -> PairSource:
    return open_pairs(read_uploads(uploads, cache_folder), header=header)


@st.cache_resource(max_entries=4, show_spinner="Looking at the columns…")
def _understand(data: str, uploads: Uploads, cache_folder: str) -> PairUnderstanding:
    spec = PairsDataSpec.model_validate_json(data)
    return understand_pairs(_open_source(uploads, spec.header, cache_folder), spec)


@remembered("Checking the pairs…")
def _build_collection(data: str, uploads: Uploads, cache_folder: str) -> PairCollection:
    spec = PairsDataSpec.model_validate_json(data)
    if spec.source == "sample":
        return load_pairs(spec)
    source = _open_source(uploads, spec.header, cache_folder)
    return build_pairs(source, _understand(data, uploads, cache_folder))


@st.cache_resource(max_entries=8, show_spinner=False)
def _describe(data: str, uploads: Uploads, cache_folder: str) -> PairsSummary:
    return describe_pairs(_build_collection(data, uploads, cache_folder))


def load_draft_pairs_source(draft: Draft) -> PairSource | None:
    """Return what the draft's files hold, before anything has a part; none for a sample.

    Raises:
        StudioError: they can't be read, or were not kept.
    """
    if not draft.uploads:
        return None
    header = draft.spec.data.header
    return _open_source(draft.uploads, header, str(load_settings().cache_folder))


def load_draft_pairs_understanding(draft: Draft) -> PairUnderstanding | None:
    """Return which column of the draft's files is what, and why; none for a sample.

    Raises:
        StudioError: no two columns in them hold texts, or a chosen column is not there.
    """
    return _understand(*_name(draft)) if draft.uploads else None


def load_draft_pairs(draft: Draft) -> PairCollection:
    """Return the pairs of the draft; not to be changed.

    Raises:
        StudioError: what was brought cannot be used as the draft says.
    """
    return _build_collection(*_name(draft))


def describe_draft_pairs(draft: Draft) -> PairsSummary:
    """Return the pairs of ``load_draft_pairs`` in words."""
    return _describe(*_name(draft))


def _name(draft: Draft) -> tuple[str, Uploads, str]:
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.uploads, folder

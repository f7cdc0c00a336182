"""Collections and results, read once for all sessions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.runs.snapshots.draft import Draft
from lstm_core.settings import load_settings
from lstm_core.tables import table_from_parquet
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.data.remembering import remembered
from pages._ui.server.services import get_store


@remembered()
def _read_collection(dataset_id: str, home: str) -> Any:
    return get_store().collections.get(dataset_id)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_result(run_id: str, name: str, home: str) -> pd.DataFrame:
    return table_from_parquet(get_store().artifacts.get(run_id, name))


def load_draft_collection(draft: Draft) -> Any:
    """Return the draft's collection, of the kind that its task reads; not to be changed.

    Raises:
        StudioError: what was brought can't be used as the draft says, or its collection was
            deleted.
    """
    data = draft.spec.data
    kind = find_data_kind(data.kind)
    if draft.dataset_id is not None:
        return kind.adapt(load_run_collection(draft.dataset_id), data)
    return kind.load(draft)


def load_run_collection(dataset_id: str) -> Any:
    """Return what a run was trained on; not to be changed."""
    return _read_collection(dataset_id, str(load_settings().home))


def load_result(run_id: str, name: str) -> pd.DataFrame:
    """Return one of a finished run's tables; not to be changed."""
    return _read_result(run_id, name, str(load_settings().home))

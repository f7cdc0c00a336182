"""Tables and datasets, read once for all sessions and keyed by their content."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.loading import load_table
from lstm_core.data.series.cleaning import build_dataset
from lstm_core.data.series.covariates import keep_covariates
from lstm_core.data.series.dataset import Dataset, SourceTable
from lstm_core.errors import NotFoundError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.settings import load_settings
from lstm_core.spec import SeriesDataSpec
from lstm_core.tables import table_from_parquet
from pages._ui.data.draft import Draft
from pages._ui.server.services import get_store


@st.cache_resource(max_entries=4, show_spinner="Reading the table…")
def _load_table(source: str, name: str, upload: str | None, cache_folder: str) -> SourceTable:
    folder = Path(cache_folder)
    try:
        content = ArtifactFolder(folder / "uploads").read(upload) if upload else None
    except NotFoundError as error:
        raise NotFoundError(
            f'The file "{name}" was not kept.',
            "Upload it once more: what you have chosen for it is still there.",
        ) from error
    spec = SeriesDataSpec.model_validate({"source": source, "name": name})
    return load_table(spec, content, cache_folder=folder)


@st.cache_resource(max_entries=4, show_spinner="Checking the table…")
def _build_dataset(data: str, upload: str | None, cache_folder: str) -> Dataset:
    spec = SeriesDataSpec.model_validate_json(data)
    table = _load_table(spec.source, spec.name, upload, cache_folder)
    return build_dataset(table, spec, _choose_roles(data, upload, cache_folder))


@st.cache_resource(max_entries=4, show_spinner=False)
def _choose_roles(data: str, upload: str | None, cache_folder: str) -> RoleChoice:
    spec = SeriesDataSpec.model_validate_json(data)
    return choose_roles(_load_table(spec.source, spec.name, upload, cache_folder), spec)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read_dataset(dataset_id: str, home: str) -> Dataset:
    return get_store().collections.get_as(dataset_id, Dataset)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_result(run_id: str, name: str, home: str) -> pd.DataFrame:
    return table_from_parquet(get_store().artifacts.get(run_id, name))


def fetch_table(data: SeriesDataSpec) -> None:
    """Fetch what a draft is about to begin with, for ``load_draft_table`` to find.

    Raises:
        StudioError: there is none, or only an old copy, which nobody has agreed to.
    """
    folder = load_settings().cache_folder
    with st.spinner("Fetching the prices…"):
        load_table(data, cache_folder=folder, old_copies=False)
    _load_table.clear(data.source, data.name, None, str(folder))
    _choose_roles.clear(data.model_dump_json(), None, str(folder))
    _build_dataset.clear(data.model_dump_json(), None, str(folder))


def load_draft_table(draft: Draft) -> SourceTable:
    """Return the draft's table; not to be changed."""
    data = draft.spec.data
    return _load_table(data.source, data.name, draft.upload, str(load_settings().cache_folder))


def load_draft_roles(draft: Draft) -> RoleChoice:
    """Return what the columns of the draft's table are for, and what else they could be.

    Raises:
        StudioError: the table cannot be used as the draft says.
    """
    return _choose_roles(
        draft.spec.data.model_dump_json(), draft.upload, str(load_settings().cache_folder)
    )


def load_draft_dataset(draft: Draft) -> Dataset:
    """Return the draft's dataset; not to be changed.

    Raises:
        StudioError: the table cannot be used as the draft says, or its dataset was deleted.
    """
    if draft.dataset_id is not None:
        return keep_covariates(load_run_dataset(draft.dataset_id), draft.spec.data)
    return _build_dataset(
        draft.spec.data.model_dump_json(), draft.upload, str(load_settings().cache_folder)
    )


def load_run_dataset(dataset_id: str) -> Dataset:
    return _read_dataset(dataset_id, str(load_settings().home))


def load_result(run_id: str, name: str) -> pd.DataFrame:
    """Return one of a finished run's tables; not to be changed."""
    return _read_result(run_id, name, str(load_settings().home))

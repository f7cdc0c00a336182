"""Tables over time, read once for all sessions and keyed by their content."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from lstm_core.charts.core.selection import sample_preview
from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.loading import ask_online, load_table
from lstm_core.data.profiling.columns import ColumnProfile, describe_columns
from lstm_core.data.profiling.sparks import thin_column
from lstm_core.data.reading.glimpse import glimpse_rows
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.dataset_profile import DatasetProfile, profile_dataset
from lstm_core.data.sources.online.fetching import Answers
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.settings import load_settings
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads
from pages._ui.shell.turns import step_aside

Uploads = tuple[Upload, ...]


@dataclass(frozen=True)
class ColumnLook:
    """A column, and its values thinned to a few; see ``profiling.sparks``."""

    column: ColumnProfile
    spark: list[float]


@remembered("Reading the table…")
def _load_table(origin: str, reading: str, uploads: Uploads, cache_folder: str) -> SourceTable:
    files = read_uploads(uploads, cache_folder)
    spec = SeriesDataSpec.model_validate({**json.loads(origin), "reading": json.loads(reading)})
    content = files[0].content if files else None
    may_ask = spec.source in ONLINE_SOURCES  # once the last answers have been thrown away
    with step_aside() if may_ask else nullcontext():
        return load_table(spec, content, cache_folder=Path(cache_folder))


@remembered("Checking the table…")
def _build_dataset(data: str, uploads: Uploads, cache_folder: str) -> Dataset:
    spec = SeriesDataSpec.model_validate_json(data)
    table = _load_table(*_name_source(spec), uploads, cache_folder)
    return build_dataset(table, spec, _choose_roles(data, uploads, cache_folder))


@st.cache_resource(max_entries=4, show_spinner=False)
def _choose_roles(data: str, uploads: Uploads, cache_folder: str) -> RoleChoice:
    spec = SeriesDataSpec.model_validate_json(data)
    return choose_roles(_load_table(*_name_source(spec), uploads, cache_folder), spec)


@st.cache_resource(max_entries=4, show_spinner=False)
def _look_at_columns(data: str, uploads: Uploads, cache_folder: str) -> list[ColumnLook]:
    spec = SeriesDataSpec.model_validate_json(data)
    table = _load_table(*_name_source(spec), uploads, cache_folder)
    try:
        choice = _choose_roles(data, uploads, cache_folder)
    except StudioError:  # what they hold is told all the same
        choice = None
    return [
        ColumnLook(column, thin_column(table.frame[column.name]))
        for column in describe_columns(table, choice)
    ]


@st.cache_resource(max_entries=8, show_spinner="Looking at the values…")
def _profile(
    data: str, uploads: Uploads, cache_folder: str, series: str | None, target: str | None
) -> DatasetProfile:
    return profile_dataset(_build_dataset(data, uploads, cache_folder), series, target)


@st.cache_resource(max_entries=4, show_spinner=False)
def _sample_preview(data: str, uploads: Uploads, cache_folder: str) -> pd.DataFrame:
    return sample_preview(_build_dataset(data, uploads, cache_folder))


@st.cache_resource(max_entries=4, show_spinner=False)
def _read_rows(name: str, reading: str, uploads: Uploads, cache_folder: str) -> Rows:
    plan = ReadingPlan.model_validate_json(reading)
    (file,) = read_uploads(uploads, cache_folder)
    return glimpse_rows(file.content, name, plan)


def fetch_answers(data: SeriesDataSpec, *, anew: bool = False) -> Answers:
    """Ask Yahoo or FRED for what a draft is about to begin with, for ``load_draft_table`` to find.

    Raises:
        SpecError: a name or download that is not well-formed.
    """
    folder = load_settings().cache_folder
    with st.spinner(f"Fetching the {ONLINE_SOURCES[data.source].contents}…"), step_aside():
        answers = ask_online(data, cache_folder=folder, anew=anew)
    _load_table.clear(*_name_source(data), (), str(folder))
    _choose_roles.clear(data.model_dump_json(), (), str(folder))
    _build_dataset.clear(data.model_dump_json(), (), str(folder))
    for derived in (_look_at_columns, _sample_preview):
        derived.clear(data.model_dump_json(), (), str(folder))
    _profile.clear()
    return answers


def load_draft_table(draft: Draft) -> SourceTable:
    """Return the draft's table; not to be changed.

    Raises:
        StudioError: there is none, or it can't be read.
    """
    source = _name_source(draft.spec.data)
    return _load_table(*source, draft.uploads[-1:], str(load_settings().cache_folder))


def load_draft_rows(draft: Draft) -> Rows | None:
    """Return what a file that can't be read as a table holds; none without a file.

    Raises:
        NotFoundError: the file was swept.
    """
    data = draft.spec.data
    if not draft.uploads:
        return None
    folder = str(load_settings().cache_folder)
    return _read_rows(data.name, data.reading.model_dump_json(), draft.uploads[-1:], folder)


def load_draft_roles(draft: Draft) -> RoleChoice:
    """Return what the columns of the draft's table are for, and what else they could be.

    Raises:
        StudioError: the table cannot be used as the draft says.
    """
    return _choose_roles(*_name(draft))


def load_draft_columns(draft: Draft) -> list[ColumnLook]:
    """Return what each column holds and looks like; without roles where they can't be chosen.

    Raises:
        StudioError: there is no table.
    """
    return _look_at_columns(*_name(draft))


def load_draft_dataset(draft: Draft) -> Dataset:
    """Return the dataset of the draft's table; not to be changed.

    Raises:
        StudioError: the table cannot be used as the draft says.
    """
    return _build_dataset(*_name(draft))


def load_draft_preview(draft: Draft) -> pd.DataFrame:
    """Return the values to be predicted, thinned to be drawn; see ``sample_preview``.

    Raises:
        StudioError: the table cannot be used as the draft says.
    """
    return _sample_preview(*_name(draft))


def load_draft_profile(
    draft: Draft, series: str | None = None, target: str | None = None
) -> DatasetProfile:
    """Return what the values of one series and target look like; see ``profile_dataset``.

    Raises:
        StudioError: the table cannot be used as the draft says.
    """
    return _profile(*_name(draft), series, target)


def _name_source(data: SeriesDataSpec) -> tuple[str, str]:
    origin = data.model_dump_json(include={"source", "name", "download"})
    return origin, data.reading.model_dump_json()


def _name(draft: Draft) -> tuple[str, Uploads, str]:
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.uploads[-1:], folder

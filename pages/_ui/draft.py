"""The session's draft: a spec, and the name of the file that it speaks of. Never data."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lstm_core.spec import DataSpec, ExperimentSpec

SETTING_KEYS = ("data.missing_future", "forecast.", "backtest.", "model.", "training.")
"""What the keys of widgets around settings begin with."""

_KEY = "draft"


@dataclass(frozen=True)
class Draft:
    """What the person has chosen so far.

    ``upload`` is the SHA-256 of the uploaded file's content, for the source ``csv``.
    ``dataset_id`` is that of a recorded dataset, which then stands in for the table.
    ``change`` says what was changed for the person before they saw the settings; may be empty.
    """

    spec: ExperimentSpec
    upload: str | None = None
    dataset_id: str | None = None
    change: str = ""


def get_draft() -> Draft | None:
    return st.session_state.get(_KEY)


def start_draft(data: DataSpec, upload: str | None = None) -> None:
    """Begin anew with another table; settings of the table before are forgotten."""
    draft = get_draft()
    same_table = draft is not None and (
        (draft.spec.data.source, draft.spec.data.name, draft.upload, draft.dataset_id)
        == (data.source, data.name, upload, None)
    )
    if same_table:
        return
    _forget_widgets()
    st.session_state[_KEY] = Draft(ExperimentSpec(data=data), upload)


def start_draft_from(spec: ExperimentSpec, dataset_id: str, change: str = "") -> None:
    """Begin anew with a recorded run's spec, changed or not, and the very dataset it had.

    A file may have been swept and prices may have been corrected since; samples stay as they are.
    """
    _forget_widgets()
    is_sample = spec.data.source == "sample"
    st.session_state[_KEY] = Draft(
        spec, dataset_id=None if is_sample else dataset_id, change=change
    )


def change_draft(spec: ExperimentSpec) -> None:
    """Replace the draft's spec by what the widgets on the page say."""
    draft = get_draft()
    assert draft is not None
    st.session_state[_KEY] = replace(draft, spec=spec)


def put_into_draft(spec: ExperimentSpec) -> None:
    """Replace the draft's spec by one that no widget says; the settings' widgets follow it."""
    change_draft(spec)
    _forget_widgets(SETTING_KEYS)


def put_columns_into_draft(spec: ExperimentSpec) -> None:
    """Replace the draft's spec by one with other columns; all widgets follow it."""
    change_draft(spec)
    _forget_widgets(("columns.", *SETTING_KEYS))


def clear_draft() -> None:
    _forget_widgets()
    st.session_state.pop(_KEY, None)


def _forget_widgets(prefixes: tuple[str, ...] = ("columns.", *SETTING_KEYS)) -> None:
    for key in [key for key in st.session_state if str(key).startswith(prefixes)]:
        del st.session_state[key]

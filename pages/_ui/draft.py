"""The session's draft: a spec, and the name of the file that it speaks of. Never data."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lstm_core.spec import DataSpec, ExperimentSpec

_KEY = "draft"


@dataclass(frozen=True)
class Draft:
    """What the person has chosen so far.

    ``upload`` is the SHA-256 of the uploaded file's content, for the source ``csv``.
    """

    spec: ExperimentSpec
    upload: str | None = None


def get_draft() -> Draft | None:
    return st.session_state.get(_KEY)


def start_draft(data: DataSpec, upload: str | None = None) -> None:
    """Begin anew with another table; settings of the table before are forgotten."""
    draft = get_draft()
    same_table = draft is not None and (
        (draft.spec.data.source, draft.spec.data.name, draft.upload)
        == (data.source, data.name, upload)
    )
    if same_table:
        return
    _forget_widgets()
    st.session_state[_KEY] = Draft(ExperimentSpec(data=data), upload)


def change_draft(spec: ExperimentSpec) -> None:
    """Replace the draft's spec."""
    draft = get_draft()
    assert draft is not None
    st.session_state[_KEY] = replace(draft, spec=spec)


def clear_draft() -> None:
    _forget_widgets()
    st.session_state.pop(_KEY, None)


def _forget_widgets() -> None:
    prefixes = ("columns.", "forecast.", "model.", "training.")
    for key in [key for key in st.session_state if str(key).startswith(prefixes)]:
        del st.session_state[key]

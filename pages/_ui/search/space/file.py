"""The space as a file: taken away, and brought back."""

from __future__ import annotations

import json

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.searches.plan import prepare_base
from lstm_core.searches.space.settings import check_space
from lstm_core.spec.search import SearchSpec, Space, parse_space, space_to_json
from pages._ui.data.draft import Draft
from pages._ui.search.space.desk import SpaceDesk, lay_out
from pages._ui.search.space.numbers import check_numbers
from pages._ui.shell.messages import show_error

_FILE = "tune.file"
_OUTCOME = "tune.file_outcome"

_MOST_MEGABYTES = 1


def show_space_file(desk: SpaceDesk) -> None:
    """Offer the space for download, and take another one; a refused file changes nothing."""
    with st.expander("The space as a file", key="tune.files", icon=":material/data_object:"):
        st.caption(
            "To keep it, to share it, or to start the same search from the command line with "
            "`--space`."
        )
        st.download_button(
            "Download the space",
            json.dumps(desk.content, indent=2),
            file_name="space.json",
            mime="application/json",
            key="tune.download",
            icon=":material/download:",
            on_click="ignore",
        )
        st.file_uploader(
            "Bring a space",
            type="json",
            key=_FILE,
            max_upload_size=_MOST_MEGABYTES,
            help="Takes the place of the one above. A setting is written as section.key; what it "
            "may be is a list, a range, or one value.",
            on_change=_take_file,
            args=(desk.draft,),
        )
        _say_outcome()


def _say_outcome() -> None:
    outcome = st.session_state.get(_OUTCOME)
    if isinstance(outcome, StudioError):
        show_error(StudioError(outcome.what, outcome.remedy or "Mend the file and bring it anew."))
        st.caption("The space above is as it was.")
    elif outcome is not None:
        st.success(outcome, icon=":material/check:")


def _take_file(draft: Draft) -> None:
    st.session_state.pop(_OUTCOME, None)
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        desk = lay_out(draft)
        desk.take(_read_space(file.getvalue(), desk))
    except StudioError as error:
        st.session_state[_OUTCOME] = error
    else:
        st.session_state[_OUTCOME] = "Taken: it is the space above."


def _read_space(content: bytes, desk: SpaceDesk) -> Space:
    """Return a space that can be searched and shown.

    Raises:
        StudioError: it can't, and why.
    """
    space = parse_space(content)
    base, _ = prepare_base(desk.outlook.spec, desk.outlook.collection, SearchSpec())
    check_space(space, base)
    check_numbers(space_to_json(space))
    return space

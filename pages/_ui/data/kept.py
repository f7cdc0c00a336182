"""A draft that goes on with what a recorded run was trained on."""

from __future__ import annotations

import streamlit as st

from pages._ui.data.draft import Draft, link_to_model
from pages._ui.shell.messages import escape_markdown


def show_kept_table(draft: Draft) -> None:
    """Say that a draft goes on with a recorded run's table, whose columns are settled."""
    with st.container(border=True, key="kept_table"):
        st.markdown(
            f"In use: the table of a run, **{escape_markdown(draft.spec.data.name)}**, as it was "
            "then. To give its columns other roles, bring it again."
        )
        link_to_model()

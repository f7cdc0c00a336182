"""What is said of a network on the desk that comes trained, before anything of it is changed."""

from __future__ import annotations

import streamlit as st

from pages._ui.data.draft import link_to_model


def say_it_comes_trained() -> None:
    """Say what a change would make of it, and where it is said how much of it learns."""
    with st.container(border=True, key="designer.comes_trained"):
        st.markdown(
            ":material/warning: **These layers come trained.** Whatever you change, add or remove "
            "makes of them a network of your own, which begins untrained; the way back is Undo."
        )
        link_to_model("Choose how much of it goes on learning")

"""Networks to begin with, each with a sentence on when it helps."""

from __future__ import annotations

import streamlit as st

from lstm_core.models.presets import PRESETS
from pages._ui.designer.actions import choose_preset


def show_presets(is_open: bool) -> None:
    """Offer the presets; what is chosen replaces the network on the desk."""
    with st.expander(
        "Begin with a preset",
        expanded=is_open,
        key="designer.presets",
        icon=":material/dashboard_customize:",
    ):
        columns = st.columns(len(PRESETS))
        for column, (name, preset) in zip(columns, PRESETS.items(), strict=True):
            with column.container(height="stretch"):
                st.button(
                    preset.title,
                    key=f"designer.preset_{name}",
                    on_click=choose_preset,
                    args=(name,),
                    width="stretch",
                )
                st.caption(preset.sentence)

"""Networks to begin with, each with a sentence on when it helps."""

from __future__ import annotations

import streamlit as st

from lstm_core.models.presets import list_presets
from pages._ui.designer.actions import choose_preset
from pages._ui.designer.desk import Desk


def show_presets(desk: Desk) -> None:
    """Offer the presets for this task; what is chosen replaces the network on the desk."""
    spec = desk.outlook.spec
    offered = list_presets(spec, has_decoder=desk.has_decoder)
    with st.expander(
        "Begin with a preset",
        expanded=spec.model.architecture != "custom",
        key="designer.presets",
        icon=":material/dashboard_customize:",
    ):
        columns = st.columns(len(offered))
        for column, (name, preset) in zip(columns, offered.items(), strict=True):
            with column.container(height="stretch"):
                st.button(
                    preset.title,
                    key=f"designer.preset_{name}",
                    on_click=choose_preset,
                    args=(name,),
                    width="stretch",
                )
                st.caption(preset.sentence)

"""Lets a person choose a unit of a text, and remembers which one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_HTML = (
    '<div class="units" role="group" tabindex="0"></div><span class="told" role="status"></span>'
)

_show = st.components.v2.component(
    "lstm_studio_units",
    html=_HTML,
    css=(_FOLDER / "picker.css").read_text(),
    js=(_FOLDER / "picker.js").read_text(),
)


def pick_unit(marked: str, key: str, usual: int, *, first: int = 0) -> int:
    """Show a text, and return the unit that was chosen in it.

    Args:
        marked: as ``charts.language.surprise.mark_surprise`` draws it.
        key: of the widget; another text wants another one.
        usual: what is chosen until somebody chooses.
        first: units at the beginning that can't be chosen; the others count from 0.
    """
    place = f"{key}.chosen"

    def take() -> None:
        chosen = st.session_state[key].get("chosen")
        if isinstance(chosen, int) and chosen >= 0:
            st.session_state[place] = chosen

    chosen: int = st.session_state.get(place, usual)
    _show(
        key=key,
        data={
            "html": marked,
            "chosen": chosen,
            "first": first,
            "label": "The text, unit by unit: arrow keys choose one",
        },
        on_chosen_change=take,
    )
    return chosen

"""What was done to the network, to be taken back and done again; it lasts as long as the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lstm_core.runs.snapshots.draft import Draft, Step
from pages._ui.designer.actions import redo, undo
from pages._ui.shell.messages import escape_markdown


def show_history(draft: Draft) -> None:
    """Offer to take the latest step back, and to do the one again that was taken back."""
    if not draft.past and not draft.ahead:
        return
    with st.container(horizontal=True, key="designer.history"):
        _offer("Undo", draft.past, undo)
        _offer("Redo", draft.ahead, redo)


def show_way_back(draft: Draft) -> None:
    """Offer to take the latest step back where it let go of layers that a person put together."""
    if draft.past and not draft.spec.model.stack and draft.past[-1].values.get("model.stack"):
        _offer("Undo", draft.past, undo)


def _offer(verb: str, steps: Sequence[Step], act: Callable[[], None]) -> None:
    if not steps:
        return
    st.button(
        f"{verb} {escape_markdown(steps[-1].words)}",
        key=f"designer.{verb.lower()}",
        icon=f":material/{verb.lower()}:",
        type="tertiary",
        help="One step at a time; the steps are kept with the draft.",
        on_click=act,
    )

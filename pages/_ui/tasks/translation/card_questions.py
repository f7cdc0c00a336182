"""What is asked on the confirm card itself: which side is given, and what belongs together."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.columns_form import put_parts
from pages._ui.data.draft import Draft
from pages._ui.shell.messages import escape_markdown

_MOST_BUTTONS = 5
_LONGEST_NAME = 40


def ask_for_sides(draft: Draft, understanding: PairUnderstanding) -> None:
    """Offer to turn the sides around, and other columns where another may well be meant."""
    spec = understanding.spec
    st.button(
        f"Turn “{_name(spec.wanted)}” into “{_name(spec.given)}” instead",
        icon=":material/swap_vert:",
        key="card.swap",
        on_click=put_parts,
        args=(draft, {"given": spec.wanted, "wanted": spec.given}),
    )
    finding = understanding.findings["wanted"]
    others = [name for name in finding.others if name != spec.given]
    if not (finding.asks and others):
        return
    st.caption("Turn it into another column instead:")
    with st.container(horizontal=True):
        for number, name in enumerate(others[:_MOST_BUTTONS]):
            st.button(
                _name(name),
                key=f"card.wanted.{number}",
                on_click=put_parts,
                args=(draft, {"wanted": name}),
            )


def ask_for_group(draft: Draft, understanding: PairUnderstanding) -> None:
    """Ask whether pairs belong together, where a column names what they may have in common."""
    finding = understanding.findings["group"]
    name = finding.value or next(iter(finding.others), None)
    if name is None or draft.spec.data.group is not None:
        return
    with st.container(border=True, key="card.group"):
        st.markdown(f":material/group: {escape_markdown(finding.reason)}")
        st.caption(
            "Pairs of one document or person resemble each other. Kept together, they are either "
            "all learnt from or all kept apart, and the verdict tells how good it is with new ones."
        )
        with st.container(horizontal=True):
            if finding.value is None:
                st.button(
                    f"Keep those of one “{_name(name)}” together",
                    key="card.group.together",
                    on_click=put_parts,
                    args=(draft, {"group": name}),
                )
            st.button(
                "They don't belong together",
                key="card.group.apart",
                on_click=put_parts,
                args=(draft, {"group": NO_COLUMN}),
            )


def _name(column: str | None) -> str:
    return escape_markdown((column or "")[:_LONGEST_NAME])

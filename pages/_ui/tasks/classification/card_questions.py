"""What is asked on the confirm card itself: which labels, and whether items belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.items import NO_COLUMN, ItemsDataSpec
from pages._ui.data.draft import Draft, put_columns_into_draft
from pages._ui.shell.messages import errors_shown, escape_markdown

_MOST_BUTTONS = 5
_LONGEST_LABEL = 40


def ask_for_label(draft: Draft, understanding: Understanding) -> None:
    """Offer the other columns of labels, where another may well be meant."""
    finding = understanding.findings["label"]
    if not (finding.asks and finding.others):
        return
    st.caption("Tell apart by another column instead:")
    with st.container(horizontal=True):
        for number, name in enumerate(finding.others[:_MOST_BUTTONS]):
            st.button(
                escape_markdown(name[:_LONGEST_LABEL]),
                key=f"card.label.{number}",
                on_click=_put,
                args=(draft, {"label": name}),
            )


def ask_for_group(draft: Draft, understanding: Understanding) -> None:
    """Ask whether items belong together, where a column has far fewer values than items."""
    finding = understanding.findings["group"]
    if not (finding.asks and finding.others):
        return
    with st.container(border=True, key="card.group"):
        st.markdown(f":material/group: {escape_markdown(finding.reason)}")
        st.caption(
            "Items of one speaker, patient or document resemble each other. Kept together, they "
            "are either all learnt from or all kept apart, and the verdict tells how good it is "
            "with new ones."
        )
        with st.container(horizontal=True):
            st.button(
                f"Keep those of one “{escape_markdown(finding.others[0][:_LONGEST_LABEL])}” "
                "together",
                key="card.group.together",
                on_click=_put,
                args=(draft, {"group": finding.others[0]}),
            )
            st.button(
                "They don't belong together",
                key="card.group.apart",
                on_click=_put,
                args=(draft, {"group": NO_COLUMN}),
            )


def give_roles(spec: ExperimentSpec, roles: Mapping[str, Any]) -> ExperimentSpec:
    """Return the spec with other parts of columns; one that had another by choice loses that.

    With another header, columns have other names: none keeps its part.

    Raises:
        SpecError: a column is given two parts at once.
    """
    data: ItemsDataSpec = spec.data
    freed: dict[str, Any] = {
        part: None
        for part, name in data.columns.items()
        if "header" in roles or (name in roles.values() and part not in roles)
    }
    if "header" in roles:
        freed["channels"] = None
    return spec.with_values({f"data.{part}": value for part, value in {**freed, **roles}.items()})


def _put(draft: Draft, roles: Mapping[str, Any]) -> None:
    with errors_shown():
        put_columns_into_draft(give_roles(draft.spec, roles))

"""What is asked on the confirm card itself: which tags, and whether sequences belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.data.tagged.reading.columns.understanding import TaggedUnderstanding
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.tagged import TaggedDataSpec
from pages._ui.data.draft import Draft, put_columns_into_draft
from pages._ui.shell.messages import errors_shown, escape_markdown

_MOST_BUTTONS = 5
_LONGEST_NAME = 40


def ask_for_tag(draft: Draft, understanding: TaggedUnderstanding) -> None:
    """Offer the other columns of tags, where another may well be meant."""
    finding = understanding.findings["tag"]
    if not (finding.asks and finding.others):
        return
    st.caption("Tag by another column instead:")
    with st.container(horizontal=True):
        for number, name in enumerate(finding.others[:_MOST_BUTTONS]):
            st.button(
                escape_markdown(name[:_LONGEST_NAME]),
                key=f"card.tag.{number}",
                on_click=_put,
                args=(draft, {"tag": name}),
            )


def ask_for_group(draft: Draft, understanding: TaggedUnderstanding) -> None:
    """Ask whether sequences belong together, where a column may name what they have in common."""
    finding = understanding.findings["group"]
    if not (finding.asks and finding.others):
        return
    with st.container(border=True, key="card.group"):
        st.markdown(f":material/group: {escape_markdown(finding.reason)}")
        st.caption(
            "Sequences of one document or person resemble each other. Kept together, they are "
            "either all learnt from or all kept apart, and the verdict tells how good it is with "
            "new ones."
        )
        with st.container(horizontal=True):
            st.button(
                f"Keep those of one “{escape_markdown(finding.others[0][:_LONGEST_NAME])}” "
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

    With another header, columns have other names: none keeps its part. A column may name both the
    sequence and what it belongs to.

    Raises:
        SpecError: a column is given two parts at once.
    """
    data: TaggedDataSpec = spec.data
    freed: dict[str, Any] = {
        part: None
        for part, name in data.columns.items()
        if "header" in roles or _takes(roles, part, name)
    }
    if "content" in roles:
        freed |= {"token": None, "channels": None}
    channels = set(data.channels or ())
    if "header" in roles or ("channels" not in roles and channels & set(_list_columns(roles))):
        freed["channels"] = None
    return spec.with_values({f"data.{part}": value for part, value in {**freed, **roles}.items()})


def _takes(roles: Mapping[str, Any], part: str, name: str) -> bool:
    """Whether a column's new part is one that it can't have beside its old one."""
    if part in roles:
        return False
    new = {other for other, value in roles.items() if value == name and other != "channels"}
    if name in (roles.get("channels") or ()):
        new.add("channels")
    return any({part, other} != {"item", "group"} for other in new)


def _list_columns(roles: Mapping[str, Any]) -> list[str]:
    return [value for value in roles.values() if isinstance(value, str)]


def _put(draft: Draft, roles: Mapping[str, Any]) -> None:
    with errors_shown():
        put_columns_into_draft(give_roles(draft.spec, roles))

"""Entries of the record that can't be read, as lines of the lists that they would stand in."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.unreadable import Unreadable
from pages._ui.server.services import get_store
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.wording import say_age


def show_unreadable(entries: Iterable[Unreadable]) -> None:
    """Show a line for each: what it is, why it can't be read, and a button to delete it."""
    for entry in entries:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{escape_markdown(entry.title)}**", width="content")
                st.badge(
                    "newer version" if entry.is_newer else "damaged",
                    icon=":material/visibility_off:",
                    color="gray",
                )
                st.space("stretch")
                st.button(
                    f"Delete {entry.kind} {entry.id}",  # the icon alone is shown
                    key=f"runs.delete_{entry.id}",
                    icon=":material/delete:",
                    help="Deletes it for good, with all that belongs to it. Where a newer version "
                    "made it, that version can still open it.",
                    type="tertiary",
                    on_click=_delete,
                    args=(entry,),
                )
            reason = entry.reason[:1].upper() + entry.reason[1:]
            st.caption(escape_markdown(f"{reason} · {say_age(entry.created_at)}"))


def _delete(entry: Unreadable) -> None:
    with errors_shown():
        if entry.kind == "run":
            get_store().deletions.delete_run(entry.id)
        else:
            get_store().deletions.delete_group(entry.id, GroupKind(entry.kind))

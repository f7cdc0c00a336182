"""Deleting a run, or a race or a search with its runs: asked for, asked back, done, taken back."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.leftovers import UNDO_SECONDS
from pages._ui.run.run_list import title_run
from pages._ui.server.services import get_store
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.wording import say_age

_ASKED = "runs.asked"
MINUTES = f"{UNDO_SECONDS // 60} minutes"
UNDO = f"You can undo this for {MINUTES}, as long as the disk has room."


def show_delete_button(run: Run) -> None:
    """Show the button that asks; a run that is not finished has to be stopped first."""
    reason = "with its curves, forecast and model." if run.is_finished else "once it is stopped."
    if st.button(
        f"Delete {escape_markdown(title_run(run))}",  # the icon alone is shown
        key=f"runs.delete_{run.id}",
        icon=":material/delete:",
        help=f"Delete this run, {reason}",
        disabled=not run.is_finished,
        type="tertiary",
    ):
        st.session_state[_ASKED] = run.id


def ask_before_deletion(run: Run) -> None:
    """Ask back where this run's button was pressed, and delete it when told so."""
    if st.session_state.get(_ASKED) != run.id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Delete it, with its curves, forecast and model? {UNDO}", width="content")
        if st.button("Delete", key="runs.confirm"):
            get_store().deletions.delete_run(run.id)
            del st.session_state[_ASKED]
            st.rerun()
        if st.button("Keep", key="runs.keep"):
            del st.session_state[_ASKED]
            st.rerun()


def ask_before_deleting_race(group: RunGroup) -> None:
    """Show the button that deletes a race that is over; it asks back."""
    with st.popover("Delete", icon=":material/delete:", type="tertiary"):
        st.markdown(f"Delete it, with all its runs? {UNDO}")
        if st.button("Delete the race", key="race.delete"):
            get_store().deletions.delete_group(group.id, GroupKind.RACE)
            st.switch_page("pages/race.py")


def ask_before_deleting_search(search_id: str) -> None:
    """Show the button that deletes a search that is not under way; it asks back."""
    with st.popover("Delete", icon=":material/delete:", type="tertiary"):
        st.markdown(f"Delete it, with all its trials and runs? {UNDO}")
        if st.button("Delete the search", key="search.delete"):
            get_store().deletions.delete_search(search_id)
            st.switch_page("pages/tune.py")


def show_deleted(kind: GroupKind | None = None) -> None:
    """Say what was deleted lately, by whomever, and offer to take that back.

    Args:
        kind: only groups of this kind; none: runs and groups alike.
    """
    for deleted in get_store().deletions.list_deleted():
        if kind is None or (isinstance(deleted, RunGroup) and deleted.kind is kind):
            _offer_undo(deleted)


def offer_to_restore(deleted_id: str) -> None:
    """Offer to take back that this was deleted, if it was and still can be."""
    for deleted in get_store().deletions.list_deleted():
        if deleted.id == deleted_id:
            _offer_undo(deleted)


def _offer_undo(deleted: Run | RunGroup) -> None:
    assert deleted.deleted_at is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/delete: **Deleted** {say_age(deleted.deleted_at)}: "
            f"{escape_markdown(_name(deleted))}",
            width="content",
        )
        st.button(
            "Undo",
            key=f"deleted.undo_{deleted.id}",
            icon=":material/undo:",
            help=f"Brings it back as it was. It is gone for good {MINUTES} after it was deleted.",
            on_click=_restore,
            args=(deleted,),
        )


def _restore(deleted: Run | RunGroup) -> None:
    with errors_shown():
        if isinstance(deleted, Run):
            get_store().deletions.restore_run(deleted.id)
        else:
            get_store().deletions.restore_group(deleted.id)


def _name(deleted: Run | RunGroup) -> str:
    """Name it as it was called; hostile text is in it."""
    if isinstance(deleted, Run):
        return title_run(deleted)
    what = deleted.name or " · ".join(deleted.settings.get("contestants", ()))
    return f"{deleted.kind} {what or deleted.dataset_name}"

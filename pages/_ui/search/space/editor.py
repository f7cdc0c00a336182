"""Where a search looks: one line for each setting, each to be changed, left out or added."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lstm_core.errors import SpecError, StudioError
from lstm_core.searches.space.settings import list_searchable
from lstm_core.spec.search import SIZES, parse_space
from pages._ui.data.draft import Draft
from pages._ui.search.form.words import SIZE_HELP, say_entry, say_idle
from pages._ui.search.space.desk import SIZE, SpaceDesk, lay_out
from pages._ui.search.space.entry import edit_entry
from pages._ui.search.space.file import show_space_file
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.widget_keys import make_key

_ADD = "tune.add"


def edit_space(desk: SpaceDesk) -> dict[str, DeltaGenerator]:
    """Show the space that lies on the desk, and keep what is changed in it.

    Returns:
        By path, where a message on an entry belongs.

    Raises:
        StudioError: no space can be proposed for the draft.
    """
    with st.container(border=True):
        _choose_size(desk)
        lines = {path: _ask_entry(desk, path) for path in desk.content}
        # After all of them: whether one matters depends on what another is.
        for path, line in lines.items():
            with line:
                _say_entry(desk, path)
        _choose_more(desk)
    show_space_file(desk)
    return lines


def mark_entries(places: Mapping[str, DeltaGenerator], error: StudioError) -> None:
    """Mark the entries that a refusal of the space names."""
    for path, place in places.items():
        if f'"{path}"' in str(error):
            place.caption(f":red[:material/error: {escape_markdown(error.what)}]")


def _choose_size(desk: SpaceDesk) -> None:
    key = make_key(SIZE)
    st.segmented_control(
        "How large a space to look in?",
        SIZES,
        format_func=str.capitalize,
        default=desk.size,
        key=key,
        required=True,
        help=SIZE_HELP,
        on_change=_take_size,
        args=(desk.draft, key),
    )


def _ask_entry(desk: SpaceDesk, path: str) -> DeltaGenerator:
    """Draw the line of an entry; return where its words belong."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        line = st.container(width="stretch", gap=None)
        with st.popover("Change", key=f"tune.open.{path}", icon=":material/edit:", wrap=False):
            _show_editor(desk, path)
    line.markdown(f"**{escape_markdown(desk.words.title(path))}**")
    return line


def _show_editor(desk: SpaceDesk, path: str) -> None:
    title = escape_markdown(desk.words.title(path))
    words = desk.words.get(path)
    st.markdown(f"**{title}**", help=words.help if words else None)
    edit_entry(desk, path)
    if desk.content[path]["when"]:
        st.button(
            "Search it whatever the others are",
            key=f"tune.free.{path}",
            icon=":material/link_off:",
            help="Takes its condition away. A trial whose settings don't go together is refused.",
            on_click=_drop_condition,
            args=(desk.draft, path),
        )
    st.button(
        "Leave it out",
        key=f"tune.drop.{path}",
        icon=":material/remove:",
        help="Not searched: it stays what your draft has.",
        on_click=_leave_out,
        args=(desk.draft, path),
    )
    st.caption(f"In files: `{path}`")


def _say_entry(desk: SpaceDesk, path: str) -> None:
    try:
        entry = parse_space({path: desk.content[path]})[path]
    except SpecError:
        st.caption("No range, list or value yet.")
        return
    said = say_entry(desk.words, path, entry)
    try:
        _, idle = desk.read_space()
    except SpecError:  # told where it is
        idle = {}
    if path in idle:
        said = f"{said} ({say_idle(desk.words, idle[path])})"
    st.caption(escape_markdown(said[:1].upper() + said[1:]))


def _choose_more(desk: SpaceDesk) -> None:
    missing = [path for path in list_searchable(desk.draft.spec) if path not in desk.content]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Add a setting",
            missing,
            index=None,
            format_func=desk.words.title,
            key=_ADD,
            placeholder="Search one more setting",
            label_visibility="collapsed",
            on_change=_add,
            args=(desk.draft,),
            width=320,
        )
        st.button(
            "Back to the proposal",
            key="tune.reset",
            icon=":material/restart_alt:",
            disabled=desk.is_as_proposed,
            help="Takes back every change to this size of space.",
            on_click=_reset,
            args=(desk.draft,),
        )


def _take_size(draft: Draft, key: str) -> None:
    with errors_shown():
        lay_out(draft).choose_size(st.session_state[key])


def _add(draft: Draft) -> None:
    path, st.session_state[_ADD] = st.session_state[_ADD], None
    if path is not None:
        with errors_shown():
            lay_out(draft).add(path)


def _leave_out(draft: Draft, path: str) -> None:
    with errors_shown():
        lay_out(draft).leave_out(path)


def _drop_condition(draft: Draft, path: str) -> None:
    with errors_shown():
        lay_out(draft).drop_condition(path)


def _reset(draft: Draft) -> None:
    with errors_shown():
        lay_out(draft).reset()

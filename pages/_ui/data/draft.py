"""The draft: what the person has chosen so far. It lies in the record; the address names it.

The session keeps only what it saw of it last. So a reload, the way back, a second tab and a server
that was started anew all find the same draft; and what another tab changed meanwhile shows up with
the next click, while the click's own change stays.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.errors import NotFoundError
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.server.services import get_store

ADDRESS = "draft"
"""What the draft's id is called in an address."""

SETTING_KEYS = ("data.missing_future", "task.", "model.", "training.")
"""What the keys of widgets around settings begin with."""

ROLES_OPEN = "data.roles_open"
"""In the session's state: whether the form of the columns was needed to mend the table."""

_OF_THE_TABLE = ("columns.", *SETTING_KEYS, ROLES_OPEN)
_OF_THE_DRAFT = (
    *_OF_THE_TABLE,
    *("data.source", "data.sample", "data.ticker"),
    *("race.names", "race.seeds", "race.epochs"),
)

_SEEN, _LATEST = "draft.seen", "draft.latest"


def get_draft() -> Draft | None:
    """Return the draft that the address names, as it is now; none where it names none.

    Raises:
        StudioError: it names one that is not there, or that can't be read.
    """
    draft_id = st.query_params.get(ADDRESS, "")
    if not draft_id:
        return None
    draft = get_store().drafts.get(draft_id)
    seen = get_seen()
    if seen == draft:
        return seen  # the very same, so that what hangs on it can be told to be up to date
    if seen is not None and seen.id != draft.id:
        _forget_widgets(_OF_THE_DRAFT)
    return _see(draft)


def get_seen() -> Draft | None:
    """Return the draft that the session saw last, as it was then; the page may show another."""
    seen: Draft | None = st.session_state.get(_SEEN)
    return seen


def address_draft() -> dict[str, str]:
    """Return what a link to a page has to carry, so that the page finds the session's draft."""
    seen = get_seen()
    return {} if seen is None else {ADDRESS: seen.id}


def link_to_model(label: str = "Change the model") -> None:
    """Show a link to the settings of the session's draft."""
    st.page_link(
        "pages/model.py", label=label, icon=":material/tune:", query_params=address_draft()
    )


def start_draft(data: SeriesDataSpec, upload: str | None = None) -> Draft:
    """Begin anew with another table, without the settings of the one before; return the draft.

    The table that is in use already goes on as it is. The address is the caller's to change.
    """
    seen = get_seen()
    if seen is not None and _name_table(seen) == (data.source, data.name, upload, None):
        return seen
    _forget_widgets(_OF_THE_TABLE)
    return _see(get_store().drafts.begin(ExperimentSpec(data=data), upload=upload))


def start_draft_from(spec: ExperimentSpec, dataset_id: str, change: str = "") -> Draft:
    """Begin anew with a recorded run's spec, changed or not, and the very dataset it had.

    A file may have been swept and prices may have been corrected since; samples stay as they are.
    """
    _forget_widgets(_OF_THE_TABLE)
    kept = None if spec.data.source == "sample" else dataset_id
    return _see(get_store().drafts.begin(spec, dataset_id=kept, change=change))


def show_in_address(draft: Draft) -> None:
    """Let the address name this draft and nothing else."""
    st.query_params.from_dict({ADDRESS: draft.id})


def return_to_draft(source: str) -> Draft | None:
    """Go on with the draft that this session had last from a source, and return it, if any."""
    latest: dict[str, str] = st.session_state.get(_LATEST, {})
    try:
        draft = get_store().drafts.get(latest.get(source, ""))
    except NotFoundError:  # there was none, or it was swept
        return None
    _forget_widgets(_OF_THE_TABLE)
    show_in_address(_see(draft))
    return draft


def change_draft(spec: ExperimentSpec, words: str = "") -> None:
    """Replace the draft's spec by what the widgets on the page say.

    Args:
        words: say what was done where that can be taken back; see ``Step``.
    """
    seen = get_seen()
    assert seen is not None
    draft = get_store().drafts.change(seen.id, seen.spec, spec, words)
    if draft.spec == spec:
        _see(draft)
    # Otherwise another tab has changed something: the next look at the draft finds out.


def put_into_draft(spec: ExperimentSpec, words: str = "") -> None:
    """Replace the draft's spec by one that no widget says; the settings' widgets follow it."""
    change_draft(spec, words)
    _forget_widgets(SETTING_KEYS)


def keep_in_draft(name: str, value: Any) -> None:
    """Let the session's draft remember what a page was told beside the spec; plain JSON."""
    seen = get_seen()
    assert seen is not None
    if seen.kept.get(name) != value:
        _see(get_store().drafts.keep(seen.id, name, value))


def take_back() -> None:
    """Take the draft's latest step back; the widgets follow."""
    seen = get_seen()
    assert seen is not None
    _see(get_store().drafts.take_back(seen.id))
    _forget_widgets(SETTING_KEYS)


def do_again() -> None:
    """Do the step again that was last taken back; the widgets follow."""
    seen = get_seen()
    assert seen is not None
    _see(get_store().drafts.do_again(seen.id))
    _forget_widgets(SETTING_KEYS)


def put_columns_into_draft(spec: ExperimentSpec) -> None:
    """Replace the draft's spec by one with other columns; all widgets follow it."""
    change_draft(spec)
    _forget_widgets(("columns.", *SETTING_KEYS))


def clear_draft() -> None:
    """Let go of the draft; under its own address it stays until it is swept."""
    _forget_widgets(_OF_THE_DRAFT)
    seen = get_seen()
    if seen is not None:
        st.session_state.get(_LATEST, {}).pop(seen.spec.data.source, None)
    st.session_state.pop(_SEEN, None)
    st.query_params.clear()


def _see(draft: Draft) -> Draft:
    st.session_state[_SEEN] = draft
    st.session_state.setdefault(_LATEST, {})[draft.spec.data.source] = draft.id
    return draft


def _name_table(draft: Draft) -> tuple[str, str, str | None, str | None]:
    return draft.spec.data.source, draft.spec.data.name, draft.upload, draft.dataset_id


def _forget_widgets(prefixes: tuple[str, ...]) -> None:
    for key in _list_keys(prefixes):
        del st.session_state[key]


def _list_keys(prefixes: tuple[str, ...]) -> list[str]:
    return [str(key) for key in st.session_state if str(key).startswith(prefixes)]

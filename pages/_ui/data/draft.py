"""The draft: what the person has chosen so far. It lies in the record; the address names it.

The session keeps only what it saw of it last. So a reload, the way back, a second tab and a server
that was started anew all find the same draft; and what another tab changed meanwhile shows up with
the next click, while the click's own change stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lstm_core.errors import NotFoundError
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import ExperimentSpec
from pages._ui.data.kinds.registry import find_way
from pages._ui.server.services import get_store

ADDRESS = "draft"
"""What the draft's id is called in an address."""

SETTING_KEYS = ("data.missing_future", "task.", "model.", "training.")
"""What the keys of widgets around settings begin with."""

ROLES_OPEN = "data.roles_open"
"""In the session's state: whether the form of the columns was needed to mend the table."""

_OF_THE_TABLE = ("columns.", "reading.", *SETTING_KEYS, ROLES_OPEN)
_OF_THE_DRAFT = (
    *_OF_THE_TABLE,
    *("data.source", "data.task", "data.sample", "data.ticker", "data.fred"),
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


def start_draft(spec: ExperimentSpec, uploads: Sequence[Upload] = ()) -> Draft:
    """Begin anew with other data, without the settings of those before; return the draft.

    What is in use already goes on as it is. The address is the caller's to change.

    Args:
        spec: what is wanted, and of which data; all else left to them.
    """
    seen = get_seen()
    if seen is not None and seen.dataset_id is None and _is_about(seen, spec, uploads):
        return seen
    _forget_widgets(_OF_THE_TABLE)
    return _see(get_store().drafts.begin(spec, uploads=uploads))


def start_draft_from(spec: ExperimentSpec, dataset_id: str, change: str = "") -> Draft:
    """Begin anew with a recorded run's spec, changed or not, and the very collection it had.

    A file may have been swept and prices may have been corrected since; samples stay as they are.
    """
    _forget_widgets(_OF_THE_TABLE)
    kept = None if spec.data.source == "sample" else dataset_id
    return _see(get_store().drafts.begin(spec, dataset_id=kept, change=change))


def show_in_address(draft: Draft) -> None:
    """Let the address name this draft and nothing else."""
    st.query_params.from_dict({ADDRESS: draft.id})


def find_latest(way: str, task: str = "") -> Draft | None:
    """Return the draft that this session had last by a way in, and for a task, if there is one."""
    latest: dict[str, str] = st.session_state.get(_LATEST, {})
    try:
        return get_store().drafts.get(latest.get(f"{way} {task}".strip(), ""))
    except NotFoundError:  # there was none, or it was swept
        return None


def return_to_draft(draft: Draft) -> Draft:
    """Go on with a draft that this session had before."""
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


def name_files(draft: Draft) -> str | None:
    """Return what tells the files of a draft from others; none where there are none."""
    return "+".join(each.sha256 for each in draft.uploads) or None


def clear_draft() -> None:
    """Let go of the draft; under its own address it stays until it is swept."""
    _forget_widgets(_OF_THE_DRAFT)
    seen = get_seen()
    if seen is not None:
        latest: dict[str, str] = st.session_state.get(_LATEST, {})
        for name in _name_ways(seen):
            latest.pop(name, None)
    st.session_state.pop(_SEEN, None)
    st.query_params.clear()


def _see(draft: Draft) -> Draft:
    st.session_state[_SEEN] = draft
    st.session_state.setdefault(_LATEST, {}).update(dict.fromkeys(_name_ways(draft), draft.id))
    return draft


def _name_ways(draft: Draft) -> tuple[str, str]:
    way = find_way(draft.spec.data)
    return way, f"{way} {draft.spec.task.kind}"


def _is_about(draft: Draft, spec: ExperimentSpec, uploads: Sequence[Upload]) -> bool:
    """Whether a draft is for the same task, and of the same data by their origin and content."""
    seen, data = draft.spec.data, spec.data
    is_same = (seen.kind, seen.origin) == (data.kind, data.origin)
    return is_same and draft.uploads == tuple(uploads) and draft.spec.task.kind == spec.task.kind


def _forget_widgets(prefixes: tuple[str, ...]) -> None:
    for key in _list_keys(prefixes):
        del st.session_state[key]


def _list_keys(prefixes: tuple[str, ...]) -> list[str]:
    return [str(key) for key in st.session_state if str(key).startswith(prefixes)]

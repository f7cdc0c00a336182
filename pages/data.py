"""Data: bring something to learn from, read one card, train."""

import streamlit as st

from lstm_core.errors import StudioError
from pages._ui.data.draft import clear_draft, find_latest, get_draft, return_to_draft
from pages._ui.data.finding import await_server, offer_own_draft
from pages._ui.data.kept import show_kept_collection
from pages._ui.data.kinds.face import WayIn
from pages._ui.data.kinds.registry import find_way, list_own_ways
from pages._ui.data.sources import choose_sample, open_sample, upload_files
from pages._ui.shell.messages import errors_shown, show_error
from pages._ui.tasks.registry import find_pages

WAYS = {
    "upload": WayIn(":material/upload_file: Upload a file", upload_files),
    "sample": WayIn(":material/science: Use a sample", choose_sample),
    **list_own_ways(),
}

st.title("What shall it learn from?")
await_server()
try:
    open_sample()
    draft = get_draft()
except StudioError as error:
    draft = None
    show_error(error)
    offer_own_draft()
begun = "upload" if draft is None else find_way(draft.spec.data)
st.session_state.setdefault("data.source", begun)
way: str = (
    st.segmented_control(
        "Where the data comes from",
        list(WAYS),
        format_func=lambda name: WAYS[name].title,
        required=True,
        key="data.source",
        label_visibility="collapsed",
    )
    or begun
)
with errors_shown():
    if draft is not None and find_way(draft.spec.data) != way:
        latest = find_latest(way)
        draft = draft if latest is None else return_to_draft(latest)
    draft = WAYS[way].choose(draft) or draft

if draft is not None and find_way(draft.spec.data) == way:
    if draft.dataset_id is None:
        find_pages(draft.spec).show_card(draft)
    else:
        show_kept_collection(draft)
    if st.button(
        "Start over",
        key="data.start_over",
        type="tertiary",
        help="Puts this draft aside; the browser's way back leads to it.",
    ):
        clear_draft()
        st.rerun()

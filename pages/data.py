"""Data: bring a table, read one card, train."""

import streamlit as st

from lstm_core.errors import StudioError
from pages._ui.data.draft import clear_draft, get_draft, return_to_draft
from pages._ui.data.finding import await_server, offer_own_draft
from pages._ui.data.kept import show_kept_table
from pages._ui.data.sources import choose_sample, choose_ticker, open_sample, upload_file
from pages._ui.shell.messages import errors_shown, show_error
from pages._ui.tasks.registry import find_pages

SOURCES = {
    "upload": (":material/upload_file: Upload a file", upload_file),
    "sample": (":material/science: Use a sample", choose_sample),
    "ticker": (":material/monitoring: Stock prices", choose_ticker),
}
KINDS = {"upload": "csv", "sample": "sample", "ticker": "yahoo"}

st.title("What shall it learn from?")
await_server()
try:
    open_sample()
    draft = get_draft()
except StudioError as error:
    draft = None
    show_error(error)
    offer_own_draft()
begun = (
    "upload"
    if draft is None
    else next(name for name, kind in KINDS.items() if kind == draft.spec.data.source)
)
st.session_state.setdefault("data.source", begun)
source: str = (
    st.segmented_control(
        "Where the data comes from",
        list(SOURCES),
        format_func=lambda name: SOURCES[name][0],
        required=True,
        key="data.source",
        label_visibility="collapsed",
    )
    or begun
)
with errors_shown():
    if draft is not None and draft.spec.data.source != KINDS[source]:
        draft = return_to_draft(KINDS[source]) or draft
    draft = SOURCES[source][1](draft) or draft

if draft is not None and draft.spec.data.source == KINDS[source]:
    if draft.dataset_id is None:
        find_pages(draft.spec).show_card(draft)
    else:
        show_kept_table(draft)
    if st.button(
        "Start over",
        key="data.start_over",
        type="tertiary",
        help="Puts this draft aside; the browser's way back leads to it.",
    ):
        clear_draft()
        st.rerun()

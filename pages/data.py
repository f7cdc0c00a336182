"""Data: bring a table, read one card, train."""

import streamlit as st

from pages._ui.confirm_card import show_confirm_card, show_kept_table
from pages._ui.draft import clear_draft, get_draft
from pages._ui.messages import errors_shown
from pages._ui.sources import choose_sample, choose_ticker, upload_file

SOURCES = {
    "upload": (":material/upload_file: Upload a file", upload_file),
    "sample": (":material/science: Use a sample", choose_sample),
    "ticker": (":material/monitoring: Stock prices", choose_ticker),
}

st.title("What shall it learn from?")
draft = get_draft()
kinds = {"csv": "upload", "sample": "sample", "yahoo": "ticker"}
source = st.segmented_control(
    "Where the data comes from",
    list(SOURCES),
    format_func=lambda name: SOURCES[name][0],
    default=kinds[draft.spec.data.source] if draft else "upload",
    required=True,
    key="data.source",
    label_visibility="collapsed",
)
with errors_shown():
    SOURCES[source][1]()

draft = get_draft()
if draft is not None and kinds[draft.spec.data.source] == source:
    if draft.dataset_id is None:
        show_confirm_card(draft)
    else:
        show_kept_table(draft)
    if st.button("Start over", key="data.start_over", type="tertiary"):
        clear_draft()
        st.rerun()

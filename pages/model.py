"""Model: every setting, with the default that the data suggests, and Train."""

import streamlit as st

from lstm_core.tasks.forecasting.defaults import resolve_spec
from pages._ui.draft import change_draft, get_draft
from pages._ui.forms import edit_forecast, edit_model, edit_training
from pages._ui.loading import load_draft_dataset
from pages._ui.messages import errors_shown
from pages._ui.submission import submit, train_button

st.title("How shall it learn?")
draft = get_draft()
if draft is None:
    st.info("Choose the data first; then every setting has a default that fits it.")
    st.page_link("pages/data.py", label="Choose the data", icon=":material/table:")
    st.stop()

with errors_shown():
    dataset = load_draft_dataset(draft)
    resolved, reasons = resolve_spec(draft.spec, dataset)
    st.caption("Every setting has a default that fits your data. Change what you like.")
    chosen: dict[str, object] = {}
    st.subheader("The question", anchor=False)
    chosen |= edit_forecast(resolved, reasons)
    st.subheader("The network", anchor=False)
    chosen |= edit_model(resolved)
    st.subheader("The learning", anchor=False)
    chosen |= edit_training(resolved)
    before = {
        path: getattr(getattr(resolved, path.split(".")[0]), path.split(".")[1]) for path in chosen
    }
    changed = {path: value for path, value in chosen.items() if value != before[path]}
    if changed:
        wanted = draft.spec.with_values(changed)
        resolve_spec(wanted, dataset)  # refused here, it stays in its field to be corrected
        change_draft(wanted)
        st.rerun()
    if train_button("model.train", "Train"):
        submit("model.train", draft.spec, dataset)

"""Model: every setting, with the default that the data suggests, and Train."""

import streamlit as st

from pages._ui.data.draft import change_draft
from pages._ui.data.finding import await_server, find_draft
from pages._ui.data.loading import load_draft_collection
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.designer.history import show_way_back
from pages._ui.settings.acceptance import accept_changes
from pages._ui.settings.forms import edit_settings
from pages._ui.settings.setting_form import SettingForm
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.tasks.registry import find_pages

st.title("How shall it learn?")
draft = find_draft("Choose the data first; then every setting has a default that fits it.")
if draft is None:
    st.stop()
await_server()

with errors_shown():
    outlook = Outlook.of(draft.spec, load_draft_collection(draft))
    st.caption(
        "Auto is read from your data, and says what it comes to. Change what you like; empty a "
        f"field to go back to Auto. {find_pages(draft.spec).say_unit(outlook)}".rstrip()
    )
    if draft.change:
        st.info(f"Changed for you: {escape_markdown(draft.change)}.", icon=":material/healing:")
    show_way_back(draft)
    if outlook.error is not None:
        show_refusal(outlook.error, outlook, "model")
    elif "data.missing_future" in outlook.reasons:
        st.info(escape_markdown(outlook.reasons["data.missing_future"]))
    form = SettingForm(outlook)
    edit_settings(form)
    wanted, refused = accept_changes(outlook, form.changed)
    form.settle(wanted)
    if wanted != draft.spec:
        lets_go = draft.spec.model.stack and not wanted.model.stack
        change_draft(wanted, "leaving your own network" if lets_go else "")
    for path, error in refused.items():
        with form.places[path]:
            show_refusal(error, outlook, f"model.{path}", {path: form.chosen[path]})
    if refused:
        st.caption("What is marked above was not taken over; correct it, then train.")
    elif outlook.error is None and train_button("model.train", "Train"):
        submit("model.train", wanted, outlook.collection)  # a last change may come with the click
    if wanted != draft.spec:
        st.rerun()

"""Translations of new texts: files go in, a table comes out."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.data.loading import load_run_collection
from pages._ui.data.uploads import take_files
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.tasks.new_files import forget, name_in_address, read_address
from pages._ui.tasks.translation.result.answered import list_answers, offer_answers
from pages._ui.tasks.translation.result.asking_all import ask_about_all, forget_asking
from pages._ui.tasks.translation.result.new_texts import read_new_texts, say_agreement

_FIELD = "run.new_files"
_KEY, _TAKEN = "run.new", "run.new_taken"


@fragment()
def show_new_texts(run: Run) -> None:
    """Let a person bring texts, and show what the model makes of each."""
    st.header("Translate new texts", anchor=False)
    uploads = _take_files()
    if not uploads:
        return
    try:
        collection: PairCollection = load_run_collection(run.dataset_id)
        understood = collection.understood or (run.resolved_spec or run.spec).data
        folder = str(load_settings().cache_folder)
        texts = read_new_texts(uploads, understood.model_dump_json(), folder)
        answers = ask_about_all(run, texts, _KEY)
    except StudioError as error:
        show_error(error)
        return
    if answers is None:
        return
    for note in texts.notes:
        st.caption(escape_markdown(note))
    agreement = say_agreement(texts, answers)
    if agreement:
        st.markdown(escape_markdown(agreement))
    list_answers(answers, key="run.new_table")
    offer_answers(run, answers, "run.download_translations")


def _take_files() -> tuple[Upload, ...]:
    """Return the files that are asked about: those in the field, or those in the address."""
    given = st.file_uploader(
        "A file of texts in the form of those that the model learnt from, or plain text, a text a "
        "line; what is wanted is not needed",
        type=list(find_data_kind("pairs").endings),
        accept_multiple_files=True,
        key=_FIELD,
    )
    taken = [file.file_id for file in given]
    if taken != st.session_state.get(_TAKEN, []):
        st.session_state[_TAKEN] = taken
        forget_asking(_KEY)
        if not given:
            forget()
            return ()
        uploads = take_files(_FIELD, given)
        name_in_address(uploads)
        return uploads
    return read_address()

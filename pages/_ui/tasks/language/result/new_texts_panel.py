"""How surprising new texts are: files go in, a table comes out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.storing import collection_to_bytes
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tables import table_to_csv
from lstm_core.tasks.language.judging.measures import NATS
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.data.loading import load_run_collection
from pages._ui.data.uploads import take_files
from pages._ui.settings.answers import remember
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.tasks.language.result.breakdown_panel import show_documents
from pages._ui.tasks.language.result.new_texts import read_new_texts
from pages._ui.tasks.new_files import forget, name_in_address, read_address

_FIELD = "run.new_files"
_KEY, _TAKEN, _BEGUN = "run.new_asking", "run.new_taken", "run.new_begun"
_ANSWERS = "run.new_surprise"


@fragment()
def show_new_texts(run: Run) -> None:
    """Let a person bring texts, and show how surprising each is."""
    st.header("How surprising are other texts?", anchor=False)
    uploads = _take_files(run)
    if not uploads:
        return
    try:
        collection: DocumentCollection = load_run_collection(run.dataset_id)
        understood = collection.understood or (run.resolved_spec or run.spec).data
        folder = str(load_settings().cache_folder)
        texts = read_new_texts(uploads, understood.model_dump_json(), folder)
        answers = _ask(run, uploads, texts)
    except StudioError as error:
        st.session_state.pop(_BEGUN, None)
        show_error(error)
        return
    if answers is not None:
        _show_surprise(run, texts, answers)


def _take_files(run: Run) -> tuple[Upload, ...]:
    """Return the files that are asked about: those in the field, or those in the address."""
    given = st.file_uploader(
        "Texts in files: those that are like what it learnt from surprise it least",
        type=list(find_data_kind("documents").endings),
        accept_multiple_files=True,
        key=_FIELD,
        help="Which of several texts is by the same author, in the same language, or unlike all "
        "the others? The model tells by its surprise.",
    )
    taken = [file.file_id for file in given]
    if taken != st.session_state.get(_TAKEN, []):
        st.session_state[_TAKEN] = taken
        st.session_state.pop(_BEGUN, None)
        if not given:
            forget()
            return ()
        uploads = take_files(_FIELD, given)
        name_in_address(uploads)
        return uploads
    return read_address()


def _ask(run: Run, uploads: tuple[Upload, ...], texts: DocumentCollection) -> pd.DataFrame | None:
    answers: dict[str, pd.DataFrame] = st.session_state.setdefault(_ANSWERS, {})
    what = ".".join([run.id, *(each.sha256 for each in uploads)])
    if what in answers:
        return answers[what]
    if st.session_state.get(_BEGUN) != what:
        begin(_KEY, AskModel(run.id, texts.kind, collection_to_bytes(texts)))
        st.session_state[_BEGUN] = what
    if not is_asked(_KEY):
        st.button(
            "Ask again",
            key="run.new_again",
            icon=":material/replay:",
            on_click=st.session_state.pop,
            args=(_BEGUN, None),
        )
        return None
    answer = follow(_KEY, AskModel, f"Reading {count_words(texts.num_documents, 'text')}…")
    if answer is not None:
        remember(answers, what, answer)
    return answer


def _show_surprise(run: Run, texts: DocumentCollection, answers: pd.DataFrame) -> None:
    for note in texts.notes:
        st.caption(escape_markdown(note))
    own = (run.metrics or {}).get(NATS.key)
    mean = float(answers["surprise"].sum() / max(1, answers["num_characters"].sum()))
    beside = "" if own is None else f"; the text that it was judged by, by {NATS.format(own)}"
    st.markdown(f"They surprise it by **{NATS.format(mean)} nats a character**{beside}.")
    show_documents(answers.sort_values("nats", ascending=False), "run.new_texts_table")
    st.download_button(
        "Surprise as CSV",
        lambda: table_to_csv(answers),
        file_name=f"surprise-{run.id}.csv",
        mime="text/csv",
        key="run.download_surprise",
        icon=":material/download:",
        on_click="ignore",
    )

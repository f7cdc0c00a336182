"""Tags of new sequences: a file goes in, a table with a tag for each step comes out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.storing import collection_to_bytes
from lstm_core.data.tagged.summary import name_sequence
from lstm_core.data.tagged.words import WordCut
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.data.loading import load_run_collection
from pages._ui.data.uploads import take_files
from pages._ui.settings.answers import remember
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.tasks.new_files import forget, name_in_address, read_address
from pages._ui.tasks.tagging.result.answered import show_answered
from pages._ui.tasks.tagging.result.new_sequences import (
    read_new_sequences,
    say_agreement_of_all,
)
from pages._ui.tasks.tagging.result.posing import get_cut

_FIELD = "run.new_files"
_KEY, _TAKEN, _BEGUN = "run.new_asking", "run.new_taken", "run.new_begun"
_ANSWERS = "run.new_tags"


@fragment()
def show_new_sequences(run: Run) -> None:
    """Let a person bring sequences, and show what the model says of each step."""
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    noun = name_sequence(collection)
    st.header(f"Tag new {noun}s", anchor=False)
    uploads = _take_files(collection, noun)
    if not uploads:
        return
    try:
        understood = collection.understood or (run.resolved_spec or run.spec).data
        folder = str(load_settings().cache_folder)
        cut = get_cut(run) if collection.words is not None else WordCut()
        sequences = read_new_sequences(uploads, understood.model_dump_json(), cut, folder)
        answers = _ask(run, uploads, sequences, noun)
    except StudioError as error:
        st.session_state.pop(_BEGUN, None)
        show_error(error)
        return
    if answers is not None:
        _show_tags(run, sequences, answers, collection)


def _take_files(collection: TaggedCollection, noun: str) -> tuple[Upload, ...]:
    """Return the files that are asked about: those in the field, or those in the address."""
    what = f"A file of {noun}s in the form of those that the model learnt from"
    if collection.words is not None:
        what += ", or plain text, a sentence a line"
    given = st.file_uploader(
        f"{what}; tags are not needed",
        type=list(find_data_kind(collection.kind).endings),
        accept_multiple_files=True,
        key=_FIELD,
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


def _ask(
    run: Run, uploads: tuple[Upload, ...], sequences: TaggedCollection, noun: str
) -> pd.DataFrame | None:
    answers: dict[str, pd.DataFrame] = st.session_state.setdefault(_ANSWERS, {})
    what = ".".join([run.id, *(each.sha256 for each in uploads)])
    if what in answers:
        return answers[what]
    if st.session_state.get(_BEGUN) != what:
        begin(_KEY, AskModel(run.id, sequences.kind, collection_to_bytes(sequences)))
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
    doing = f"Asking about {count_words(sequences.num_sequences, noun)}…"
    answer = follow(_KEY, AskModel, doing)
    if answer is not None:
        remember(answers, what, answer)
    return answer


def _show_tags(
    run: Run, sequences: TaggedCollection, answers: pd.DataFrame, like: TaggedCollection
) -> None:
    for note in sequences.notes:
        st.caption(escape_markdown(note))
    agreement = say_agreement_of_all(sequences, answers["said"].tolist(), like.scheme)
    if agreement:
        st.markdown(escape_markdown(agreement))
    show_answered(
        run,
        sequences,
        answers,
        like,
        key="run.new_tags_table",
        download_key="run.download_tags",
    )

"""Labels of new items: a file goes in, a table with labels and certainty comes out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.storing import collection_to_bytes
from lstm_core.data.items.summary import name_items
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tasks.classification.asking import say_agreement
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.data.loading import load_run_collection
from pages._ui.data.uploads import take_files
from pages._ui.settings.answers import remember
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.tasks.classification.result.labelled_list import show_labelled
from pages._ui.tasks.classification.result.new_items import read_new_items
from pages._ui.tasks.new_files import forget, name_in_address, read_address

_FIELD = "run.new_files"
_KEY, _TAKEN, _BEGUN = "run.new_asking", "run.new_taken", "run.new_begun"
_ANSWERS = "run.new_answers"


@fragment()
def show_new_items(run: Run, names: Sequence[str]) -> None:
    """Let a person bring items, and show what the model says of each."""
    collection: ItemCollection = load_run_collection(run.dataset_id)
    noun = name_items(collection)
    st.header(f"Label new {noun}s", anchor=False)
    uploads = _take_files(collection, noun)
    if not uploads:
        return
    try:
        understood = collection.understood or (run.resolved_spec or run.spec).data
        folder = str(load_settings().cache_folder)
        items = read_new_items(uploads, understood.model_dump_json(), folder)
        answer = _ask(run, uploads, items)
    except StudioError as error:
        st.session_state.pop(_BEGUN, None)
        show_error(error)
        return
    if answer is not None:
        _show_labels(run, names, items, answer)


def _take_files(collection: ItemCollection, noun: str) -> tuple[Upload, ...]:
    """Return the files that are asked about: those in the field, or those in the address."""
    given = st.file_uploader(
        f"A file of {noun}s in the form of those that the model learnt from; labels are not needed",
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


def _ask(run: Run, uploads: tuple[Upload, ...], items: ItemCollection) -> pd.DataFrame | None:
    answers: dict[str, pd.DataFrame] = st.session_state.setdefault(_ANSWERS, {})
    what = ".".join([run.id, *(each.sha256 for each in uploads)])
    if what in answers:
        return answers[what]
    if st.session_state.get(_BEGUN) != what:
        begin(_KEY, AskModel(run.id, items.kind, collection_to_bytes(items)))
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
    answer = follow(_KEY, AskModel, f"Asking about {count_words(items.num_items, 'item')}…")
    if answer is not None:
        remember(answers, what, answer)
    return answer


def _show_labels(
    run: Run, names: Sequence[str], items: ItemCollection, answer: pd.DataFrame
) -> None:
    for note in items.notes:
        st.caption(escape_markdown(note))
    agreement = say_agreement(items, answer["said"].to_numpy())
    if agreement:
        st.markdown(escape_markdown(agreement))
    show_labelled(
        run,
        names,
        items,
        np.arange(len(answer)),
        answer,
        key="run.new_labels",
        download_key="run.download_labels",
        item_key="run.new",
    )

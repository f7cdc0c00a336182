"""The ways in that all tasks share: files and samples. Each ends in a draft in the address."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.draft import Upload
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import ADDRESS, Draft, show_in_address, start_draft
from pages._ui.data.kinds.registry import (
    find_data_kind,
    find_kind_of_task,
    find_sample,
    find_way,
    list_endings,
    list_tasks,
)
from pages._ui.data.uploads import read_uploads, take_files
from pages._ui.data.wishes import ask_for_task, begin_sample, guess_task
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.widget_keys import follow_value
from pages._ui.tasks.registry import get_pages

_SAMPLE = "sample"
"""What a sample's name is called in an address."""

_LONGEST_NAME = 40
"""Of a sample's name in an address; the rest of a longer one says nothing to anybody."""

_FIELD = "data.file"
_TAKEN = "data.taken"
"""In the session's state: the files in the browser's field that a draft was begun with."""

_MOST_NAMED = 4
"""Files; of more, how many there are is said."""


def open_sample() -> None:
    """Begin with the sample that the address names, such as ``/data?sample=sine``.

    Raises:
        SpecError: there is no such sample.
    """
    name = st.query_params.get(_SAMPLE)
    if name is not None and ADDRESS not in st.query_params:
        task, sample = find_sample(name[:_LONGEST_NAME])
        show_in_address(start_draft(begin_sample(task, sample)))


def upload_files(draft: Draft | None) -> Draft | None:
    """Keep uploaded files once, by their content; return the draft that begins with them.

    Returns:
        None while there are no files that are new.
    """
    tasks = list_tasks("upload")
    wanted = " · ".join(
        f"**{get_pages(task).wish}**: {find_kind_of_task(task).wanted}" for task in tasks
    )
    given = st.file_uploader(
        "A file, or several that belong together",
        type=list_endings(),
        accept_multiple_files=True,
        key=_FIELD,
    )
    taken = [file.file_id for file in given]
    if given and st.session_state.get(_TAKEN) != taken:
        draft = _begin(take_files(_FIELD, given))
        st.session_state[_TAKEN] = taken
        show_in_address(draft)
    if draft is None or find_way(draft.spec.data) != "upload":
        st.caption(wanted)
        st.caption(
            f"A file may have up to {st.get_option('server.maxUploadSize')} MB. A larger one is "
            "marked in red and not read: pack it (.zip, .gz), or leave out columns or old rows."
        )
        return None
    used = find_data_kind(draft.spec.data.kind).pick(draft.uploads)
    if used:
        names = ", ".join(escape_markdown(each.name) for each in used[:_MOST_NAMED])
        more = len(used) - _MOST_NAMED
        st.caption(f"In use: {names}{f' and {more:,} more' if more > 0 else ''}")
    if draft.dataset_id is None:
        ask_for_task(draft, tasks)
    return draft


def _begin(uploads: tuple[Upload, ...]) -> Draft:
    files = read_uploads(uploads, str(load_settings().cache_folder))
    task = guess_task(files, list_tasks("upload"))
    data = find_kind_of_task(task).begin(uploads)
    return start_draft(ExperimentSpec(data=data, task={"kind": task}), uploads)


def choose_sample(draft: Draft | None) -> Draft:
    """Let the person choose one of the bundled collections; return the draft of the chosen one."""
    tasks = list_tasks("sample")
    is_sample = draft is not None and find_way(draft.spec.data) == "sample"
    task = draft.spec.task.kind if draft is not None and is_sample else tasks[0]
    samples = find_kind_of_task(task).samples
    current = draft.spec.data.name if draft is not None and is_sample else None
    if draft is None or current not in samples:
        draft = start_draft(begin_sample(task, next(iter(samples.values()))))
        show_in_address(draft)
    ask_for_task(draft, tasks)
    follow_value("data.sample", draft.spec.data.name)
    name = st.selectbox(
        "Which sample?",
        list(samples),
        index=list(samples).index(draft.spec.data.name),
        format_func=lambda name: samples[name].title,
        key="data.sample",
    )
    sample = samples[name]
    st.caption(
        f"{sample.description} {'Real data' if sample.real else 'Synthetic'}, {sample.steps}: "
        f"{sample.origin}"
    )
    st.caption(f":material/school: {sample.teaches}")
    if name == draft.spec.data.name:
        return draft
    begun = start_draft(begin_sample(task, sample))
    show_in_address(begun)
    return begun

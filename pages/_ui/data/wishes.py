"""What somebody wants to do with what they brought: one question, with a first guess."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import (
    Draft,
    find_latest,
    return_to_draft,
    show_in_address,
    start_draft,
)
from pages._ui.data.kinds.face import Sample
from pages._ui.data.kinds.registry import find_kind_of_task, find_way
from pages._ui.shell.widget_keys import follow_value
from pages._ui.tasks.registry import get_pages

_KEY = "data.task"
_ENOUGH = 0.5


def guess_task(files: Sequence[GivenFile], tasks: Sequence[str]) -> str:
    """Return the task that files speak for most.

    Where little speaks for any, it is the first of those that read files with such endings: its
    card says what is wrong with them.
    """
    endings = {file.ending.removeprefix(".") for file in files}
    able = [task for task in tasks if endings <= set(find_kind_of_task(task).endings)]
    able = able or list(tasks)
    if len(able) == 1:
        return able[0]
    rated = {task: find_kind_of_task(task).rate(files) for task in able}
    likeliest = max(able, key=rated.__getitem__)
    return likeliest if rated[likeliest] >= _ENOUGH else able[0]


def begin_sample(task: str, sample: Sample) -> ExperimentSpec:
    """Return the spec that a task begins with on a sample, everything else left to the data."""
    return ExperimentSpec(data=sample.data, task={"kind": task})


def ask_for_task(draft: Draft, tasks: Sequence[str]) -> None:
    """Ask what is wanted, where there is a choice; another wish is another draft.

    Whoever changes their mind again finds the earlier one as it was.
    """
    if len(tasks) < 2:
        return
    follow_value(_KEY, draft.spec.task.kind)
    said = st.segmented_control(
        "What do you want to do with it?",
        tasks,
        default=draft.spec.task.kind,
        format_func=lambda task: f"{get_pages(task).icon} {get_pages(task).wish}",
        required=True,
        key=_KEY,
    )
    if said is not None and said != draft.spec.task.kind:
        _turn(draft, said)
        st.rerun()


def _turn(draft: Draft, task: str) -> None:
    way, kind = find_way(draft.spec.data), find_kind_of_task(task)
    latest = find_latest(way, task)
    if latest is not None and latest.uploads == draft.uploads and latest.dataset_id is None:
        return_to_draft(latest)
    elif draft.uploads:
        spec = ExperimentSpec(data=kind.begin(draft.uploads), task={"kind": task})
        show_in_address(start_draft(spec, draft.uploads))
    else:
        sample = next(iter(kind.samples.values()))
        show_in_address(start_draft(begin_sample(task, sample)))

"""What to take where Yahoo or FRED gave nothing: the last good copy, or a sample."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lstm_core.data.loading import find_online_copies
from lstm_core.data.sources.online.copies import Copy
from lstm_core.data.sources.online.fetching import Answers, say_oldest
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.data.draft import show_in_address, start_draft
from pages._ui.shell.messages import errors_shown, escape_markdown, show_error

_SAMPLES = {"yahoo": ("stocks", "Use the sample of stock prices")}
"""By source, the sample that is most like it."""


def show_nothing_came(answers: Answers, data: SeriesDataSpec) -> None:
    """Say why nothing came, with a button for each other way to some.

    Args:
        data: what was asked for.
    """
    show_error(answers.refuse())
    with st.container(horizontal=True):
        if answers.old:
            copied = data.model_copy(update={"name": ", ".join(answers.old)})
            _offer_copies(copied, answers.old)
        if answers.source.key in _SAMPLES:
            name, label = _SAMPLES[answers.source.key]
            st.button(
                label,
                key=f"data.take_{name}",
                icon=":material/science:",
                on_click=_take_sample,
                args=(name,),
                help=SAMPLES[name].description,
            )


def show_left_out(draft: Draft, reasons: Mapping[str, str]) -> None:
    """Name those that are left out, each with its reason, and offer their older copies."""
    if not reasons:
        return
    told = [f"**{escape_markdown(name)}**: {escape_markdown(why)}" for name, why in reasons.items()]
    st.warning("\n\n".join(["Left out:", *told]), icon=":material/cloud_off:")
    data = draft.spec.data
    left_out = data.model_copy(update={"name": ", ".join(reasons)})
    copies = find_online_copies(left_out, load_settings().cache_folder)
    if copies:
        _offer_copies(data.model_copy(update={"name": ", ".join([data.name, *copies])}), copies)


def _offer_copies(data: SeriesDataSpec, copies: Mapping[str, Copy]) -> None:
    title, contents = ONLINE_SOURCES[data.source].title, ONLINE_SOURCES[data.source].contents
    st.button(
        f"Use the copy of {say_oldest(copies)} ago",
        key="data.take_copy",
        icon=":material/history:",
        on_click=_take,
        args=(data,),
        help=f"The {contents} that {title} gave when it was asked the last time: "
        f"{', '.join(copies)}.",
    )


def _take(data: SeriesDataSpec) -> None:
    with errors_shown():
        show_in_address(start_draft(ExperimentSpec(data=data)))


def _take_sample(name: str) -> None:
    _take(SAMPLES[name].data)
    st.session_state["data.source"] = "sample"
    st.session_state["data.sample"] = name

"""The samples of a task, each a press away from its data page."""

from __future__ import annotations

import streamlit as st

from pages._ui.data.draft import start_draft
from pages._ui.data.kinds.face import Sample
from pages._ui.data.kinds.registry import find_kind_of_task
from pages._ui.data.wishes import begin_sample
from pages._ui.shell.addresses import turn_to
from pages._ui.tasks.registry import get_pages


def show_samples(task: str) -> None:
    """Show what a task is for, and a card for each sample to try it on."""
    samples, pages = find_kind_of_task(task).samples.values(), get_pages(task)
    st.subheader(f"{pages.icon} {pages.wish}", anchor=False)
    st.caption(pages.sentence)
    with st.container(key=f"sample_cards_{task}"):
        for sample in samples:
            with st.container(border=True, height="stretch"):
                _show_card(task, sample)


def _show_card(task: str, sample: Sample) -> None:
    st.markdown(f"**{sample.title}**")
    with st.container(horizontal=True, gap="small"):
        st.badge(sample.steps, icon=":material/timeline:", color="blue")
        st.badge(
            "real data" if sample.real else "synthetic", color="green" if sample.real else "gray"
        )
    st.caption(sample.description)
    st.caption(f":material/school: **{sample.teaches}**")
    if st.button("Look at it", key=f"home.sample_{sample.name}", help=sample.origin):
        turn_to("data", draft=start_draft(begin_sample(task, sample)).id)

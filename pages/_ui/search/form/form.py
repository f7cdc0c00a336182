"""Starting a search: how it goes about it, where it looks, what it will do and take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lstm_core.errors import StudioError
from lstm_core.searches.space.settings import count_points
from lstm_core.spec.search import SearchSpec, Space, parse_search
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import Draft, link_to_model
from pages._ui.data.submission import submit_search, train_button
from pages._ui.run.run_list import name_task
from pages._ui.search.form.plan import Prospect, plan_draft
from pages._ui.search.form.settings import ask_settings, count_slots
from pages._ui.search.form.time import forget_time, show_time
from pages._ui.search.form.words import say_num_points, say_parts
from pages._ui.search.space.desk import SpaceDesk, keep_space, lay_out
from pages._ui.search.space.editor import edit_space, mark_entries
from pages._ui.shell.messages import errors_shown, escape_markdown, show_error

_START = "tune.start"


def show_search_form(draft: Draft) -> None:
    """Ask how and where to search, say what that comes to, and start it when told so."""
    try:
        desk = lay_out(draft)
    except StudioError as error:
        show_error(error)
        link_to_model()
        return
    with errors_shown():
        task = name_task(desk.resolved, desk.outlook.collection.name)
        st.caption(
            f"On {escape_markdown(task)}. Trials are trained with other settings than your "
            "draft's and scored on what they have not learnt from; in the end the best one has to "
            "show that it is better than the draft as it is."
        )
        chosen = ask_settings(desk)
        st.header("Where does it look?", anchor=False)
        lines = edit_space(desk)
        keep_space(desk)
        st.header("What will it do?", anchor=False)
        _offer_start(desk, chosen, lines)


def _offer_start(
    desk: SpaceDesk, chosen: dict[str, Any], lines: Mapping[str, DeltaGenerator]
) -> None:
    prospect = None
    try:
        settings = parse_search(chosen)
        space, _ = desk.read_space()
        num_slots = count_slots(settings)
        _say_size(space, settings)
        prospect = plan_draft(desk, settings, space)
    except StudioError as error:
        forget_time()
        mark_entries(lines, error)
        show_error(StudioError(error.what, error.remedy or "Change it above."))
        st.caption("The search can start once this is mended.")
    else:
        _say_prospect(prospect)
        show_time(prospect, num_slots)
    name = st.text_input(
        "What is it called?",
        key="tune.name",
        max_chars=80,
        placeholder="A name, if you like",
        persist_state="session",
    )
    if train_button(_START, "Start the search", disabled=prospect is None) and prospect:
        submit_search(
            _START, prospect.plan, desk.outlook.collection, prospect.development, name=name.strip()
        )


def _say_size(space: Space, settings: SearchSpec) -> None:
    num_points = count_points(space)
    st.markdown(
        f":material/grid_view: **{say_num_points(num_points)}** At most {settings.num_trials:,} "
        "of them are tried, besides your draft as it is."
    )


def _say_prospect(prospect: Prospect) -> None:
    st.markdown(
        ":material/splitscreen: "
        + say_parts(
            prospect.parts,
            prospect.num_folds,
            prospect.num_test,
            find_kind(prospect.plan.base).nouns.units,
        )
    )

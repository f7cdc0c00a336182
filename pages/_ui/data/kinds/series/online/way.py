"""From names at Yahoo or FRED to a draft, and how old what it begins with is."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.loading import find_online_copies
from lstm_core.data.sources.online.fetching import say_oldest
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.data.draft import keep_in_draft, show_in_address, start_draft
from pages._ui.data.kinds.series.loading import fetch_answers
from pages._ui.data.kinds.series.online.forms import FORMS, Asked
from pages._ui.data.kinds.series.online.offers import show_left_out, show_nothing_came
from pages._ui.shell.messages import show_error

_LEFT_OUT = "left_out"
"""What a draft keeps of the names that nothing came for, with the reason."""


def choose_prices(draft: Draft | None) -> Draft | None:
    """Fetch prices from Yahoo Finance; see ``WayIn``."""
    return _choose("yahoo", draft)


def choose_economy(draft: Draft | None) -> Draft | None:
    """Fetch series from FRED; see ``WayIn``."""
    return _choose("fred", draft)


def _choose(key: str, draft: Draft | None) -> Draft | None:
    """Fetch what is asked for; return the draft that begins with it.

    Returns:
        None until somebody asks for something that there is.
    """
    source = ONLINE_SOURCES[key]
    asked = FORMS[key]()
    st.caption(source.terms)
    if asked is not None and asked["data.name"].strip():
        return _fetch_asked(asked)
    if draft is None or draft.spec.data.source != key or draft.dataset_id is not None:
        return None
    return _show_age(draft) or draft


def _fetch_asked(asked: Asked) -> Draft | None:
    try:
        data = ExperimentSpec().with_values({"data.kind": "series", **asked}).data
    except StudioError as error:
        show_error(error)
        return None
    return _fetch(data)


def _fetch(data: SeriesDataSpec, *, anew: bool = False) -> Draft | None:
    """Begin a draft with those names that something came for; refused here, the draft stays."""
    try:
        answers = fetch_answers(data, anew=anew)
    except StudioError as error:
        show_error(error)
        return None
    if not answers.came:
        show_nothing_came(answers, data)
        return None
    begun = start_draft(
        ExperimentSpec(data=data.model_copy(update={"name": ", ".join(answers.came)}))
    )
    show_in_address(begun)
    reasons = {name: failure.what for name, failure in answers.failed.items()}
    keep_in_draft(_LEFT_OUT, reasons)
    show_left_out(begun, reasons)
    return begun


def _show_age(draft: Draft) -> Draft | None:
    """Say how old the draft's data are, and fetch them anew where that is wanted."""
    data = draft.spec.data
    copies = find_online_copies(data, load_settings().cache_folder)
    if copies:
        with st.container(horizontal=True, vertical_alignment="center"):
            contents = ONLINE_SOURCES[data.source].contents.capitalize()
            st.caption(f"{contents} as of {say_oldest(copies)} ago.")
            again = st.button(
                "Fetch again",
                key="data.fetch_again",
                type="tertiary",
                icon=":material/refresh:",
                help="Whatever the age, the source is asked once more.",
            )
        if again:
            return _fetch(data, anew=True)
    show_left_out(draft, draft.kept.get(_LEFT_OUT, {}))
    return None

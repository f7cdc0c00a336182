"""What is asked on the confirm card itself: what to predict, how far, and what is known ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.data.columns.derived import list_sources
from lstm_core.data.columns.roles import RoleChoice
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft, put_columns_into_draft, put_into_draft
from pages._ui.data.kinds.series.loading import load_draft_table
from pages._ui.data.outlook import Outlook
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.widget_keys import make_key, renew_widgets

MOST_BUTTONS = 6
MOST_KNOWN = 10
"""More columns are chosen in the form below the card."""

_HORIZON, _KNOWN, _OTHER = "card.horizon", "card.known_ahead", "card.predict_other"
_LONGEST_LABEL = 40


def ask_for_target(draft: Draft, choice: RoleChoice) -> None:
    """Offer the other columns that could be predicted; where none stands out, ask for one."""
    if not choice.is_clear:
        st.markdown("**Which column do you want to predict?** Several are possible.")
        names = [*choice.spec.targets, *choice.others]
    elif choice.others:
        names = list(choice.others)
    else:
        return
    with st.container(gap="xsmall"):
        if choice.is_clear:
            st.caption("Predict instead:")
        _show_targets(draft, names)


def _show_targets(draft: Draft, names: Sequence[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for number, name in enumerate(names[:MOST_BUTTONS]):
            st.button(
                escape_markdown(_shorten(name)),
                key=f"card.predict.{number}",
                on_click=_predict,
                args=(draft.spec, name),
            )
    if len(names) > MOST_BUTTONS:
        key = make_key(_OTHER)
        st.selectbox(
            f"or one of {len(names) - MOST_BUTTONS:,} more",
            names[MOST_BUTTONS:],
            index=None,
            key=key,
            placeholder="Choose a column",
            on_change=_predict_other,
            args=(draft.spec, key),
        )


def ask_how_far(draft: Draft, choice: RoleChoice, outlook: Outlook) -> None:
    """Ask for the horizon and for what is known ahead of time; both are filled in."""
    assert outlook.resolved is not None
    _, horizon = outlook.resolved.task.sizes
    unit = outlook.collection.frequency.unit
    left, right = st.columns([1, 2])
    # Each drawing begins with what the draft says; a change is in it before the next.
    st.session_state[_HORIZON] = horizon
    left.number_input(
        f"How many {unit}s ahead?",
        min_value=1,
        max_value=5_000,
        step=1,
        key=_HORIZON,
        on_change=_change_horizon,
        args=(draft.spec,),
        help="Horizon: steps predicted. Each step further ahead is harder, and takes a step away "
        "from what can be learnt.",
    )
    data, frame = choice.spec, load_draft_table(draft).frame
    names = _list_sources(data.covariates, frame)
    known = _list_sources(data.known_future_covariates or (), frame)
    if not 0 < len(names) <= MOST_KNOWN:
        return
    st.session_state[_KNOWN] = known
    right.pills(
        "Known ahead of time",
        names,
        selection_mode="multi",
        format_func=lambda name: escape_markdown(_shorten(name)),
        key=_KNOWN,
        on_change=_change_known,
        args=(draft.spec, names),
        help="Known-future covariates, such as holidays or planned prices. Their future values "
        "stand in rows with an empty target at the end of the table. The others are looked at up "
        "to now.",
    )


def _predict(spec: ExperimentSpec, name: str) -> None:
    """Predict another column; what is looked at follows."""
    values: dict[str, Any] = {"data.targets": [name]}
    values |= {f"data.{role}": None for role in ("past_covariates", "known_future_covariates")}
    put_columns_into_draft(spec.with_values(values))


def _predict_other(spec: ExperimentSpec, key: str) -> None:
    name = st.session_state[key]
    if name is not None:
        renew_widgets(_OTHER)
        _predict(spec, name)


def _change_horizon(spec: ExperimentSpec) -> None:
    wanted = st.session_state[_HORIZON]
    put_into_draft(spec.with_values({"task.horizon": wanted}))


def _change_known(spec: ExperimentSpec, names: list[str]) -> None:
    known = [name for name in names if name in st.session_state[_KNOWN]]
    values = {
        "data.known_future_covariates": known,
        "data.past_covariates": [name for name in names if name not in known],
    }
    put_columns_into_draft(spec.with_values(values))


def _list_sources(names: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Return the columns that covariates come from, in the order of the table."""
    used = {source for name in names for source in list_sources(name, frame)}
    return [str(name) for name in frame.columns if name in used]


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[:_LONGEST_LABEL]}…"

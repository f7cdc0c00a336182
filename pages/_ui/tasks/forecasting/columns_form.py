"""What each column of the table is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from lstm_core.charts.forecasting.preparing import draw_before_after
from lstm_core.data.columns.derived import MOST_LEVELS, may_be_category
from lstm_core.data.columns.offering import offer_columns
from lstm_core.data.columns.roles import expand_covariates
from lstm_core.data.reading.table import SourceTable
from lstm_core.errors import StudioError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec, parse_spec
from lstm_core.tasks.forecasting.framing.previewing import preview_filling
from pages._ui.data.draft import ROLES_OPEN, Draft, change_draft
from pages._ui.data.kinds.series.columns_table import edit_columns_table
from pages._ui.data.kinds.series.loading import load_draft_dataset, load_draft_roles
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.widget_keys import follow_value
from pages._ui.tasks.forecasting.setting_words import WORDS

NO_SERIES = "(one series)"
LONGER_STEPS: dict[str, str] = {
    "": "No, rows as they are",
    "h": "Hours",
    "D": "Days",
    "W-MON": "Weeks, from Monday",
    "MS": "Months",
    "QS": "Quarters",
    "YS": "Years",
}


def edit_columns(draft: Draft, table: SourceTable, *, expanded: bool) -> None:
    """Let the person change the roles; a change is kept in the draft at once."""
    try:
        data = load_draft_roles(draft).spec
    except StudioError:
        data = draft.spec.data  # the card has said why; here is where to mend it
    # What was opened stays open when a choice mends the table, or adds a line above.
    if expanded:
        st.session_state[ROLES_OPEN] = True
    is_open = st.session_state.get(ROLES_OPEN, False)
    with st.expander("Change what the columns are for", expanded=is_open, key="data.roles"):
        by_column, by_role = st.tabs(["Column by column", "Role by role"], key="columns.views")
        with by_column:
            edit_columns_table(draft, table)
        with by_role:
            changed = _choose_by_role(data, table.frame)
        changed |= {
            "missing_future": _choose_missing_future(data),
            "levels": _choose_levels(data, table.frame),
            **_choose_resampling(data),
            "fill": _choose_filling(data),
        }
        _show_filling(draft)
    _keep(draft, data, changed)


def _choose_by_role(data: SeriesDataSpec, frame: pd.DataFrame) -> dict[str, object]:
    """Ask for the columns of each role: what the table of columns says, the other way round."""
    offered = offer_columns(frame)
    names, numbers, causes = map(list, (offered.names, offered.targets, offered.covariates))
    _follow("columns.targets", data.targets, numbers)
    _follow("columns.past_covariates", data.past_covariates, causes)
    _follow("columns.known_future_covariates", data.known_future_covariates, causes)
    times = [*names, ROW_ORDER]
    follow_value("columns.time", data.time if data.time in times else None)
    return {
        "time": st.selectbox(
            "Which column holds the times?",
            times,
            index=0 if data.time in times else None,
            format_func=lambda name: "Rows are in order" if name == ROW_ORDER else name,
            key="columns.time",
            help="Dates, times or whole numbers. Choose “Rows are in order” when there is "
            "no such column and the rows are evenly spaced.",
        ),
        "targets": st.multiselect(
            "What do you want to predict?",
            numbers,
            key="columns.targets",
            disabled=not numbers,
            placeholder="Chosen for you",
            help="The target. Several are predicted together, by one network.",
        ),
        "past_covariates": st.multiselect(
            "What else should it look at?",
            causes,
            key="columns.past_covariates",
            disabled=not causes,
            placeholder="Nothing else",
            help="Past covariates: columns that help, known only afterwards. More is not always "
            "better; each one is something more to learn.",
        ),
        "known_future_covariates": st.multiselect(
            "Which columns are known ahead of time?",
            causes,
            key="columns.known_future_covariates",
            disabled=not causes,
            placeholder="None",
            help="Known-future covariates, such as holidays. Their future values stand in "
            "rows with an empty target at the end of the table.",
        ),
        "series": _choose_series(names, data.series),
        "static": _choose_static(data, causes),
    }


def _choose_filling(data: SeriesDataSpec) -> str:
    words = WORDS["data.fill"]
    follow_value("columns.fill", data.fill)
    chosen: str = st.selectbox(
        words.question,
        list(words.values),
        format_func=words.values.__getitem__,
        key="columns.fill",
        help=words.help,
    )
    return chosen


def _show_filling(draft: Draft) -> None:
    """Show the longest gap as it is filled; nothing where there is none."""
    try:
        dataset = load_draft_dataset(draft)
    except StudioError:
        return  # the card has said why there are no values yet
    preview = preview_filling(dataset)
    if preview is None:
        return
    target, series = (escape_markdown(str(preview[by].iloc[0])) for by in ("target", "series"))
    whose = target if dataset.roles.series is None else f"{target}, {series}"
    st.caption(f"The longest of the gaps ({whose}), as it is filled:")
    st.plotly_chart(
        recall_figure(draw_before_after, preview),
        key="columns.filling",
        config=PLOTLY_CONFIG,
        alt="The longest gap: what was observed around it, and what is put in its place.",
    )


def _follow(key: str, chosen: Sequence[str] | None, options: Sequence[str]) -> None:
    """Let a field of several columns show what the draft says."""
    follow_value(key, [name for name in chosen or () if name in options])


def _choose_missing_future(data: SeriesDataSpec) -> str:
    """Ask what to do when the future is not given far enough, where there is one."""
    if not data.known_future_covariates:
        return data.missing_future
    words = WORDS["data.missing_future"]
    follow_value("data.missing_future", data.missing_future)
    chosen: str = st.selectbox(
        words.question,
        list(words.values),
        format_func=words.values.__getitem__,
        key="data.missing_future",
        help=words.help,
    )
    return chosen


def _choose_static(data: SeriesDataSpec, causes: Sequence[str]) -> Sequence[str]:
    """Ask what describes the series, where there are several."""
    if data.series is None:
        return data.static
    words = WORDS["data.static"]
    _follow("columns.static", data.static, causes)
    return st.multiselect(
        words.question,
        causes,
        key="columns.static",
        disabled=not causes,
        help=words.help,
        placeholder=words.nothing.capitalize(),
    )


def _choose_levels(data: SeriesDataSpec, frame: pd.DataFrame) -> int:
    """Ask how many texts are told apart, where a covariate holds some or could be made of some."""
    is_text = (
        name in frame.columns and len(expand_covariates(frame, [name])) > 1
        for name in data.covariates
    )
    could_be = (may_be_category(frame[name]) for name in frame.columns)
    if not (any(is_text) or data.levels > MOST_LEVELS or any(could_be)):
        return data.levels
    words = WORDS["data.levels"]
    follow_value("columns.levels", data.levels)
    return int(
        st.number_input(
            words.question, min_value=1, max_value=200, key="columns.levels", help=words.help
        )
    )


def _choose_resampling(data: SeriesDataSpec) -> dict[str, str | None]:
    """Ask for longer steps, and for what is made of the rows in one."""
    words = WORDS["data.resample"]
    current = data.resample or ""
    offered = [*LONGER_STEPS, *([current] if current not in LONGER_STEPS else [])]
    follow_value("columns.resample", current)
    alias = st.selectbox(
        words.question,
        offered,
        format_func=lambda alias: LONGER_STEPS.get(alias, alias),
        key="columns.resample",
        help=words.help,
    )
    if not alias:
        return {"resample": None, "aggregate": data.aggregate}
    words = WORDS["data.aggregate"]
    follow_value("columns.aggregate", data.aggregate or "")
    aggregate = st.selectbox(
        words.question,
        ["", *words.values],
        format_func=lambda value: words.values.get(value, "What fits"),
        key="columns.aggregate",
        help=words.help,
    )
    return {"resample": alias, "aggregate": aggregate or None}


def _choose_series(names: list[str], current: str | None) -> str | None:
    joined = [current] if current is not None and current not in names else []
    choices = [NO_SERIES, *names, *joined]
    follow_value("columns.series", current if current in choices else NO_SERIES)
    chosen = st.selectbox(
        "Which column tells several series apart?",
        choices,
        key="columns.series",
        help="For tables that hold several series below each other, such as one for each shop.",
    )
    return None if chosen == NO_SERIES else chosen


def _leave_open(data: SeriesDataSpec) -> dict[str, None]:
    """Return the covariates that nobody chose: they follow the target."""
    roles = ("past_covariates", "known_future_covariates")
    return {role: None for role in roles if getattr(data, role) is None}


def _keep(draft: Draft, shown: SeriesDataSpec, changed: Mapping[str, object]) -> None:
    """Put changed roles into the draft, and draw the page anew if there are any."""
    before = shown.model_dump()
    different = {
        key: value
        for key, value in changed.items()
        if (tuple(value) if isinstance(value, list) else value) != before[key]
    }
    if not different:
        return
    try:
        content = draft.spec.model_dump(mode="json")
        said = draft.spec.data.reading.model_dump(mode="json")
        if "series" in different:
            said["keys"] = [] if different["series"] is None else None
        open_still = _leave_open(draft.spec.data) | {"reading": said}
        content["data"] = shown.model_dump(mode="json") | open_still | different
        wanted = parse_spec(content)
    except StudioError as error:
        show_error(error)
        return
    if wanted != draft.spec:  # an emptied field leaves the choice to the profile, again and again
        change_draft(wanted)
        st.rerun()

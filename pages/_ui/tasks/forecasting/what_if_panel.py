"""What if: other values of what is known ahead of time, and the forecast that they give."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.charts.core.selection import select_history, select_line
from lstm_core.charts.forecasting.what_if import draw_what_if, say_change
from lstm_core.data.series.dataset import SINGLE_SERIES, Dataset
from lstm_core.data.series.what_if.editing import edit_future, keep_series, list_future
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.runs.snapshots.run import Run
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_csv
from lstm_core.tasks.forecasting.framing.examples import use_known_future
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.draft import address_draft, start_draft_from
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.settings.answers import remember
from pages._ui.shell.addresses import turn_to
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.forecasting.what_if_address import begin_anew, begin_with, keep_in_address

_ANSWERS, _RESETS = "run.what_if_answers", "run.what_if_resets"
_KEY, _DIGEST = "run.what_if_asking", "run.what_if_asked"


def show_what_if(run: Run, line: tuple[str, str]) -> None:
    """Let a person change what is known ahead for one line; nothing where nothing is known.

    Args:
        run: a completed one.
        line: series and target as the forecast names them.
    """
    spec = run.resolved_spec or run.spec
    dataset = use_known_future(load_run_collection(run.dataset_id), spec)
    if not dataset.roles.known_future_covariates:
        return
    st.header("What if?", anchor=False)
    verdict = read_verdict(run)
    if isinstance(verdict, ForecastVerdict) and not verdict.follows_covariates(spec):
        _show_that_nothing_follows(run, spec, verdict)
        return
    st.caption(
        "These values are known, or planned, for the steps ahead. Change some, and see what the "
        "model would have forecast. The run itself stays as it is."
    )
    _show_editor(run, line)


def _show_that_nothing_follows(run: Run, spec: ExperimentSpec, verdict: ForecastVerdict) -> None:
    changes: dict[str, Any]
    if verdict.network_share and spec.task.covariates == "none":
        st.caption(
            "This run's network does not read the columns that are known ahead: other values of "
            "them would not change this forecast."
        )
        label, changes = "Let the network read all columns", {"task.covariates": "all"}
    else:
        st.caption(
            "This forecast is a baseline's alone, which looks at the past of its own column and "
            "at nothing else: other values of what is known ahead would not change it."
        )
        label, changes = "Let the network stand alone", {"task.shrink": False}
    if st.button(
        label,
        key="run.stand_alone",
        icon=":material/healing:",
        help="Opens this run's settings with that changed, to look at before you train.",
    ):
        changed = run.spec.with_values(changes)
        start_draft_from(changed, run.dataset_id, change=label)
        turn_to("model", **address_draft())


@fragment()
def _show_editor(run: Run, line: tuple[str, str]) -> None:
    dataset = load_run_collection(run.dataset_id)
    series = SINGLE_SERIES if dataset.roles.series is None else line[0]
    number = dataset.series_names.index(series)
    asked = keep_series(dataset, [series])
    _, horizon = (run.resolved_spec or run.spec).task.sizes
    known = list_future(asked, horizon)
    what = f"{run.id}.{number}"
    edits = _edit(begin_with(what, number, known), what)
    is_changed = not edits.equals(known)
    is_kept = keep_in_address(number, known, edits)
    question = WhatIf(run.id, edits)
    answers: dict[str, pd.DataFrame] = st.session_state.setdefault(_ANSWERS, {})
    with st.container(horizontal=True):
        wanted = st.button(
            "Forecast again",
            key="run.what_if",
            type="primary",
            icon=":material/replay:",
            disabled=not is_changed or question.digest in answers or is_asked(_KEY),
        )
        st.button(
            "Reset",
            key="run.what_if_reset",
            icon=":material/undo:",
            disabled=not is_changed,
            on_click=_reset,
            args=(what, known),
        )
    if is_changed:
        st.caption(
            "The address of this page holds your changes: reload it, or send it to somebody."
            if is_kept
            else "There are too many changes for this page's address: a reload forgets them."
        )
    _ask(question if wanted else None, asked, horizon, answers)
    if is_changed and question.digest in answers:
        _show_answer(run, line, dataset, answers[question.digest])


def _edit(known: pd.DataFrame, what: str) -> pd.DataFrame:
    """Show the grid; return its values in the form of ``known``."""
    times = known.index.get_level_values("time")
    # Columns go by their number: a name from a file may be one that the grid keeps for itself.
    numbers = [str(number) for number in range(known.shape[1])]
    grid = known.set_axis(pd.Index(numbers), axis=1).reset_index(drop=True)
    grid.insert(0, "time", _say_times(times))
    config: dict[str, Any] = {"time": st.column_config.TextColumn("time", pinned=True)}
    config |= {
        number: st.column_config.NumberColumn(str(name), required=True)
        for number, name in zip(numbers, known.columns, strict=True)
    }
    edited = st.data_editor(
        grid,
        column_config=config,
        disabled=["time"],
        hide_index=True,
        # A grid of another key has no edits.
        key=f"run.what_if_grid.{what}.{st.session_state.get(_RESETS, 0)}",
    )
    return edited[numbers].astype(float).set_axis(known.columns, axis=1).set_axis(known.index)


def _say_times(times: pd.Index) -> list[str]:
    if not isinstance(times, pd.DatetimeIndex):
        return [str(time) for time in times]
    whole_days = (times == times.normalize()).all()
    return list(times.strftime("%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M"))


def _reset(what: str, known: pd.DataFrame) -> None:
    st.session_state[_RESETS] = st.session_state.get(_RESETS, 0) + 1
    begin_anew(what, known)


def _ask(
    question: WhatIf | None, dataset: Dataset, horizon: int, answers: dict[str, pd.DataFrame]
) -> None:
    """Ask a worker, if there is something new to ask, and keep the answer."""
    try:
        if question is not None:
            edit_future(dataset, horizon, question.edits)  # refuses before anybody waits
            begin(_KEY, question)
            st.session_state[_DIGEST] = question.digest
        answer = follow(_KEY, WhatIf, "Forecasting with your values…")
    except StudioError as error:
        show_error(error)
        return
    if answer is not None:
        remember(answers, st.session_state.pop(_DIGEST), answer)


def _show_answer(run: Run, line: tuple[str, str], dataset: Dataset, answer: pd.DataFrame) -> None:
    before = select_line(load_result(run.id, "forecast.parquet"), line)
    after = select_line(answer, line)
    st.plotly_chart(
        recall_figure(draw_what_if, select_history(dataset, line), before, after),
        key="run.what_if_forecast",
        config=PLOTLY_CONFIG,
        alt="The forecast with your values, and beneath it the one that was made before.",
    )
    st.markdown(escape_markdown(f"{line[1]}: {say_change(before, after)}"))
    st.download_button(
        "Forecast with your values as CSV",
        lambda: table_to_csv(answer),
        file_name=f"what-if-{run.id}.csv",
        mime="text/csv",
        key="run.what_if_download",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "The dashed line is the forecast as it was. A model knows only what its past held: far "
        "outside of that, its answer is a guess."
    )

"""The first screen of a finished forecast, and what comes below it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lstm_core.charts.core.selection import list_lines, select_history, select_line
from lstm_core.charts.forecasting.forecast import draw_errors_by_step, draw_forecast, draw_residuals
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import name_line, table_to_csv
from lstm_core.tasks.forecasting.reporting import say_total
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.face import ResultParts, Show
from pages._ui.tasks.forecasting.attention_panel import has_attention, show_attention
from pages._ui.tasks.forecasting.breakdown_panel import show_breakdowns
from pages._ui.tasks.forecasting.coverage import show_coverage
from pages._ui.tasks.forecasting.folds_panel import show_folds
from pages._ui.tasks.forecasting.leak_panel import show_leak_check
from pages._ui.tasks.forecasting.what_if_address import find_series
from pages._ui.tasks.forecasting.what_if_panel import show_what_if


def show_answer(run: Run) -> ResultParts:
    """Show the forecast beside what was known; return what comes below."""
    predictions = load_result(run.id, "predictions.parquet")
    forecast = load_result(run.id, "forecast.parquet")
    line = _choose_line(list_lines(forecast), load_run_collection(run.dataset_id).series_names)
    own_predictions = select_line(predictions, line)
    own_forecast = select_line(forecast, line)
    verdict = read_verdict(run)
    assert verdict is not None
    rival = (verdict.best_baseline, title_baseline(verdict.best_baseline, run))
    peers = [(peer.key, peer.title) for peer in verdict.peers]
    history = select_history(load_run_collection(run.dataset_id), line)
    st.plotly_chart(
        recall_figure(draw_forecast, history, own_predictions, own_forecast, rival),
        key="run.forecast",
        config=PLOTLY_CONFIG,
        alt="The past, the model's predictions on the test part, and the forecast with its ranges.",
    )
    _show_total(own_forecast, load_run_collection(run.dataset_id).frequency.unit)
    show_coverage(run)
    tabs: dict[str, Show] = {
        "Where it errs": lambda: show_breakdowns(run, rival, peers),
        "Test folds": lambda: show_folds(run, history, own_predictions),
        "Residuals": lambda: _show_residuals(own_predictions, rival, peers),
    }
    if has_attention(run):
        tabs["Attention"] = lambda: show_attention(run, history, line)
    return ResultParts(
        downloads=lambda: _offer_forecast(run, forecast),
        try_it=lambda: show_what_if(run, line),
        tabs=tabs,
        proof=lambda: show_leak_check(run),
    )


def _show_total(forecast: pd.DataFrame, unit: str) -> None:
    """Say what comes all together, with a range of its own; nothing where it is not counted."""
    said = say_total(forecast, unit)
    if said:
        st.markdown(
            said,
            help="The sum's own 80% range, measured on sums of held-out rows: what is missed at "
            "one step may be missed again at the next, or made up for.",
        )


def _offer_forecast(run: Run, forecast: pd.DataFrame) -> None:
    st.download_button(
        "Forecast as CSV",
        lambda: table_to_csv(forecast),
        file_name=f"forecast-{run.id}.csv",
        mime="text/csv",
        key="run.download_forecast",
        icon=":material/download:",
        on_click="ignore",
    )


def _show_residuals(
    predictions: pd.DataFrame, rival: tuple[str, str], peers: Sequence[tuple[str, str]]
) -> None:
    left, right = st.columns(2)
    left.plotly_chart(
        recall_figure(draw_residuals, predictions),
        key="run.residuals",
        config=PLOTLY_CONFIG,
        alt="Histogram of actual minus predicted on the test part.",
    )
    right.plotly_chart(
        recall_figure(draw_errors_by_step, predictions, rival, peers),
        key="run.errors_by_step",
        config=PLOTLY_CONFIG,
        alt="Mean absolute error at each step ahead, model and best baseline.",
    )
    st.caption(
        "Residuals on the test part, which the model never saw. A pile that is not around zero "
        f"means a systematic error. The best baseline is: {rival[1][:1].lower()}{rival[1][1:]}."
    )


def _choose_line(lines: list[tuple[str, str]], series_names: Sequence[str]) -> tuple[str, str]:
    """Let the person choose a series and target where there are several.

    At first it is the one that the address has edits of.
    """
    if len(lines) == 1:
        return lines[0]
    edited = find_series(series_names)
    first = next((number for number, line in enumerate(lines) if line[0] == edited), 0)
    chosen: tuple[str, str] = st.selectbox(
        "Which series?",
        lines,
        index=first,
        format_func=lambda line: name_line(line, lines),
        key="run.series",
        required=True,
    )
    return chosen

"""A finished run: the verdict, the forecast, and everything behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from lstm_core.charts.core.selection import list_lines, select_history, select_line
from lstm_core.charts.forecasting.forecast import draw_errors_by_step, draw_forecast, draw_residuals
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tables import name_line, table_to_csv
from lstm_core.tasks.forecasting.judging.outcome import ADVICE
from lstm_core.tasks.registry import find_kind
from pages._ui.data.loading import load_result, load_run_dataset
from pages._ui.run.again import offer_again
from pages._ui.run.doctor_panel import show_doctor
from pages._ui.run.export_panel import show_export
from pages._ui.run.live_panel import show_curves
from pages._ui.run.run_settings import show_settings
from pages._ui.run.scores import show_scores
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.share import show_link
from pages._ui.shell.wording import BASELINE_TITLES
from pages._ui.tasks.forecasting.attention_panel import has_attention, show_attention
from pages._ui.tasks.forecasting.breakdown_panel import show_breakdowns
from pages._ui.tasks.forecasting.coverage import show_coverage
from pages._ui.tasks.forecasting.film_panel import show_film
from pages._ui.tasks.forecasting.folds_panel import show_folds
from pages._ui.tasks.forecasting.leak_panel import show_leak_check
from pages._ui.tasks.forecasting.what_if_address import find_series
from pages._ui.tasks.forecasting.what_if_panel import show_what_if


def show_result(run: Run) -> None:
    """Show what came of a finished run, whatever it was."""
    if not run.has_result:
        _show_unfinished(run)
        return
    if run.is_stopped_early:
        st.info(escape_markdown(run.message), icon=":material/stop_circle:")
    _show_verdict(run)
    predictions = load_result(run.id, "predictions.parquet")
    forecast = load_result(run.id, "forecast.parquet")
    line = _choose_line(list_lines(forecast), load_run_dataset(run.dataset_id).series_names)
    own_predictions = select_line(predictions, line)
    own_forecast = select_line(forecast, line)
    assert run.verdict is not None
    best = run.verdict["best_baseline"]
    rival = (best, BASELINE_TITLES[best])
    history = select_history(load_run_dataset(run.dataset_id), line)
    st.plotly_chart(
        draw_forecast(history, own_predictions, own_forecast, rival),
        key="run.forecast",
        config=PLOTLY_CONFIG,
        alt="The past, the model's predictions on the test part, and the forecast with its ranges.",
    )
    show_coverage(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Forecast as CSV",
            lambda: table_to_csv(forecast),
            file_name=f"forecast-{run.id}.csv",
            mime="text/csv",
            key="run.download_forecast",
            icon=":material/download:",
            on_click="ignore",
        )
        show_link(run.id)
    _offer_next_steps(run)
    show_doctor(run)
    show_what_if(run, line)
    panels: dict[str, Callable[[], None]] = {
        "Against the baselines": lambda: show_scores(run),
        "Where it errs": lambda: show_breakdowns(run, rival),
        "Test folds": lambda: show_folds(run, history, own_predictions),
        "Residuals": lambda: _show_residuals(own_predictions, rival),
        **({"Attention": lambda: show_attention(run, history, line)} if has_attention(run) else {}),
        "Learning curves": lambda: _show_learning(run),
        "Settings": lambda: show_settings(run),
        "Code": lambda: show_export(run),
    }
    for tab, show in zip(st.tabs(list(panels)), panels.values(), strict=True):
        with tab:
            show()
    show_leak_check(run)


def _show_residuals(predictions: pd.DataFrame, rival: tuple[str, str]) -> None:
    left, right = st.columns(2)
    left.plotly_chart(
        draw_residuals(predictions),
        key="run.residuals",
        config=PLOTLY_CONFIG,
        alt="Histogram of actual minus predicted on the test part.",
    )
    right.plotly_chart(
        draw_errors_by_step(predictions, rival),
        key="run.errors_by_step",
        config=PLOTLY_CONFIG,
        alt="Mean absolute error at each step ahead, model and best baseline.",
    )
    st.caption(
        "Residuals on the test part, which the model never saw. A pile that is not around zero "
        f"means a systematic error; {rival[1]} is the best baseline."
    )


def _show_verdict(run: Run) -> None:
    assert run.verdict is not None
    sentence = f"**{escape_markdown(run.verdict['sentence'])}**"
    outcome = find_kind(run.spec).read_outcome(run.verdict, run.metrics, run.baselines)
    if outcome == "win":
        st.success(sentence, icon=":material/thumb_up:")
    else:
        advice = escape_markdown(ADVICE[outcome])
        st.warning(f"{sentence}\n\n{advice}", icon=":material/balance:")
    if blend := run.verdict.get("blend"):
        st.caption(escape_markdown(blend))


def _show_unfinished(run: Run) -> None:
    messages = {
        RunStatus.FAILED: st.error,
        RunStatus.CANCELLED: st.info,
        RunStatus.INTERRUPTED: st.warning,
        RunStatus.PRUNED: st.info,
    }
    messages[run.status](escape_markdown(run.message))
    _offer_next_steps(run)
    _show_learning(run)


def _show_learning(run: Run) -> None:
    points = get_store().runs.get_epochs(run.id)
    show_curves(run, points)
    show_film(run, points)


def _offer_next_steps(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_again(run)
        st.page_link("pages/data.py", label="Choose other data", icon=":material/table:")


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

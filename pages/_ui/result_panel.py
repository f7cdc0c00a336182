"""A finished run: the verdict, the forecast, and everything behind them."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.forecast import draw_errors_by_step, draw_forecast, draw_residuals
from lstm_core.charts.selection import list_lines, select_history, select_line
from lstm_core.runs.run import Run
from lstm_core.runs.status import RunStatus
from lstm_core.tables import table_to_csv
from pages._ui.draft import get_draft
from pages._ui.live_panel import show_curves
from pages._ui.loading import load_result, load_run_dataset
from pages._ui.messages import escape_markdown
from pages._ui.plotly_options import PLOTLY_CONFIG
from pages._ui.run_settings import show_settings
from pages._ui.scores import show_scores
from pages._ui.services import get_store
from pages._ui.share import show_link
from pages._ui.wording import BASELINE_TITLES


def show_result(run: Run) -> None:
    """Show what came of a finished run, whatever it was."""
    if run.status is not RunStatus.COMPLETED:
        _show_unfinished(run)
        return
    _show_verdict(run)
    predictions = load_result(run.id, "predictions.parquet")
    forecast = load_result(run.id, "forecast.parquet")
    line = _choose_line(list_lines(forecast))
    own_predictions = select_line(predictions, line)
    own_forecast = select_line(forecast, line)
    assert run.verdict is not None
    best = run.verdict["best_baseline"]
    rival = (best, BASELINE_TITLES[best])
    st.plotly_chart(
        draw_forecast(
            select_history(load_run_dataset(run.dataset_id), line),
            own_predictions,
            own_forecast,
            rival,
        ),
        key="run.forecast",
        config=PLOTLY_CONFIG,
        alt="The past, the model's predictions on the test part, and the forecast.",
    )
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
        _link_next_steps()
    scores, errors, curves, settings = st.tabs(
        ["Against the baselines", "Residuals", "Learning curves", "Settings"]
    )
    with scores:
        show_scores(run)
    with errors:
        left, right = st.columns(2)
        left.plotly_chart(
            draw_residuals(own_predictions),
            key="run.residuals",
            config=PLOTLY_CONFIG,
            alt="Histogram of actual minus predicted on the test part.",
        )
        right.plotly_chart(
            draw_errors_by_step(own_predictions, rival),
            key="run.errors_by_step",
            config=PLOTLY_CONFIG,
            alt="Mean absolute error at each step ahead, model and best baseline.",
        )
        st.caption(
            "Residuals on the test part, which the model never saw. A pile that is not around "
            f"zero means a systematic error; {BASELINE_TITLES[best].lower()} is the best baseline."
        )
    with curves:
        show_curves(run, get_store().get_epochs(run.id))
    with settings:
        show_settings(run)


def _show_verdict(run: Run) -> None:
    assert run.verdict is not None
    sentence = f"**{escape_markdown(run.verdict['sentence'])}**"
    if run.verdict["beats_baseline"]:
        st.success(sentence, icon=":material/thumb_up:")
    else:
        st.warning(
            f"{sentence}\n\nA simple rule does as well here. More data, another target or a "
            "shorter horizon may change that.",
            icon=":material/balance:",
        )


def _show_unfinished(run: Run) -> None:
    messages = {
        RunStatus.FAILED: st.error,
        RunStatus.CANCELLED: st.info,
        RunStatus.INTERRUPTED: st.warning,
    }
    messages[run.status](escape_markdown(run.message))
    with st.container(horizontal=True):
        _link_next_steps()
    show_curves(run, get_store().get_epochs(run.id))


def _link_next_steps() -> None:
    if get_draft() is not None:
        st.page_link("pages/model.py", label="Change the settings", icon=":material/tune:")
    st.page_link("pages/data.py", label="Choose other data", icon=":material/table:")


def _choose_line(lines: list[tuple[str, str]]) -> tuple[str, str]:
    """Let the person choose a series and target where there are several."""
    if len(lines) == 1:
        return lines[0]
    several_targets = len({target for _, target in lines}) > 1

    def say(line: tuple[str, str]) -> str:
        series, target = line
        return f"{series} · {target}" if several_targets and series != target else series

    chosen: tuple[str, str] = st.selectbox(
        "Which series?", lines, format_func=say, key="run.series", required=True
    )
    return chosen

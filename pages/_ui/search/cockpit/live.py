"""How a search gets on: the best so far, and the learning curves over one another."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.searches.curves import draw_trial_curves
from lstm_core.charts.searches.live import draw_live_curves, make_live_rows, spans_decades
from lstm_core.charts.searches.progress import draw_best_over_time
from lstm_core.charts.training.curves import ZOOM_NAME
from lstm_core.searches.outcome.standing import SearchStanding
from pages._ui.server.services import get_store
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_ALT = "Validation loss of each trial after each epoch; the best trial is highlighted."


def show_progress_charts(standing: SearchStanding, table: pd.DataFrame) -> None:
    """Show both charts beside one another; nothing before the first epoch.

    Args:
        table: of trials, see ``tune_axes.make_table``.
    """
    curves = get_store().trials.get_curves(standing.search.id)
    if curves.empty:
        return
    left, right = st.columns(2)
    with left:
        st.markdown("**The best so far**")
        default = standing.default
        st.plotly_chart(
            recall_figure(
                draw_best_over_time,
                table,
                standing.measure,
                standing.larger_is_better,
                default=None if default is None else default.score,
                baseline=standing.baseline,
            ),
            key="search.best",
            config=PLOTLY_CONFIG,
            alt="Score of each trial over time, and the best of them so far.",
        )
    with right:
        st.markdown("**How they learn**")
        _show_curves(standing, curves)


def _show_curves(standing: SearchStanding, curves: pd.DataFrame) -> None:
    best = None if standing.winner is None else standing.winner.number
    if not standing.search.status.is_active:
        st.plotly_chart(
            draw_trial_curves(curves, best), key="search.curves", config=PLOTLY_CONFIG, alt=_ALT
        )
        return
    running = [trial.number for trial in standing.running]
    limit = standing.running[-1].limit if standing.running else None
    rows = make_live_rows(curves, best, running, limit)
    st.vega_lite_chart(
        rows,
        draw_live_curves(spans_decades(rows)),
        height=360,
        key="search.live_curves",
        on_select="rerun",
        selection_mode=ZOOM_NAME,
        alt=_ALT,
    )

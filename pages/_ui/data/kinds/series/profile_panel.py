"""What a series is like: its seasons, its level, what is missing, what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from lstm_core.charts.series.rhythm import draw_autocorrelation, draw_periodogram
from lstm_core.charts.series.values import draw_distribution, draw_lags, draw_missing
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.dataset_profile import DatasetProfile
from lstm_core.data.series.profile.wording import say_profile
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.series.loading import load_draft_profile
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_KEY = "data.profile"
_MOST_RELATED = 6


@dataclass(frozen=True)
class _Chart:
    name: str
    question: str
    help: str
    figure: go.Figure


def show_profile(draft: Draft, dataset: Dataset) -> None:
    """Show what the values look like, worked out when it is unfolded."""
    folded = st.expander("What the values are like", key=_KEY, on_change="rerun")
    if not folded.open:
        return
    with folded, errors_shown():
        series = _choose("Which series?", dataset.series_names, f"{_KEY}.series")
        target = _choose("Which column?", dataset.roles.targets, f"{_KEY}.target")
        profile = load_draft_profile(draft, series, target)
        with st.container(gap="xsmall"):
            for sentence in say_profile(profile, dataset.frequency.unit):
                st.markdown(f"• {escape_markdown(sentence)}")
        charts = _list_charts(profile)
        for first in range(0, len(charts), 2):
            for column, chart in zip(st.columns(2), charts[first : first + 2], strict=False):
                with column:
                    _show(chart)


def _choose(question: str, names: Sequence[str], key: str) -> str | None:
    """Ask for one of several; none where there is but one."""
    if len(names) < 2:
        return None
    return st.selectbox(question, names, key=key, required=True)


def _list_charts(profile: DatasetProfile) -> list[_Chart]:
    seasons = [season.steps for season in profile.seasons]
    alike, periods = profile.autocorrelation, profile.periodogram
    charts = [
        _Chart(
            "autocorrelation",
            "How alike are values some steps apart?",
            "Autocorrelation (ACF). Bars within the grey band can be chance. Peaks come back with "
            "the seasons, which are marked.",
            draw_autocorrelation(alike.values[1:], alike.bound, seasons),
        ),
        _Chart(
            "periodogram",
            "What do the ups and downs go by?",
            "Periodogram: the share of the variance that each period has.",
            draw_periodogram(periods.periods, periods.shares, seasons),
        ),
    ]
    spread = profile.distributions.get(profile.target)
    if spread is not None:
        charts.append(
            _Chart(
                "distribution",
                "How are the values spread?",
                "Histogram of the known values, over all series.",
                draw_distribution(spread.edges, spread.counts),
            )
        )
    missing = profile.missing
    if any(missing.totals):
        charts.append(
            _Chart(
                "missing",
                "Where are values missing?",
                "Missing map, over all series: the darker, the more is missing.",
                draw_missing(missing.columns, list(missing.starts), missing.shares),
            )
        )
    related = profile.related[:_MOST_RELATED]
    if related:
        kind = "Correlations of the changes" if related[0].of_changes else "Correlations"
        charts.append(
            _Chart(
                "related",
                "What goes with it, so many steps later?",
                f"{kind} of the target with other columns at lags. A column that is furthest from "
                "0 some steps before the target helps to predict it.",
                draw_lags({each.column: each.correlations for each in related}),
            )
        )
    return charts


def _show(chart: _Chart) -> None:
    st.markdown(f"**{chart.question}**", help=chart.help)
    st.plotly_chart(
        chart.figure,
        key=f"{_KEY}.{chart.name}",
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        alt=chart.help,
    )

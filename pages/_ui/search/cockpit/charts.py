"""What the trials tell about the settings: charts that one can steer, drawn when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lstm_core.charts.searches.axes import Axis
from lstm_core.charts.searches.importance import draw_importance
from lstm_core.charts.searches.parallel import draw_parallel_coordinates
from lstm_core.charts.searches.progress import draw_cost
from lstm_core.charts.searches.slices import draw_slices
from lstm_core.charts.searches.surface import draw_contour
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from pages._ui.search.cockpit.axes import FEW, list_axes, make_table, rank_paths
from pages._ui.server.services import get_store
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_DRAWN = "search.drawn"
_SLICES_BESIDE = 2


@dataclass(frozen=True)
class _Insight:
    """A search as its charts see it; ``paths`` are ranked by importance."""

    standing: SearchStanding
    table: pd.DataFrame
    axes: Mapping[str, Axis]
    paths: Sequence[str]

    @property
    def measure(self) -> str:
        return self.standing.measure

    @property
    def larger_is_better(self) -> bool:
        return self.standing.larger_is_better

    def choose(self, paths: Sequence[str]) -> list[Axis]:
        return [self.axes[path] for path in paths]


@fragment()
def show_insight(search_id: str) -> None:
    """Show the charts as of now; they stay as they are until somebody asks for newer ones."""
    standing = read_standing(get_store(), search_id)
    mark_drawn(standing)
    if not count_scored(standing):
        return
    axes = list_axes(standing)
    ranked = rank_paths(axes, standing.search.importances or [])
    insight = _Insight(standing, make_table(standing), axes, ranked)
    st.header("What the settings do")
    titles = list(_TABS) if len(axes) > 1 else [each for each in _TABS if each != _SURFACE]
    tabs = st.tabs(titles, key="search.tab", on_change="rerun")
    for tab, title in zip(tabs, titles, strict=True):
        if tab.open:
            with tab:
                _TABS[title](insight)


def mark_drawn(standing: SearchStanding) -> None:
    """Remember which trials are in the charts that this session sees."""
    st.session_state[_DRAWN] = (standing.search.id, count_scored(standing))


def count_undrawn(standing: SearchStanding) -> int:
    """Return how many trials have come to a score since the charts were drawn."""
    search_id, num_drawn = st.session_state.get(_DRAWN, ("", 0))
    return count_scored(standing) - (num_drawn if search_id == standing.search.id else 0)


def count_scored(standing: SearchStanding) -> int:
    return sum(trial.score is not None for trial in standing.trials)


def _show_parallel(insight: _Insight) -> None:
    chosen = st.multiselect(
        "Which settings?",
        list(insight.axes),
        default=list(insight.paths[:FEW]),
        format_func=lambda path: insight.axes[path].title,
        key="search.axes",
    )
    _draw(
        draw_parallel_coordinates(
            insight.table,
            insight.choose(chosen),
            insight.measure,
            insight.larger_is_better,
        ),
        "search.parallel",
        "Each trial as a line through its settings, coloured by its score.",
    )
    st.caption(
        "A line is a trial. Drag along an axis to pick a range of it; a click on the range lets go."
    )


def _show_importance(insight: _Insight) -> None:
    found = insight.standing.search.importances
    columns = ["path", "importance", "deviation"]
    table = pd.DataFrame(found or [], columns=columns)
    titles = {path: axis.title for path, axis in insight.axes.items()}
    _draw(
        draw_importance(table, titles, "how much worse the forest guesses without it"),
        "search.importance",
        "How much each setting bears on the score.",
    )
    st.caption(
        "Permutation importance of a random forest: a forest learns to guess the score from the "
        "settings, then one setting is shuffled among the trials that a tree has not learnt from. "
        "The more its guesses get worse, as a share of the scores' variance, the more that setting "
        "matters. Lines are the standard deviation among parts of the forest. It says nothing of "
        "which value is good; with few trials it is a hint, no more."
    )


def _show_slices(insight: _Insight) -> None:
    figures = draw_slices(
        insight.table, insight.choose(insight.paths), insight.measure, insight.larger_is_better
    )
    columns = st.columns(_SLICES_BESIDE)
    for number, (path, figure) in enumerate(zip(insight.paths, figures, strict=True)):
        with columns[number % _SLICES_BESIDE]:
            title = insight.axes[path].title
            _draw(figure, f"search.slice_{path}", f"Score of each trial against: {title}.")
    st.caption(
        "A dot is a trial; its colour tells early ones from late ones, the star is the best."
    )


def _show_surface(insight: _Insight) -> None:
    chosen = []
    for column, question, place in zip(st.columns(2), ("Across", "Upwards"), range(2), strict=True):
        chosen.append(
            column.selectbox(
                question,
                insight.paths,
                index=place,
                format_func=lambda path: insight.axes[path].title,
                key=f"search.surface_{place}",
            )
        )
    if chosen[0] == chosen[1]:
        st.info("Choose two different settings.")
        return
    across, upwards = insight.choose(chosen)
    _draw(
        draw_contour(insight.table, across, upwards, insight.measure, insight.larger_is_better),
        "search.contour",
        "The score over two settings, joined between neighbouring trials.",
    )
    st.caption(
        "Between trials the colours are joined by straight lines: a guess, not a result. Other "
        "settings differ from dot to dot as well."
    )


def _show_cost(insight: _Insight) -> None:
    _draw(
        draw_cost(insight.table, insight.measure, insight.larger_is_better),
        "search.cost",
        "Score of each trial against the seconds that it took.",
    )
    st.caption("On the line: no other trial is both faster and better.")


def _draw(figure: go.Figure, key: str, alt: str) -> None:
    st.plotly_chart(figure, key=key, config=PLOTLY_CONFIG, alt=alt)


_SURFACE = "Two settings"
_TABS: dict[str, Callable[[_Insight], None]] = {
    "All settings at once": _show_parallel,
    "What matters": _show_importance,
    "Each setting": _show_slices,
    _SURFACE: _show_surface,
    "Error and time": _show_cost,
}

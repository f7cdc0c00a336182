"""The forecast that stands on the card before anything is trained."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.forecasting.forecast import draw_ahead
from lstm_core.errors import StudioError
from lstm_core.settings import load_settings
from lstm_core.tasks.forecasting.pretrained.preview.making import (
    Preview,
    list_history,
    preview_dataset,
)
from lstm_core.tasks.forecasting.pretrained.preview.words import say_expected, say_past
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.series.loading import load_draft_dataset
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_MOST_LINES = 12
"""Of many series, the largest are forecast: nobody waits for a thousand."""
_MADE_OF = (
    "By an LSTM that was trained once, on millions of made-up series; it has seen nothing real, "
    "and nothing of yours was learnt from."
)


def show_ahead(draft: Draft, horizon: int | None) -> None:
    """Show what a pre-trained network expects, or say why it can't know.

    Args:
        horizon: steps ahead; none: as many as are usual.
    """
    dataset = load_draft_dataset(draft)
    try:
        preview = _preview(draft, _name(draft), horizon)
    except StudioError as error:
        with st.container(key="ahead.refused"):
            st.caption(f"No forecast before training: {escape_markdown(error.what)}")
        return
    with st.container(key="ahead"):
        number = _choose_line(preview)
        line = preview.lines[number]
        season = preview.seasons[0] if preview.seasons else 1
        st.markdown(f"**{escape_markdown(say_expected(preview, dataset.frequency, number))}**")
        st.plotly_chart(
            draw_ahead(list_history(dataset, line), preview.forecast_of(number), season),
            key="ahead.chart",
            config=PLOTLY_CONFIG,
            alt="The last seasons, and the forecast with its ranges before anything is trained.",
        )
        said = say_past(preview.past, dataset.frequency, season)
        st.caption(escape_markdown(f"{said} {_MADE_OF}"))
        for note in preview.notes:
            st.caption(escape_markdown(note))


@st.cache_resource(max_entries=8, show_spinner=False)
def _preview(_draft: Draft, name: tuple[str, ...], horizon: int | None) -> Preview:
    exchange = _draft.spec.task.exchange
    return preview_dataset(
        load_draft_dataset(_draft),
        horizon,
        exchange=exchange,
        with_total=True,
        most_lines=_MOST_LINES,
    )


def _name(draft: Draft) -> tuple[str, ...]:
    """Name what the preview follows from."""
    uploads = (upload.sha256 for upload in draft.uploads[-1:])
    folder = str(load_settings().cache_folder)
    return draft.spec.data.model_dump_json(), draft.spec.task.exchange, folder, *uploads


def _choose_line(preview: Preview) -> int:
    """Ask which of several series is shown: their sum first, then the largest ones."""
    if len(preview.lines) == 1:
        return 0
    chosen = st.selectbox(
        "Series",
        range(len(preview.lines)),
        key="ahead.line",
        format_func=lambda number: preview.lines[number].label,
    )
    return int(chosen or 0)

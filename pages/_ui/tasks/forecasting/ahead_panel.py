"""The forecast that stands on the card before anything is trained."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.forecasting.forecast import draw_ahead
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.settings import load_settings
from lstm_core.tables import table_to_csv
from lstm_core.tasks.forecasting.pretrained.preview.making import (
    Preview,
    list_history,
    preview_dataset,
)
from lstm_core.tasks.forecasting.pretrained.preview.taking import take_forecast
from lstm_core.tasks.forecasting.pretrained.preview.words import say_expected, say_past
from pages._ui.data.draft import Draft, keep_in_draft
from pages._ui.data.kinds.series.loading import load_draft_dataset
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.share import show_draft_link
from pages._ui.shell.widget_keys import follow_value

_TAKE, _LINE = "ahead.take", "ahead.line"
_KEPT = "ahead"
"""What the draft remembers the chosen series by."""
_MOST_LINES = 12
"""Of many series, the largest are forecast: nobody waits for a thousand."""
_MADE_OF = (
    "By an LSTM that was trained once, on millions of made-up series; it has seen nothing real, "
    "and nothing of yours was learnt from."
)


def show_ahead(draft: Draft, horizon: int | None) -> None:
    """Show what a pre-trained network expects, and offer to take it; or say why it can't know.

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
        number = _choose_line(draft, preview)
        line = preview.lines[number]
        season = preview.seasons[0] if preview.seasons else 1
        st.markdown(f"**{escape_markdown(say_expected(preview, dataset.frequency, number))}**")
        st.plotly_chart(
            recall_figure(
                draw_ahead, list_history(dataset, line), preview.forecast_of(number), season
            ),
            key="ahead.chart",
            config=PLOTLY_CONFIG,
            alt="The last seasons, and the forecast with its ranges before anything is trained.",
        )
        said = say_past(preview.past, dataset.frequency, season)
        st.caption(escape_markdown(f"{said} {_MADE_OF}"))
        for note in preview.notes:
            st.caption(escape_markdown(note))
        _offer_forecast(draft, dataset, preview)


def _offer_forecast(draft: Draft, dataset: Dataset, preview: Preview) -> None:
    """Offer to make a run of the forecast, and its table; or say why it can be no run."""
    spec = take_forecast(draft.spec, preview)
    error = Outlook.of(spec, dataset).error
    with st.container(horizontal=True, vertical_alignment="center"):
        if error is None and train_button(
            _TAKE,
            "Take this forecast",
            primary=False,
            icon=":material/bookmark_add:",
            help="Makes a run of it, in seconds, as nothing is trained: judged beside the "
            "baselines, with a link to send, what-if, newer data and code. "
            + ("Each series has its forecast there." if len(preview.lines) > 1 else ""),
        ):
            submit(_TAKE, spec, dataset)
        st.download_button(
            "Forecast as CSV",
            lambda: table_to_csv(preview.table),
            file_name="forecast.csv",
            mime="text/csv",
            key="ahead.download",
            icon=":material/download:",
            on_click="ignore",
        )
        show_draft_link(draft.id)
    if error is not None:
        with st.container(key="ahead.untaken"):
            st.caption(f"It can't be kept as a run: {escape_markdown(str(error))}")


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


def _choose_line(draft: Draft, preview: Preview) -> int:
    """Ask which of several series is shown: their sum first, then the largest ones.

    The draft remembers it, so that a reload and another page find it again.
    """
    labels = [line.label for line in preview.lines]
    if len(labels) == 1:
        return 0
    kept = draft.kept.get(_KEPT)
    follow_value(_LINE, labels.index(kept) if kept in labels else 0)
    chosen = st.selectbox(
        "Series",
        range(len(labels)),
        key=_LINE,
        format_func=labels.__getitem__,
        on_change=_keep_line,
        args=(labels,),
        required=True,
    )
    return int(chosen or 0)


def _keep_line(labels: Sequence[str]) -> None:
    keep_in_draft(_KEPT, labels[st.session_state[_LINE]])

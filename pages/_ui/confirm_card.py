"""The confirm card: what was found in the table, what will be predicted, and Train."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.forecast import draw_preview
from lstm_core.charts.selection import sample_preview
from lstm_core.data.summary import DatasetSummary, describe_dataset
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from pages._ui.columns_form import edit_columns
from pages._ui.draft import Draft
from pages._ui.loading import load_draft_dataset, load_draft_table
from pages._ui.messages import escape_markdown, show_error
from pages._ui.plotly_options import PLOTLY_CONFIG
from pages._ui.submission import submit, train_button


def show_confirm_card(draft: Draft) -> None:
    """Show the card; when the table can't be used as it is, say why and let it be changed."""
    try:
        table = load_draft_table(draft)
    except StudioError as error:
        show_error(error)
        return
    with st.container(border=True, key="confirm_card"):
        try:
            dataset = load_draft_dataset(draft)
            spec, reasons = resolve_spec(draft.spec, dataset)
        except StudioError as error:
            show_error(error)
            edit_columns(draft, table, expanded=True)
            return
        summary = describe_dataset(dataset)
        left_out = [reasons["data.series"]] if "data.series" in reasons else []
        _say_what_was_found(summary, spec, dataset.frequency.unit, [*summary.notes, *left_out])
        st.plotly_chart(
            draw_preview(sample_preview(dataset)),
            key="data.preview",
            config=PLOTLY_CONFIG,
            alt="The values to be predicted, over time.",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if train_button("data.train", "Train"):
                submit("data.train", draft.spec, dataset)
            st.page_link("pages/model.py", label="Change the model", icon=":material/tune:")
        edit_columns(draft, table, expanded=False)


def _say_what_was_found(
    summary: DatasetSummary, spec: ExperimentSpec, unit: str, notes: list[str]
) -> None:
    targets = ", ".join(f"**{escape_markdown(name)}**" for name in summary.targets)
    st.subheader(escape_markdown(summary.title), anchor=False)
    st.markdown(
        f"Predicting {targets}, **{spec.forecast.horizon} {unit}s ahead**, from "
        f"the {spec.forecast.lookback} before."
    )
    st.caption(f"From {escape_markdown(summary.first)} to {escape_markdown(summary.last)}.")
    for note in notes:
        st.caption(f"• {escape_markdown(note)}")

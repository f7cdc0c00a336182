"""Texts with what the model makes of them: listed, to be taken away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv

MOST_ROWS = 2_000
_SURE = (
    "How likely the model held each unit of the translation, on average (geometric mean): what is "
    "low is worth a look."
)
_UNKNOWN = "Units of the text that were never met in training, and are read as gaps."
_WHOLE = "Whether the translation came to its end, or was cut where it became too long."


def list_answers(answers: pd.DataFrame, key: str) -> None:
    """List texts with their translations.

    Args:
        answers: see ``answering.tabulate_answers``.
    """
    shown = answers.head(MOST_ROWS)
    columns = ["source", "said", "certainty"]
    columns += ["num_unknown"] if shown["num_unknown"].any() else []
    columns += ["is_whole"] if not shown["is_whole"].all() else []
    st.dataframe(
        shown[columns],
        column_config={
            "source": st.column_config.TextColumn("given"),
            "said": st.column_config.TextColumn("the model says"),
            "certainty": st.column_config.NumberColumn("sure", help=_SURE, format="percent"),
            "num_unknown": st.column_config.NumberColumn("unknown", help=_UNKNOWN),
            "is_whole": st.column_config.CheckboxColumn("whole", help=_WHOLE),
        },
        hide_index=True,
        key=key,
    )
    if len(shown) < len(answers):
        st.caption(f"The first {len(shown):,} of {len(answers):,}; the files have all.")


def offer_answers(run: Run, answers: pd.DataFrame, key: str) -> None:
    """Offer them as a table, and as text."""
    with st.container(horizontal=True):
        st.download_button(
            "Translations as CSV",
            lambda: table_to_csv(answers),
            file_name=f"translations-{run.id}.csv",
            mime="text/csv",
            key=key,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Translations as text",
            lambda: write_lines(answers),
            file_name=f"translations-{run.id}.txt",
            mime="text/plain",
            key=f"{key}_text",
            icon=":material/download:",
            on_click="ignore",
            help="A line each, in the order of what was given.",
        )


def write_lines(answers: pd.DataFrame) -> str:
    """Return a line for each translation, whatever signs are in it."""
    return "".join(f"{' '.join(str(said).split())}\n" for said in answers["said"])

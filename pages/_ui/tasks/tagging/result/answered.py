"""Sequences with the tags that the model gives them: shown, listed, to be taken away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from lstm_core.charts.tagging.sentence import draw_legend, mark_sentence
from lstm_core.charts.tagging.stretches import choose_colours, find_stretches
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from pages._ui.tasks.tagging.result.conll import write_conll
from pages._ui.tasks.tagging.result.posing import pose_sequence
from pages._ui.tasks.tagging.result.told import Told, show_told

MOST_SHOWN = 10
"""Sentences that are shown with their tags in them."""

MOST_ROWS = 2_000
"""Steps that are listed."""


def show_answered(
    run: Run,
    sequences: TaggedCollection,
    answers: pd.DataFrame,
    like: TaggedCollection,
    *,
    key: str,
    download_key: str,
) -> None:
    """Show the first sequences with what is said of them, and all of it as a table and as files.

    Args:
        sequences: those that ``answers`` has the steps of, in their order.
        like: what the model has learnt from.
        key, download_key: of the table, and of the files.
    """
    if sequences.words is None:
        _show_recording(sequences, answers, like, key)
    else:
        _show_sentences(sequences, answers, like)
    with st.container(horizontal=True):
        st.download_button(
            "Tags as CSV",
            lambda: table_to_csv(answers),
            file_name=f"tags-{run.id}.csv",
            mime="text/csv",
            key=download_key,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Tags as CoNLL",
            lambda: write_conll(answers, ["token", "said"]),
            file_name=f"tags-{run.id}.conll",
            mime="text/plain",
            key=f"{download_key}_conll",
            icon=":material/download:",
            on_click="ignore",
        )
    shown = answers.head(MOST_ROWS)
    columns = ["token", "said", "certainty", "item", "step"]
    st.dataframe(
        shown[columns if sequences.words is not None else columns[1:]],
        column_config={
            "said": st.column_config.TextColumn("the model says"),
            "certainty": st.column_config.NumberColumn(
                "sure",
                help="How likely this tag is, by what the model says.",
                format="percent",
            ),
        },
        hide_index=True,
        key=key,
    )
    if len(shown) < len(answers):
        st.caption(f"The first {len(shown):,} of {len(answers):,} steps; the files have all.")


def _show_sentences(
    sequences: TaggedCollection, answers: pd.DataFrame, like: TaggedCollection
) -> None:
    colours = choose_colours(like.types)
    said, certainties = answers["said"].to_numpy(), answers["certainty"].to_numpy()
    types: set[str] = set()
    for number in range(min(MOST_SHOWN, sequences.num_sequences)):
        steps = sequences.find_steps(number)
        tags = [str(tag) for tag in said[steps]]
        types |= {each.type for each in find_stretches(tags, like.scheme)}
        words = sequences.get_words(number)
        st.html(mark_sentence(words, tags, like.scheme, colours, certainties[steps].tolist()))
    if like.scheme == "bio" and types:
        st.html(draw_legend(sorted(types), colours))
    if sequences.num_sequences > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {sequences.num_sequences:,} sentences.")


def _show_recording(
    sequences: TaggedCollection, answers: pd.DataFrame, like: TaggedCollection, key: str
) -> None:
    number = st.selectbox(
        "Recording",
        range(sequences.num_sequences),
        format_func=lambda place: str(sequences.ids[place]),
        key=f"{key}_recording",
        width=320,
    )
    own = answers.iloc[sequences.find_steps(number)]
    truth = sequences.get_tags(number) or None
    known = np.ones(len(own), bool).tolist()
    told = Told([], own["said"].tolist(), own["certainty"].tolist(), known, truth)
    show_told(told, pose_sequence(sequences, number), like, f"{key}_recording")

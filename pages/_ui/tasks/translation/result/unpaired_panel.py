"""What the model makes of the texts that came without a partner."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.translation.answering import ANSWERS
from pages._ui.data.loading import load_result
from pages._ui.tasks.translation.result.answered import list_answers, offer_answers


def show_unpaired(run: Run) -> None:
    """Show the texts without a partner with what is said of them."""
    answers = load_result(run.id, f"{ANSWERS}.parquet")
    st.markdown(f"**{count_words(len(answers), 'text')}** came without what is wanted.")
    list_answers(answers, key="run.unpaired")
    offer_answers(run, answers, "run.download_answers")

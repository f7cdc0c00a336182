"""What a run's model makes of many texts at once: asked in a process of its own, remembered."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.storing import collection_to_bytes
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.runs.snapshots.run import Run
from pages._ui.settings.answers import remember
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.tasks.translation.result.posing import pose_alone

_ANSWERS = "run.translated"


def ask_about_all(run: Run, texts: PairCollection, key: str) -> pd.DataFrame | None:
    """Return ``answering.tabulate_answers`` as soon as it is there; meanwhile, show the waiting.

    Args:
        key: begins the keys of the widgets.

    Raises:
        StudioError: it was refused; it is asked anew when this is called again.
    """
    answers: dict[str, pd.DataFrame] = st.session_state.setdefault(_ANSWERS, {})
    asking, begun = f"{key}_asking", f"{key}_begun"
    asked = pose_alone(texts)
    what = f"{run.id}.{asked.fingerprint}"
    if what in answers:
        return answers[what]
    if st.session_state.get(begun) != what:
        begin(asking, AskModel(run.id, asked.kind, collection_to_bytes(asked)))
        st.session_state[begun] = what
    if not is_asked(asking):
        st.button(
            "Ask again",
            key=f"{key}_again",
            icon=":material/replay:",
            on_click=st.session_state.pop,
            args=(begun, None),
        )
        return None
    try:
        answer = follow(asking, AskModel, f"Translating {count_words(texts.num_pairs, 'text')}…")
    except StudioError:
        forget_asking(key)
        raise
    if answer is not None:
        remember(answers, what, answer)
    return answer


def forget_asking(key: str) -> None:
    """Ask anew, should it be asked again."""
    st.session_state.pop(f"{key}_begun", None)

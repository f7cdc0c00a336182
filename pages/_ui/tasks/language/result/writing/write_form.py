"""The form around what is to be written: the beginning, how bold, how long, how many drafts."""

from __future__ import annotations

import streamlit as st

from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from pages._ui.shell.widget_keys import make_key
from pages._ui.tasks.language.result.writing.asked import (
    HOTTEST,
    MOST_DRAFTS,
    MOST_SEED,
    MOST_STOP,
    MOST_TYPED,
    MOST_WRITTEN,
    Asked,
    ask,
)
from pages._ui.tasks.language.result.writing.streaming import forget_stopped, stop_writing
from pages._ui.tasks.language.unit_names import name_units

PREFIX = "run.write."
"""Begins the names of the form's widgets."""


def show_form(run_id: str, kind: UnitKind, asked: Asked) -> None:
    """Show what is asked, and let a person ask something else."""
    with st.form("run.write_form", border=False, enter_to_submit=False):
        st.text_area(
            "How does it begin?",
            value=asked.prompt,
            max_chars=MOST_TYPED,
            height=110,
            key=make_key(f"{PREFIX}prompt"),
            placeholder="A word, a line, a page; or nothing at all",
            help="Prompt. The model reads it and goes on from there. With nothing, it begins a "
            "text of its own.",
        )
        left, middle, right = st.columns(3)
        with left:
            st.slider(
                "How bold?",
                0.0,
                HOTTEST,
                value=asked.temperature,
                step=0.05,
                key=make_key(f"{PREFIX}temperature"),
                help="Temperature. 1: as the text that it learnt from. Below, it keeps to what is "
                "likely and soon repeats itself; at 0 it always takes the likeliest. Above, it "
                "dares more and makes more mistakes.",
            )
        with middle:
            st.number_input(
                f"How many {name_units(kind)}?",
                min_value=1,
                max_value=MOST_WRITTEN,
                value=asked.length,
                step=50,
                key=make_key(f"{PREFIX}length"),
                help="Length. Fewer are written where a text comes to its end. More can be written "
                "by going on from there.",
            )
        with right:
            st.number_input(
                "How many drafts?",
                min_value=1,
                max_value=MOST_DRAFTS,
                value=asked.drafts,
                key=make_key(f"{PREFIX}drafts"),
                help="Side by side, each with luck of its own.",
            )
        with st.expander("More ways to steer it", key="run.write_more"):
            _ask_for_more(asked)
        st.form_submit_button(
            "Write",
            key="run.write",
            type="primary",
            icon=":material/edit:",
            on_click=_take,
            args=(run_id,),
        )


def _ask_for_more(asked: Asked) -> None:
    left, middle, right = st.columns(3)
    with left:
        st.number_input(
            "Of how many likeliest?",
            min_value=0,
            max_value=100_000,
            value=asked.top_k,
            key=make_key(f"{PREFIX}top_k"),
            help="Top-k: only so many of the likeliest may come next; 0 for any number. Fewer make "
            "it safer and duller.",
        )
    with middle:
        st.number_input(
            "Of which share?",
            min_value=0.01,
            max_value=1.0,
            value=asked.top_p,
            step=0.05,
            format="%.2f",
            key=make_key(f"{PREFIX}top_p"),
            help="Top-p, nucleus sampling: only the likeliest that together have this probability "
            "may come next; 1 for all. What is hardly ever right is then never written.",
        )
    with right:
        st.number_input(
            "Which seed?",
            min_value=0,
            max_value=MOST_SEED,
            value=asked.seed,
            key=make_key(f"{PREFIX}seed"),
            help="Start of all chance: the same seed writes the same text.",
        )
    st.text_area(
        "Where does it stop?",
        value=asked.stop,
        max_chars=MOST_STOP,
        height=68,
        key=make_key(f"{PREFIX}stop"),
        placeholder="One a line; \\n for the end of a line",
        help="Stop words: a draft ends before the first of them.",
    )


def _take(run_id: str) -> None:
    """Ask what the form says; what was being written is let go."""

    def read(name: str) -> object:
        return st.session_state[make_key(f"{PREFIX}{name}")]

    stop_writing()
    forget_stopped()
    ask(
        run_id,
        Asked(
            is_something=True,
            prompt=str(read("prompt")),
            temperature=round(float(str(read("temperature"))), 2),
            top_k=int(str(read("top_k"))),
            top_p=float(str(read("top_p"))),
            length=int(str(read("length"))),
            drafts=int(str(read("drafts"))),
            seed=int(str(read("seed"))),
            stop=str(read("stop")),
        ),
    )

"""A place to write: a beginning goes in, and the model goes on from it before one's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from lstm_core.charts.language.parts import mark_parts
from lstm_core.charts.language.surprise import draw_legend
from lstm_core.data.wording import count_words
from lstm_core.errors import SpecError
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.jobs.questions.streamed import Piece
from lstm_core.runs.snapshots.run import Run
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import show_error
from pages._ui.shell.widget_keys import renew_widgets
from pages._ui.tasks.language.result.kept import find_unit_kind
from pages._ui.tasks.language.result.writing.asked import Asked, ask, keep_in_address, read_asked
from pages._ui.tasks.language.result.writing.draft_panel import draw_draft, show_draft
from pages._ui.tasks.language.result.writing.drafts import count_unknown, gather_drafts
from pages._ui.tasks.language.result.writing.streaming import (
    Answered,
    follow_writing,
    forget_written,
    stop_writing,
)
from pages._ui.tasks.language.result.writing.write_form import PREFIX, show_form
from pages._ui.tasks.language.unit_names import name_units

_MOST_COLOURED = 800
"""Units that are coloured while they come; more of them would make a page slow."""

_COLOURS, _PLAIN = "Coloured by surprise", "Plain text"


@fragment()
def show_writing_place(run: Run) -> None:
    """Let a person have the model write on from a beginning of their own."""
    kind = find_unit_kind(run)
    asked = read_asked(run.id, kind)
    st.header("Write", anchor=False)
    show_form(run.id, kind, asked)
    if asked.is_something:
        try:
            question = GoOn(run.id, asked.to_question())
        except SpecError as error:
            show_error(error)
            return
        answered = follow_writing(question, partial(_show_growing, asked))
        if answered is not None:
            _show_written(run, asked, question, answered)
    keep_in_address(asked)
    if asked.is_something:
        st.caption(
            "The address of this page holds the beginning and how it is written on: whoever opens "
            "it gets the same text."
            if asked.fits
            else "The beginning is too long for the page's address: a reload forgets it."
        )


def _show_growing(asked: Asked, pieces: Sequence[Piece]) -> None:
    """Show what there is of the drafts by now."""
    drafts = gather_drafts(pieces, asked.drafts)
    is_coloured = sum(len(draft.units) for draft in drafts) <= _MOST_COLOURED
    for column, draft in zip(st.columns(asked.drafts), drafts, strict=True):
        with column, st.container(border=True):
            if is_coloured:
                st.html(draw_draft(draft, asked.prompt)[0])
            else:
                st.html(mark_parts([(asked.prompt[-200:], "before"), (draft.text, "written")]))


def _show_written(run: Run, asked: Asked, question: GoOn, answered: Answered) -> None:
    drafts = gather_drafts(answered.pieces, asked.drafts)
    if not answered.is_whole:
        st.info("Stopped: this is what had been written.", icon=":material/stop_circle:")
    _say_unknown(run, count_unknown(answered.pieces))
    with st.container(horizontal=True, vertical_alignment="center"):
        look = st.segmented_control(
            "How is it shown?",
            [_COLOURS, _PLAIN],
            default=_COLOURS,
            required=True,
            key="run.write_look",
            label_visibility="collapsed",
        )
        st.button(
            "Another seed",
            key="run.write_reseed",
            icon=":material/casino:",
            help="The same once more, with other luck.",
            on_click=_ask_again,
            args=(run.id, replace(asked, seed=asked.seed + 1)),
        )
        if not answered.is_whole:
            st.button(
                "Write all of it",
                key="run.write_whole",
                icon=":material/replay:",
                on_click=forget_written,
                args=(question,),
            )
    has_colours = look == _COLOURS
    for number, (column, draft) in enumerate(
        zip(st.columns(asked.drafts), drafts, strict=True), start=1
    ):
        with column, st.container(border=True):
            if asked.drafts > 1:
                st.caption(f"Draft {number}")
            show_draft(
                run,
                draft,
                asked.prompt,
                name=f"{question.digest[:8]}_{number}",
                is_plain=not has_colours,
                go_on=partial(_go_on, run.id, asked),
            )
    if has_colours and any(draft.units for draft in drafts):
        st.html(draw_legend(has_copied=True))
        st.caption(
            "Choose any part of a text to see what else could have come, as the model has it: "
            "temperature and what narrows the choice come after that."
        )


def _say_unknown(run: Run, count: int) -> None:
    if count:
        noun = name_units(find_unit_kind(run), 1)
        was = "was" if count == 1 else "were"
        st.caption(
            f"{count_words(count, noun)} of the beginning {was} never met in training: "
            "the model read a gap there."
        )


def _go_on(run_id: str, asked: Asked, text: str) -> None:
    """Put what was written into the beginning."""
    _change(run_id, replace(asked, prompt=asked.prompt + text, is_something=False))


def _ask_again(run_id: str, asked: Asked) -> None:
    stop_writing()
    _change(run_id, asked)


def _change(run_id: str, asked: Asked) -> None:
    ask(run_id, asked)
    renew_widgets(PREFIX)

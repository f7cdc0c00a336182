"""Any text, read by the model: how surprised it is by each unit, and what it expected instead."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.charts.language.surprise import MOST_UNITS, draw_legend, mark_surprise
from lstm_core.data.documents.storing import collection_to_bytes
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.ratios import say_percent
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.language.judging.measures import NATS
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import show_error
from pages._ui.tasks.asking import ask_about_item
from pages._ui.tasks.language.result.kept import find_unit_kind
from pages._ui.tasks.language.result.posing import MOST_LETTERS, pose_text
from pages._ui.tasks.language.result.stretches import choose_stretch
from pages._ui.tasks.language.result.unit_panel import find_most_surprising, show_unit_closer
from pages._ui.tasks.language.result.writing.copies_panel import look_for_copies, warn_of_copies
from pages._ui.tasks.language.unit_names import name_units
from pages._ui.tasks.language.units.picking import pick_unit

_KEY = "run.read"
_ASKED = "run.read_asked"


@fragment()
def show_reading(run: Run) -> None:
    """Let a person have the model read a text of their own."""
    with st.form("run.read_form", border=False, enter_to_submit=False):
        st.text_area(
            "Type or paste a text",
            max_chars=MOST_LETTERS,
            height=160,
            key="run.read_text",
            help="Each part of it is coloured by how little the model expected it.",
        )
        if st.form_submit_button(
            "Read it", key="run.read_ask", type="primary", icon=":material/menu_book:"
        ):
            st.session_state[_ASKED] = run.id, st.session_state["run.read_text"]
    asked_run, text = st.session_state.get(_ASKED, ("", ""))
    if asked_run != run.id:
        return
    try:
        collection = pose_text(text)
    except StudioError as error:
        show_error(error)
        return
    question = ExplainItem(run.id, collection.kind, collection_to_bytes(collection), None, None)
    answer = ask_about_item(_KEY, question)
    if answer is not None:
        _show_read(run, answer, f"{_KEY}_{question.digest[:8]}")


def _show_read(run: Run, answer: dict[str, Any], key: str) -> None:
    _show_figures(run, answer)
    text, starts, stops = answer["text"], answer["starts"], answer["stops"]
    count = len(starts)
    noun = name_units(find_unit_kind(run))
    if answer["is_cut"]:
        st.caption(f"The first {count:,} {noun}; what is behind them was not read.")
    begin, end = choose_stretch(count, MOST_UNITS, noun, key)
    texts = _cut_all(text, starts, stops)
    copies = look_for_copies(run, text, key)
    copied = [
        copies is not None
        and any(each.start <= starts[place] and stops[place] <= each.stop for each in copies.found)
        for place in range(begin, end)
    ]
    logs = answer["logs"]
    unknown = [not known for known in answer["known"][begin:end]]
    marked = mark_surprise(
        texts[begin:end], logs[begin:end], copied=copied, unknown=unknown, shows_spaces=False
    )
    usual = find_most_surprising(logs[begin:end])
    place = begin + min(pick_unit(marked, f"{key}_units_{begin}", usual), end - begin - 1)
    st.html(draw_legend(has_copied=any(copied), has_unknown=any(unknown)))
    likely = [(name, share) for name, share in answer["alternatives"][place]]
    name = answer["names"][place]
    show_unit_closer(place, count, texts[place], name, logs[place], likely, key)
    if copies is not None and copies.found:
        warn_of_copies(run, copies, key)


def _show_figures(run: Run, answer: dict[str, Any]) -> None:
    """Show how surprising it is all in all, beside the text that the run was judged by."""
    surprise = -sum(answer["logs"])
    length = max(1, answer["stops"][-1]) if answer["stops"] else 1
    own = (run.metrics or {}).get(NATS.key)
    num_unknown = sum(not known for known in answer["known"])
    with st.container(horizontal=True):
        st.metric(NATS.title, NATS.format(surprise / length), help=NATS.help)
        if own is not None:
            st.metric(
                "On held-out text",
                NATS.format(own),
                help="The same of the text that was kept apart to judge. Another language, another "
                "author or another subject surprises it more; what it learnt by heart, less.",
            )
        st.metric(
            "Never met",
            say_percent(num_unknown / max(1, len(answer["known"]))),
            help=f"{count_words(num_unknown, name_units(find_unit_kind(run), 1))} of it that "
            "training did not have: the model reads a gap there, and foresees no more than that "
            "something unknown comes.",
        )


def _cut_all(text: str, starts: list[int], stops: list[int]) -> list[str]:
    """Return what each unit stands for, with what lies before it, such as a space."""
    borders = [0, *stops]
    return [text[before:stop] for before, stop in zip(borders, stops, strict=False)]

"""A draft as it is shown: coloured by surprise or plain, with copies, to be gone on from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lstm_core.charts.language.surprise import mark_surprise
from lstm_core.data.tagged.graphemes import cut_graphemes
from lstm_core.runs.snapshots.run import Run
from pages._ui.tasks.language.result.unit_panel import find_most_surprising, show_unit_closer
from pages._ui.tasks.language.result.writing.copies import Copies
from pages._ui.tasks.language.result.writing.copies_panel import look_for_copies, warn_of_copies
from pages._ui.tasks.language.result.writing.drafts import Draft
from pages._ui.tasks.language.units.picking import pick_unit

_SHOWN_OF_PROMPT = 120
"""Letters of a prompt that stand before what was written."""


def draw_draft(draft: Draft, prompt: str, copies: Copies | None = None) -> tuple[str, int]:
    """Return a draft behind its prompt as HTML, and how many units of that are the prompt's."""
    before = _cut_prompt(prompt)
    texts = [*([before] if before else []), *(unit.text for unit in draft.units)]
    logs = [*([float("nan")] if before else []), *(unit.log for unit in draft.units)]
    copied = [*([False] if before else []), *_mark_copied(draft, copies)]
    return mark_surprise(texts, logs, copied=copied, shows_spaces=False), bool(before)


def show_draft(
    run: Run, draft: Draft, prompt: str, *, name: str, is_plain: bool, go_on: Callable[[str], None]
) -> None:
    """Show a draft that is finished.

    Args:
        name: of its widgets; another draft has another one.
        go_on: is called with the draft's text where it is to be gone on from.
    """
    key = f"run.draft_{name}"
    if not draft.text:
        st.info("Nothing was written: the text ended at once, or a stop word came first.")
        return
    copies = look_for_copies(run, draft.text, key)
    if is_plain:
        with st.container(key=f"{key}_plain"):
            st.code(prompt + draft.text, language=None, wrap_lines=True)
    else:
        marked, first = draw_draft(draft, prompt, copies)
        logs = [unit.log for unit in draft.units]
        place = pick_unit(marked, f"{key}_units", find_most_surprising(logs), first=first)
        place = min(place, len(draft.units) - 1)
        unit = draft.units[place]
        show_unit_closer(
            place, len(draft.units), unit.text, unit.name, unit.log, unit.alternatives, key
        )
    if copies is not None:
        warn_of_copies(run, copies, key)
    with st.container(horizontal=True):
        st.button(
            "Go on from here",
            key=f"{key}_go_on",
            icon=":material/edit_note:",
            help="Puts all of it into the beginning, to be changed or written on from.",
            on_click=go_on,
            args=(draft.text,),
        )
        st.download_button(
            "Text",
            (prompt + draft.text).encode("utf-8", "replace"),
            file_name=f"draft-{run.id}.txt",
            mime="text/plain",
            key=f"{key}_download",
            icon=":material/download:",
            on_click="ignore",
        )


def _cut_prompt(prompt: str) -> str:
    """Return the end of a prompt, cut where a letter ends."""
    clusters = cut_graphemes(prompt[-20 * _SHOWN_OF_PROMPT :])
    if len(clusters) <= _SHOWN_OF_PROMPT:
        return prompt
    return "…" + "".join(clusters[-_SHOWN_OF_PROMPT:])


def _mark_copied(draft: Draft, copies: Copies | None) -> Sequence[bool]:
    """Return which units lie in a copied stretch."""
    if copies is None or not copies.found:
        return [False] * len(draft.units)
    stops = draft.find_stops()
    starts = stops - [len(unit.text) for unit in draft.units]
    copied = [False] * len(draft.units)
    for each in copies.found:
        inside = (starts >= each.start) & (stops <= each.stop)
        copied = [was or bool(now) for was, now in zip(copied, inside, strict=True)]
    return copied

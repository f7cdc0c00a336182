"""What is said of how a file was read: what became of its rows on the card, all else below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import KINDS_OF_WRITING, Remark
from pages._ui.shell.messages import escape_markdown

_MOST_LINES_NAMED = 5
_TELLS_LINES = re.compile(r"\blines? \d")


def list_on_card(table: SourceTable, notes: Sequence[str]) -> list[str]:
    """Return what a card says of a dataset, with the lines of the file where they are known.

    How the file is written is left out: chips say it, and its sentences stand below them.

    Args:
        notes: the dataset's.
    """
    said = {remark.sentence: _say(remark) for remark in table.remarks}
    written = {remark.sentence for remark in list_of_writing(table)}
    return [said.get(note, note) for note in notes if note not in written]


def list_of_writing(table: SourceTable) -> list[Remark]:
    """Return the remarks on how the file is written; none where there is no file."""
    if table.rows is None:
        return []
    return [remark for remark in table.remarks if remark.kind in KINDS_OF_WRITING]


def show_remarks(remarks: Sequence[Remark]) -> None:
    """Say how the file was read, a sentence each, with the lines that it is about."""
    with st.container(gap="xsmall"):
        for remark in remarks:
            st.caption(f"• {escape_markdown(_say(remark))}")


def _say(remark: Remark) -> str:
    lines = remark.lines
    if not lines or _TELLS_LINES.search(remark.sentence):
        return remark.sentence
    named = ", ".join(f"{line:,}" for line in lines[:_MOST_LINES_NAMED])
    more = ", …" if len(lines) > _MOST_LINES_NAMED else ""
    where = f"line{'' if len(lines) == 1 else 's'} {named}{more}"
    return f"{remark.sentence.removesuffix('.')} ({where})."

"""The first lines of a file beside the rows that were read from them, and what was set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from lstm_core.data.reading.table import Rows
from lstm_core.data.wording import count_words

NUM_ROWS = 50
_HEIGHT = 320
_MOST_UNSCROLLED = 7


def show_sides(head: Sequence[str], frame: pd.DataFrame | None) -> None:
    """Show lines as they stand in the file and, where it could be read, rows beside them."""
    columns = st.columns(2) if head and frame is not None else [st.container()]
    if head:
        with columns[0]:
            st.caption("As it stands in the file")
            with st.container(key="reading.raw"):
                st.code(
                    "\n".join(head),
                    language=None,
                    line_numbers=True,
                    height="content" if len(head) <= _MOST_UNSCROLLED else _HEIGHT,
                )
    if frame is not None:
        with columns[-1]:
            st.caption("As it was read")
            st.dataframe(
                frame.head(NUM_ROWS),
                height=_choose_height(len(frame)),
                hide_index=True,
                key="reading.parsed",
                column_config={name: st.column_config.DateColumn() for name in _list_dates(frame)},
                alt="The first rows of the table as they were read.",
            )


def show_set_aside(rows: Rows | None) -> None:
    """List the rows that do not fit, by line, with their text and the reason."""
    if rows is None or not rows.num_set_aside:
        return
    st.markdown(f":material/playlist_remove: **{_say_set_aside(rows)}**")
    shown = pd.DataFrame(
        [(each.line, each.reason, each.text) for each in rows.set_aside],
        columns=["Line", "Why", "As it stands there"],
    )
    st.dataframe(
        shown,
        hide_index=True,
        key="reading.set_aside",
        height=_choose_height(len(shown)),
        alt="The rows that were set aside.",
    )
    if len(rows.set_aside) < rows.num_set_aside:
        st.caption(f"The first {len(rows.set_aside):,} of them.")


def _list_dates(frame: pd.DataFrame) -> list[str]:
    """Return the columns of times that are days: their clocks say nothing."""
    times = frame.select_dtypes("datetime")
    return [
        str(name)
        for name in times
        if (times[name].dropna().dt.normalize() == times[name].dropna()).all()
    ]


def _choose_height(num_rows: int) -> int | Literal["auto"]:
    return "auto" if num_rows <= _MOST_UNSCROLLED else _HEIGHT


def _say_set_aside(rows: Rows) -> str:
    count = rows.num_set_aside
    verb = "does not fit the table and was" if count == 1 else "do not fit the table and were"
    return f"{count_words(count, 'row')} {verb} set aside."

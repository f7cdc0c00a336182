"""A long text is looked at a stretch at a time."""

from __future__ import annotations

import streamlit as st


def choose_stretch(count: int, longest: int, noun: str, key: str) -> tuple[int, int]:
    """Return from where to where of ``count`` units is shown; ask where they are too many."""
    num_stretches = -(-count // longest)
    if num_stretches <= 1:
        return 0, count
    number = st.number_input(
        f"Which stretch of {longest:,} {noun}? Of {num_stretches:,}",
        min_value=1,
        max_value=num_stretches,
        value=1,
        key=f"{key}_stretch",
        width=320,
    )
    begin = (number - 1) * longest
    return begin, min(count, begin + longest)

"""What a person asks the model about, in the page's address: a link shows it to others."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

MOST_LETTERS = 2_000
"""Of a text in an address; a longer address is cut short on its way by some programs."""

_ASKED = "run.asked_texts"
_TEXT, _ITEM = "text", "item"


@dataclass(frozen=True)
class Asked:
    """One question; nothing is asked where there is neither a text nor a position.

    Attributes:
        text: what was typed. ``position``: of a pair in the run's collection.
    """

    text: str | None = None
    position: int | None = None

    @property
    def is_something(self) -> bool:
        return self.text is not None or self.position is not None

    @property
    def is_blank(self) -> bool:
        """Whether a text was sent off that is none."""
        return self.text is not None and not self.text.strip()


def read_asked(run_id: str, num_pairs: int) -> Asked:
    """Return what is asked in this session; at first, what the address says."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    if run_id not in every:
        every[run_id] = _read_address(num_pairs)
    return every[run_id]


def ask(run_id: str, asked: Asked) -> None:
    """Let something else be asked from now on."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    every[run_id] = asked


def keep_in_address(asked: Asked) -> bool:
    """Put the question into the address; False where it is too long."""
    fits = asked.text is None or len(asked.text) <= MOST_LETTERS
    wanted: dict[str, str] = {}
    if fits and asked.text is not None and not asked.is_blank:
        wanted[_TEXT] = asked.text
    elif asked.position is not None:
        wanted[_ITEM] = str(asked.position)
    for name in (_TEXT, _ITEM):
        if name in wanted:
            if st.query_params.get(name) != wanted[name]:
                st.query_params[name] = wanted[name]
        elif name in st.query_params:
            del st.query_params[name]
    return fits


def _read_address(num_pairs: int) -> Asked:
    """Return what the address says; anybody may have written it."""
    given = st.query_params
    if _TEXT in given:
        return Asked(text=given[_TEXT])
    number = given.get(_ITEM, "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return Asked(position=int(number) if is_number and int(number) < num_pairs else None)

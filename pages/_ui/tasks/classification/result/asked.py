"""What a person asks the model about, in the page's address: a link shows it to others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

HOW = "occlusion"
"""How what spoke for a label is found, unless something else is chosen."""

WAYS = ("occlusion", "gradients")

MOST_LETTERS = 2_000
"""Of a text in an address; a longer address is cut short on its way by some programs."""

_ASKED = "run.asked"
_TEXT, _ITEM, _HOW, _LABEL = "text", "item", "how", "label"


@dataclass(frozen=True)
class Asked:
    """One question; nothing is asked where there is neither a text nor a position.

    Attributes:
        text: what was typed.
        position: of an item in the run's collection.
        how: one of ``WAYS``. ``label``: what is to be explained; none: what the model says.
    """

    text: str | None = None
    position: int | None = None
    how: str = HOW
    label: str | None = None

    @property
    def is_something(self) -> bool:
        return self.text is not None or self.position is not None


def read_asked(run_id: str, num_items: int) -> Asked:
    """Return what is asked in this session; at first, what the address says."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    if run_id not in every:
        every[run_id] = _read_address(num_items)
    return every[run_id]


def ask(run_id: str, asked: Asked) -> None:
    """Let something else be asked from now on."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    every[run_id] = asked


def ask_otherwise(run_id: str, asked: Asked, how: str, label: str | None) -> Asked:
    """Return the same question, to be explained in another way or of another label."""
    changed = replace(asked, how=how, label=label)
    ask(run_id, changed)
    return changed


def keep_in_address(asked: Asked) -> bool:
    """Put the question into the address; False where it is too long."""
    fits = asked.text is None or len(asked.text) <= MOST_LETTERS
    wanted: dict[str, str] = {}
    if asked.is_something and fits:
        if asked.text is not None:
            wanted[_TEXT] = asked.text
        elif asked.position is not None:
            wanted[_ITEM] = str(asked.position)
        if asked.how != HOW:
            wanted[_HOW] = asked.how
        if asked.label is not None:
            wanted[_LABEL] = asked.label
    for name in (_TEXT, _ITEM, _HOW, _LABEL):
        if name in wanted:
            if st.query_params.get(name) != wanted[name]:
                st.query_params[name] = wanted[name]
        elif name in st.query_params:
            del st.query_params[name]
    return fits


def _read_address(num_items: int) -> Asked:
    """Return what the address says; anybody may have written it."""
    given = st.query_params
    how = given.get(_HOW, HOW)
    number = given.get(_ITEM, "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    position = int(number) if is_number and int(number) < num_items else None
    return Asked(
        text=given.get(_TEXT),
        position=None if _TEXT in given else position,
        how=how if how in WAYS else HOW,
        label=given.get(_LABEL),
    )

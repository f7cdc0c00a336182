"""What is to be written and how, in the page's address: a link writes the same for others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from lstm_core.errors import SpecError
from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from lstm_core.tasks.language.stopping import split_stop_words

MOST_LETTERS = 2_000
"""Of a text in an address; a longer address is cut short on its way by some programs."""

MOST_TYPED = 20_000
"""Letters of a beginning that can be typed."""

HOTTEST = 2.0
MOST_WRITTEN = 2_000
"""Units: what can be looked at unit by unit; more is written by going on."""

MOST_DRAFTS = 4
MOST_SEED = 999_999
MOST_STOP = 500
"""Letters of all stop words together."""

_USUAL_LENGTHS: dict[UnitKind, int] = {"characters": 500, "pieces": 160, "words": 100}
_ASKED = "run.asked_to_write"
Number = TypeVar("Number", int, float)

_NAMES = ("prompt", "temperature", "top_k", "top_p", "length", "drafts", "seed", "stop")


@dataclass(frozen=True)
class Asked:
    """What is to be written; the values are those of the page's widgets.

    Attributes:
        is_something: whether anything is asked; else these are what the widgets begin with.
        top_k: 0: any number. ``length``: units. ``stop``: as it was typed, one a line.
    """

    length: int
    is_something: bool = False
    prompt: str = ""
    temperature: float = 0.8
    top_k: int = 0
    top_p: float = 1.0
    drafts: int = 1
    seed: int = 1
    stop: str = ""

    def to_question(self) -> dict[str, Any]:
        """Return it as a predictor's ``go_on`` takes it.

        Raises:
            SpecError: the stop words make no sense.
        """
        return {
            "prompt": self.prompt.encode("utf-8", "replace").decode(),
            "length": self.length,
            "drafts": self.drafts,
            "temperature": self.temperature,
            "top_k": self.top_k or None,
            "top_p": self.top_p,
            "seed": self.seed,
            "stop": list(split_stop_words(self.stop).words),
        }

    @property
    def fits(self) -> bool:
        """Whether an address can hold it."""
        return len(self.prompt) + len(self.stop) <= MOST_LETTERS


def begin_asking(kind: UnitKind) -> Asked:
    """Return what the widgets begin with."""
    return Asked(length=_USUAL_LENGTHS[kind])


def read_asked(run_id: str, kind: UnitKind) -> Asked:
    """Return what is asked in this session; at first, what the address says."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    if run_id not in every:
        every[run_id] = _read_address(kind)
    return every[run_id]


def ask(run_id: str, asked: Asked) -> None:
    """Let something else be asked from now on."""
    every: dict[str, Asked] = st.session_state.setdefault(_ASKED, {})
    every[run_id] = asked


def keep_in_address(asked: Asked) -> None:
    """Put what is asked into the address; nothing where it is too long."""
    wanted: dict[str, str] = {}
    if asked.is_something and asked.fits:
        wanted = {name: _to_text(getattr(asked, name)) for name in _NAMES}
        wanted = {name: text for name, text in wanted.items() if text or name == "prompt"}
    for name in _NAMES:
        if name in wanted:
            if st.query_params.get(name) != wanted[name]:
                st.query_params[name] = wanted[name]
        elif name in st.query_params:
            del st.query_params[name]


def _read_address(kind: UnitKind) -> Asked:
    """Return what the address says; anybody may have written it, and what makes no sense is usual.

    Nothing is asked where there is no beginning, be it an empty one.
    """
    given, usual = st.query_params, begin_asking(kind)
    if "prompt" not in given:
        return usual
    stop = given.get("stop", "")[:MOST_STOP]
    try:
        split_stop_words(stop)
    except SpecError:
        stop = ""
    return Asked(
        is_something=True,
        prompt=given["prompt"][:MOST_TYPED],
        temperature=_read(given.get("temperature"), float, 0.0, HOTTEST, usual.temperature),
        top_k=_read(given.get("top_k"), int, 0, 100_000, usual.top_k),
        top_p=_read(given.get("top_p"), float, 0.01, 1.0, usual.top_p),
        length=_read(given.get("length"), int, 1, MOST_WRITTEN, usual.length),
        drafts=_read(given.get("drafts"), int, 1, MOST_DRAFTS, usual.drafts),
        seed=_read(given.get("seed"), int, 0, MOST_SEED, usual.seed),
        stop=stop,
    )


def _read(
    text: str | None, kind: Callable[[str], Number], low: Number, high: Number, usual: Number
) -> Number:
    """Return the number that a text says, within its bounds."""
    try:
        number = kind((text or "")[:20])
    except ValueError:
        return usual
    return min(high, max(low, number)) if math.isfinite(number) else usual


def _to_text(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)

"""Widgets around values that stand elsewhere, and which follow when those are changed.

The session's draft or space holds what is true; a widget shows it and, when a person changes it,
says so by its callback. Two things keep a browser from showing or saying anything else:

- The widget's own default is what is true, in every run. A browser may draw a widget much later
  than the server does: what is folded away in a popover, or code that is still on its way. It then
  starts from the default of the last run; a value that was put into the session's state in an
  earlier one never reaches it.
- When what is true is changed by anything but the widget, the widget gets another key. Under the
  same one the browser would go on with what it has, and say that.

A number that may be emptied has to be empty by default, or a browser would not let it be. It can
only be told its value through the session's state (``follow_value``): twice, so that code which is
on its way when the page first comes finds it. What is typed meanwhile would be overwritten by the
second time; so that comes at once (``widgets_noted``), and nothing can be typed before. Such a
number belongs into no popover, and into no fragment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

_ROUNDS = "widgets.rounds"
_KNOWN = "widgets.known"
_TOLD = "widgets.told"
_SAID = "widgets.said"
_TO_TELL = "widgets.to_tell"


def make_key(name: str) -> str:
    """Return the key of the widget called ``name``: the name, until it had to begin anew."""
    number = _get_dict(_ROUNDS).setdefault(name, 0)
    return f"{name}~{number}" if number else name


def renew_widgets(*prefixes: str) -> None:
    """Let the widgets that are on the page, and whose names begin so, begin anew."""
    rounds = _get_dict(_ROUNDS)
    for name in rounds:
        if name.startswith(prefixes) and make_key(name) in st.session_state:
            rounds[name] += 1


def follow_value(key: str, value: Any, *, may_be_emptied: bool = False) -> bool:
    """Show in a widget what is true, unless a person has said something else with it since.

    For widgets that a browser draws at once. A change by somebody else, in another tab say, is
    shown, unless the person has changed the same just now; what was refused stays, to be corrected.

    Args:
        may_be_emptied: the widget is empty by default.

    Returns:
        Whether a person may use the widget: one that may be emptied only once it is sure to show
        its value.
    """
    known = _get_dict(_KNOWN)
    is_new = key not in st.session_state
    if is_new or key not in known or (known[key] != value and not _is_touched(key)):
        st.session_state[key] = value
    elif may_be_emptied and not _get_dict(_TOLD).get(key):
        st.session_state[key] = st.session_state[key]
    _get_dict(_TOLD)[key] = not is_new
    known[key] = value
    if may_be_emptied and is_new:
        st.session_state[_TO_TELL] = True
        return False
    return True


@contextmanager
def widgets_noted() -> Iterator[None]:
    """Note at the end of a page what its widgets say, to know with the next click which changed.

    Those that have to be told their values once more are, at once.
    """
    st.session_state[_TO_TELL] = False
    try:
        yield
    finally:
        said = {key: value for key, value in st.session_state.items() if key in _get_dict(_KNOWN)}
        st.session_state[_SAID] = said
    if st.session_state[_TO_TELL]:
        st.rerun()


def _is_touched(key: str) -> bool:
    """Whether the person has changed a widget since the page was drawn."""
    said = _get_dict(_SAID)
    return key in said and said[key] != st.session_state[key]


def note_value(key: str, value: Any) -> None:
    """Take down that what a person said with a widget has become what is true."""
    _get_dict(_KNOWN)[key] = value


def _get_dict(name: str) -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept

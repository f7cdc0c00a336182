"""Keys of widgets whose values stand elsewhere, and which begin anew when those are changed.

The session's draft or space holds what is true; a widget shows it and, when a person changes it,
says so by its callback. Two things keep a browser from showing or saying anything else:

- The widget's own default is what is true, in every run. A browser may draw a widget much later
  than the server does: what is folded away in a popover, or code that is still on its way. It then
  starts from the default of the last run; a value that was put into the session's state in an
  earlier one never reaches it.
- When what is true is changed by anything but the widget, the widget gets another key. Under the
  same one the browser would go on with what it has, and say that.
"""

from __future__ import annotations

import streamlit as st

_ROUNDS = "widgets.rounds"


def make_key(name: str) -> str:
    """Return the key of the widget called ``name``: the name, until it had to begin anew."""
    number = _get_rounds().setdefault(name, 0)
    return f"{name}~{number}" if number else name


def renew_widgets(*prefixes: str) -> None:
    """Let the widgets that are on the page, and whose names begin so, begin anew."""
    rounds = _get_rounds()
    for name in rounds:
        if name.startswith(prefixes) and make_key(name) in st.session_state:
            rounds[name] += 1


def _get_rounds() -> dict[str, int]:
    rounds: dict[str, int] = st.session_state.setdefault(_ROUNDS, {})
    return rounds

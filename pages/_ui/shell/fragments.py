"""Parts of a page that are drawn anew on their own, and say themselves what went wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from pages._ui.shell.messages import errors_shown
from pages._ui.shell.turns import take_turn

P = ParamSpec("P")


def fragment(
    run_every: float | None = None,
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Draw what a function shows on its own: when something in it is used, and every so often.

    A fragment is run without the page around it, so no ``with`` of the page's catches its errors.
    This one shows an error for people as what it is.

    Args:
        run_every: seconds after which it is drawn anew by itself; None: never.
    """

    def decorate(show: Callable[P, None]) -> Callable[P, None]:
        @wraps(show)
        def show_or_say(*args: P.args, **kwargs: P.kwargs) -> None:
            with take_turn(), errors_shown():
                show(*args, **kwargs)

        return st.fragment(show_or_say, run_every=run_every)

    return decorate

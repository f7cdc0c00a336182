"""From page to page: the address of each names what it shows, so that the way back finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui.data.draft import address_draft

DRAFT_PAGES = {
    "data": ("draft", "sample"),
    "model": ("draft",),
    "designer": ("draft",),
    "tune": ("draft", "id"),
    "race": ("draft", "id"),
}
"""The pages that show or change a draft, and what in their address says what they are about."""

_PLACE, _BETWEEN = "address.place", "address.between"


def settle_address(pages: Sequence[Page]) -> None:
    """Let the address of the page to come name what the page is about.

    A page that was reached through the menu, whose links carry nothing, gets the session's draft.
    The way back is left alone: an address without a draft had none. But where it leads to one that
    the browser made up between two pages, it gets what the page had then.

    To be called before ``st.navigation``: only then does the browser see one new address, not two.
    """
    context = get_script_run_ctx()
    assert context is not None
    wanted = next((page for page in pages if page._script_hash == context.page_script_hash), None)
    name = "" if wanted is None else wanted.url_path
    place = (name, st.query_params.get("id", ""))
    came_from = st.session_state.get(_PLACE, place)
    st.session_state[_PLACE] = place
    if context.is_history_navigation:
        between: dict[tuple[str, str], dict[str, str]] = st.session_state.get(_BETWEEN, {})
        before = between.get((name, urlencode(st.query_params.to_dict())))
        if before is not None:
            st.query_params.from_dict(before)
    elif place != came_from and _is_open(name) and address_draft():
        st.query_params.from_dict(address_draft())


def turn_to(page: str, **query: str) -> NoReturn:
    """Open another page.

    The browser then keeps an address between the two, of this page with the query of the other.
    """
    between = st.session_state.setdefault(_BETWEEN, {})
    name, _ = st.session_state[_PLACE]
    between[name, urlencode(query)] = st.query_params.to_dict()
    st.switch_page(f"pages/{page}.py", query_params=query)


def _is_open(name: str) -> bool:
    """Whether a page's address leaves open which draft it shows, or whether it shows one."""
    return name in DRAFT_PAGES and not any(each in st.query_params for each in DRAFT_PAGES[name])

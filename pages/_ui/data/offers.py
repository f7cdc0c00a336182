"""Ways out of a refusal, by choice: each is offered only where it helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import put_into_draft
from pages._ui.data.outlook import Outlook
from pages._ui.shell.messages import show_error
from pages._ui.tasks.face import Offer
from pages._ui.tasks.registry import find_pages


def show_refusal(
    error: StudioError, outlook: Outlook, page: str, tried: Mapping[str, Any] | None = None
) -> None:
    """Say why a spec can't be run, with a button for each change that would let it run.

    Args:
        tried: settings that were refused; an offer keeps them.
    """
    show_error(error)
    for offer in find_pages(outlook.spec).offers:
        mended = mend(offer, outlook, tried or {})
        if mended is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                offer.label,
                key=f"{page}.{offer.name}",
                on_click=put_into_draft,
                args=(mended,),
            )
            st.caption(offer.sentence)


def mend(offer: Offer, outlook: Outlook, tried: Mapping[str, Any]) -> ExperimentSpec | None:
    """Return the spec with the offer taken, if that changes it into one that can be run."""
    try:
        before = outlook.spec.with_values(tried)
        mended = before.with_values(offer.values)
    except StudioError:  # refused for what it is, not for the data: no offer mends that
        return None
    is_new = mended not in (before, outlook.spec)
    return mended if is_new and Outlook.of(mended, outlook.collection).error is None else None

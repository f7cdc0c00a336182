"""Text for people: names from files made harmless, errors without tracebacks."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lstm_core.errors import StudioError

_log = logging.getLogger(__name__)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
# Addresses become links after escapes are read; a joiner without width keeps them text.
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is, whatever it holds."""
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\u2060", " ".join(text.split())))


def show_error(error: StudioError) -> None:
    """Say what happened and what to do about it."""
    body = f"**{escape_markdown(error.what)}**"
    if error.remedy:
        body += f"\n\n{escape_markdown(error.remedy)}"
    st.error(body, icon=":material/error:")


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error for people instead of raising it; nothing after it in the block runs."""
    try:
        yield
    except StudioError as error:
        _log.info("shown to the user: %s", error)
        show_error(error)

"""Files that a finished run's model is asked about, kept by their content under the address."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec import name_file

_NEW = "new"
"""In the address: each file's SHA-256, a dot, and its name."""

_ENTRY = re.compile(r"([0-9a-f]{64})\.(.{1,200})", re.DOTALL)
MOST_FILES = 10


def read_address() -> tuple[Upload, ...]:
    """Return the files that the address names; anybody may have written it."""
    found = [_ENTRY.fullmatch(entry) for entry in st.query_params.get_all(_NEW)[:MOST_FILES]]
    return tuple(Upload(name_file(match[2]), match[1]) for match in found if match is not None)


def name_in_address(uploads: Sequence[Upload]) -> None:
    """Name files that were kept in the address."""
    st.query_params[_NEW] = [f"{each.sha256}.{each.name}" for each in uploads[:MOST_FILES]]


def forget() -> None:
    """Name no files any more."""
    if _NEW in st.query_params:
        del st.query_params[_NEW]

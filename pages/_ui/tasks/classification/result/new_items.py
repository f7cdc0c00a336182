"""Files of new items, kept by their content under the page's address, and read like the run's."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.read import read_items
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec import name_file
from lstm_core.spec.items import ItemsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads

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


@remembered("Reading the files…")
def read_new_items(
    uploads: tuple[Upload, ...], understood: str, cache_folder: str
) -> ItemCollection:
    """Read new items in the way in which a run's own were read; not to be changed.

    Args:
        understood: an ``ItemsDataSpec`` as JSON.

    Raises:
        StudioError: nothing in them is an item, or they were not kept.
    """
    choice = ItemsDataSpec.model_validate_json(understood)
    return read_items(read_uploads(uploads, cache_folder), choice, labelled=False).collection

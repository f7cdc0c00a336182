"""Files of new items, read like the run's."""

from __future__ import annotations

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.read import read_items
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec.items import ItemsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads


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

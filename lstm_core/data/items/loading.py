"""One way from an ``ItemsDataSpec`` to its collection, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import read_items
from lstm_core.data.items.samples.registry import find_item_sample
from lstm_core.errors import DataError
from lstm_core.spec.items import ItemsDataSpec


def load_items(spec: ItemsDataSpec, files: Sequence[GivenFile] = ()) -> ItemCollection:
    """Return the labelled items that ``spec`` speaks of.

    Args:
        files: needed for the source ``file`` only.

    Raises:
        DataError: the files can't be read, their labels can't be learnt, or there are none.
        SpecError: an unknown sample.
        SourceError: a sample's file is not where its package keeps it.
    """
    if spec.source == "sample":
        return find_item_sample(spec.name).load()
    if not files:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_items(files, spec).collection

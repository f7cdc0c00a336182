"""The one way from files to a collection of items, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.building.items import build_items
from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.reading.columns.understanding import understand_items
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.opening import open_items
from lstm_core.spec.items import ItemsDataSpec


@dataclass(frozen=True)
class ItemsReading:
    """A collection, and what was understood on the way to it."""

    collection: ItemCollection
    understanding: Understanding


def read_items(
    files: Sequence[GivenFile], choice: ItemsDataSpec | None = None, *, labelled: bool = True
) -> ItemsReading:
    """Recognise what was brought, give every column its part, and build the collection.

    A card that lets people choose opens the files once (``open_items``), and understands and
    builds again with each choice.

    Args:
        files: with their names; folders in names count.
        choice: what a person has decided; a field that is None is found.
        labelled: whether labels are needed, and have to be fit to learn from.

    Raises:
        DataError: what happened, and what to do.
    """
    if choice is None or not labelled:
        # New items come in a file of their own, which may well have no header, or be mere lines.
        text = None if choice is None or choice.content == "numbers" else choice.text
        source = open_items(files, text_column=text)
    else:
        source = open_items(files, header=choice.header)
    understanding = understand_items(source, choice, labelled=labelled)
    return ItemsReading(build_items(source, understanding, labelled=labelled), understanding)

"""The items that a script reads, as CSV: a row each, or of signals a row for each step."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.duplicates import normalise_symbols
from lstm_core.export.cells import guard_text
from lstm_core.export.tables import name_channels, write_table
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.export.story import Story

DATA_FILE = "data.csv"

ITEM, TEXT, LABEL = "item", "text", "label"


def write_data(spec: ExperimentSpec, collection: ItemCollection) -> bytes:
    """Return the items with their labels and the part that each is in, fold by fold.

    Cells that a spreadsheet would run begin with an apostrophe, which the script takes away.

    Args:
        spec: filled in for this collection.
    """
    story = Story.of(spec, collection)
    items = story.items
    columns = {
        ITEM: items.ids,
        LABEL: np.array(["" if label is None else label for label in items.labels], object),
        **dict(zip(story.columns, story.parts, strict=True)),
    }
    columns = {
        name: np.array(list(map(guard_text, cells)), object) for name, cells in columns.items()
    }
    signals = items.signals
    if signals is None:
        columns[TEXT] = np.array(
            [guard_text(_read(items, number)) for number in range(len(items.ids))]
        )
        return write_table(pd.DataFrame(columns))
    columns = {name: np.repeat(cells, signals.lengths) for name, cells in columns.items()}
    channels = name_channels(signals.channels, columns)
    columns |= {name: signals.values[:, number] for number, name in enumerate(channels)}
    return write_table(pd.DataFrame(columns))


def _read(items: ItemCollection, number: int) -> str:
    assert items.texts is not None
    text = str(items.texts[number])
    return normalise_symbols(text, items.alphabet) if items.content == "symbols" else text

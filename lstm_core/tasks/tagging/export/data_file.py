"""The sequences that a script reads, as CSV: a row for each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.export.cells import guard_text
from lstm_core.export.tables import name_channels, write_table
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.export.story import Story

DATA_FILE = "data.csv"

ITEM, WORD, TAG = "item", "word", "tag"

STEP, SAID, CERTAINTY = "step", "said", "certainty"
"""Columns that a script adds."""


def write_data(spec: ExperimentSpec, collection: TaggedCollection) -> bytes:
    """Return the steps with their tags and the part that each is in, fold by fold.

    Cells that a spreadsheet would run begin with an apostrophe, which the script takes away.

    Args:
        spec: filled in for this collection.
    """
    story = Story.of(spec, collection)
    sequences = story.sequences

    def repeat(column: np.ndarray) -> np.ndarray:
        return np.repeat(_guard(column), sequences.lengths)

    columns = {ITEM: repeat(sequences.ids)}
    if sequences.words is not None:
        columns[WORD] = _guard(sequences.words)
    columns[TAG] = _guard(np.array([tag or "" for tag in sequences.tags], object))
    columns |= {name: repeat(parts) for name, parts in zip(story.columns, story.parts, strict=True)}
    if sequences.signals is not None:
        values = sequences.signals.values
        columns |= {name: values[:, place] for place, name in enumerate(list_channels(story))}
    return write_table(pd.DataFrame(columns))


def list_channels(story: Story) -> list[str]:
    """Return what the columns of numbers are called in the file."""
    taken = [ITEM, WORD, TAG, STEP, SAID, CERTAINTY, *story.columns]
    return name_channels(story.sequences.channels, taken)


def _guard(texts: np.ndarray | Sequence[str]) -> np.ndarray:
    return np.array([guard_text(str(text)) for text in texts], object)

"""Several files as one: parts of one collection, or a document each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import find_part
from lstm_core.data.items.reading.source import Hint
from lstm_core.data.tagged.reading.source import DOCUMENT, TaggedSource
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError

PART = "part of the file"
FILE = "file"
_FEWEST_DOCUMENTS = 3


def join_tagged(sources: Sequence[TaggedSource], name: str) -> TaggedSource:
    """Return one source of all; files' names that say train, validation or test become a column.

    Args:
        name: of what was brought.

    Raises:
        DataError: there are none, or they have different columns.
    """
    if not sources:
        raise DataError(f'The file "{name[:80]}" is empty.', "Choose a file with tagged steps.")
    first = sources[0]
    if len(sources) == 1:
        return replace(first, name=name)
    names = _share_columns(sources)
    stems = [PurePosixPath(each.name).stem for each in sources]
    parts = [find_part(each.name) for each in sources]
    is_split = None not in parts and len(set(parts)) > 1
    frames, begins = [], []
    for number, each in enumerate(sources):
        frame = each.frame.reindex(columns=names, fill_value="")
        if DOCUMENT in frame.columns and DOCUMENT in each.frame.columns:
            frame[DOCUMENT] = [f"{stems[number]}, {cell}" for cell in frame[DOCUMENT]]
        if is_split:
            frame[PART] = str(parts[number])
        frame[FILE] = stems[number]
        frames.append(frame)
        begins.append(_mark_first(each))
    frame = pd.concat(frames, ignore_index=True).astype("str")
    hints = dict(first.hints)
    if is_split:
        hints["split"] = Hint(PART, "The files' names say it.")
    elif len(set(stems)) >= _FEWEST_DOCUMENTS and "group" not in hints:
        hints["group"] = Hint(FILE, "Each file holds what belongs together.")
    if hints.get("group", Hint("", "")).column != FILE:
        frame = frame.drop(columns=FILE)
    told = [PurePosixPath(each.name).name for each in sources]
    notes = [f"{len(sources)} files were joined: {list_names(told)}."]
    notes += dict.fromkeys(note for each in sources for note in each.notes)
    # Where no file says where sequences begin, a column may; the beginnings of files would hide it.
    has_begins = any(each.begins is not None for each in sources)
    return replace(
        first,
        frame=frame,
        name=name,
        begins=np.concatenate(begins) if has_begins else None,
        hints=hints,
        notes=tuple(notes),
    )


def _mark_first(source: TaggedSource) -> np.ndarray:
    begins = np.zeros(source.num_rows, dtype=bool)
    if source.begins is not None:
        begins |= source.begins
    begins[0] = True
    return begins


def _share_columns(sources: Sequence[TaggedSource]) -> list[str]:
    """Return the columns of all; a part that is to be predicted may lack one, its tags."""
    first = [name for name in sources[0].frame.columns if name != DOCUMENT]
    names = list(dict.fromkeys(name for each in sources for name in each.frame.columns))
    for other in sources[1:]:
        own = {name for name in other.frame.columns if name != DOCUMENT}
        is_like = len(own & set(first)) >= max(1, max(len(own), len(first)) - 1)
        if other.form != sources[0].form or not is_like:
            raise DataError(
                f'The files "{sources[0].name[:60]}" and "{other.name[:60]}" don\'t belong '
                f"together: the first has the columns {list_names(first)}, the other "
                f"{list_names(list(other.frame.columns))}.",
                "Bring files with the same columns.",
            )
    return names

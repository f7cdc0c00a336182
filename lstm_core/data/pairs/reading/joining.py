"""Several files as one: parts of one collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd

from lstm_core.data.items.reading.source import Hint
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError

PART = "part of the file"


def join_pairs(sources: Sequence[PairSource], name: str, parts: Sequence[str | None]) -> PairSource:
    """Return one source of all; files' names that say train, validation or test become a column.

    Args:
        name: of what was brought.
        parts: what each file's name says.

    Raises:
        DataError: there are none, or they have different columns.
    """
    if not sources:
        raise DataError(f'The file "{name[:80]}" is empty.', "Choose a file with pairs of texts.")
    first = sources[0]
    if len(sources) == 1:
        return replace(first, name=name)
    frames = []
    is_split = None not in parts and len(set(parts)) > 1
    for each, part in zip(sources, parts, strict=True):
        frame = each.frame
        if set(frame.columns) != set(first.frame.columns):
            raise DataError(
                f'The files "{first.name[:60]}" and "{each.name[:60]}" don\'t belong together: '
                f"the first has the columns {list_names(list(first.frame.columns))}, the other "
                f"{list_names(list(frame.columns))}.",
                "Bring files with the same columns.",
            )
        frame = frame[list(first.frame.columns)]
        frames.append(frame.assign(**{PART: str(part)}) if is_split else frame)
    hints = dict(first.hints)
    if is_split:
        hints["split"] = Hint(PART, "The files' names say it.")
    told = [PurePosixPath(each.name).name for each in sources]
    notes = [f"{len(sources)} files were joined: {list_names(told)}."]
    notes += dict.fromkeys(note for each in sources for note in each.notes)
    frame = pd.concat(frames, ignore_index=True).astype("str")
    return replace(
        first,
        frame=frame,
        name=name,
        hints=hints,
        first_line=1,
        num_files=len(sources),
        notes=tuple(notes),
    )

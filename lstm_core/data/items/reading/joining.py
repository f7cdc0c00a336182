"""Several files as one: parts of the same kind, and tables that stand beside the items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import find_part, rank_label_name, read_part
from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError

_SHARE_FOUND = 0.8
_MOST_KEYS = 50
_PART = "part of the file"
_FILE = "file of the item"


def join_sources(sources: Sequence[ItemSource], *, is_lenient: bool = False) -> ItemSource:
    """Return one source of all.

    Args:
        is_lenient: leave out what doesn't fit the first source, and say so: in an archive of a
            file an item, there are lists of words and remarks as well.

    Raises:
        DataError: they hold different things.
    """
    sources = _put_beside(list(sources))
    if len(sources) == 1:
        return sources[0]
    sources = _share_names(sources)
    first = sources[0]
    fitting = [first, *(other for other in sources[1:] if _fit(first, other))]
    strangers = [other for other in sources[1:] if not _fit(first, other)]
    if strangers and not is_lenient:
        raise _refuse(first, strangers[0])
    joined = _stack(fitting) if len(fitting) > 1 else first
    if not strangers:
        return joined
    left = list_names([each.name for each in strangers])
    return replace(joined, notes=(*joined.notes, f"Files that don't fit were left out: {left}."))


def _put_beside(sources: list[ItemSource]) -> list[ItemSource]:
    """Join each table that names the items of another source to that source."""
    placed = True
    while placed and len(sources) > 1:
        placed = False
        for table in sources:
            if table.signals is not None or table.content is not None:
                continue
            for main in sources:
                if main is table or set(main.frame.columns) == set(table.frame.columns):
                    continue
                joined = _join_table(main, table) or _join_lines(main, table)
                if joined is not None:
                    kept = [each for each in sources if each is not main and each is not table]
                    sources = [joined, *kept]
                    placed = True
                    break
            if placed:
                break
    return sources


def _join_table(main: ItemSource, table: ItemSource) -> ItemSource | None:
    """Put a table's row beside each item that it names; None where it names too few."""
    keys = _find_keys(main, table)
    unique = {key for key, cells in keys.items() if len(set(cells)) > 0.9 * len(cells)}
    best: tuple[float, str, str] | None = None
    for column in list(table.frame.columns)[:_MOST_KEYS]:
        values = table.frame[column]
        if not values.is_unique:
            continue
        # A table may name the files with their folders or without, with their ending or without.
        names = {_plain(value): number for number, value in enumerate(values) if value}
        for key, cells in keys.items():
            if key not in unique and key != column:
                continue
            share = sum(_plain(cell) in names for cell in cells) / max(1, len(cells))
            if share >= _SHARE_FOUND and (best is None or share > best[0]):
                best = (share, key, column)
    if best is None:
        return None
    share, key, column = best
    rows = {_plain(value): number for number, value in enumerate(table.frame[column]) if value}
    places = [rows.get(_plain(cell)) for cell in keys[key]]
    found = pd.Series(
        [place if place is not None else -1 for place in places], index=main.frame.index
    )
    beside = table.frame.drop(columns=column).reindex(found.to_numpy()).fillna("")
    beside.index = main.frame.index
    taken = set(main.frame.columns)
    beside.columns = [
        name if name not in taken else f"{name} of the table" for name in beside.columns
    ]
    notes = [*main.notes, f'The table "{table.name[:60]}" was put beside the items.']
    missing = int((found < 0).sum())
    if missing:
        notes.append(f"The table says nothing of {count_words(missing, 'item')}.")
    hints = dict(main.hints)
    named = max(beside.columns, key=rank_label_name, default="")
    if named and (rank_label_name(named) or "label" not in hints or len(beside.columns) == 1):
        hints["label"] = Hint(named, f'It stands in the table "{table.name[:60]}".')
        if not rank_label_name(named) and len(beside.columns) > 1:
            del hints["label"]
    frame = pd.concat([main.frame, beside], axis=1)
    return replace(main, frame=frame, hints=hints, notes=tuple(notes))


def _join_lines(main: ItemSource, table: ItemSource) -> ItemSource | None:
    """Put a file with one value a line beside the table with as many rows: X.txt and y.txt."""
    is_such = (
        table.has_header is False
        and table.frame.shape[1] == 1
        and main.num_rows == table.num_rows
        and (main.frame.shape[1] > 1 or main.signals is not None)
        and find_part(main.name) == find_part(table.name)
    )
    if not is_such:
        return None
    words = re.split(r"[_\-. ]+", PurePosixPath(table.name).stem)
    title = " ".join(word for word in words if read_part(word) is None) or "value"
    if title in main.frame.columns:
        return None
    frame = main.frame.assign(**{title: table.frame.iloc[:, 0].to_numpy()})
    note = f'The lines of "{table.name[:60]}" were put beside the rows.'
    return replace(main, frame=frame, notes=(*main.notes, note))


def _find_keys(main: ItemSource, table: ItemSource) -> dict[str, list[str]]:
    """Return the columns that may name the items, the likeliest first.

    In a long table a name stands in every row of its item: there, the table beside it has to
    call the column the same.
    """
    hinted = main.hints["item"].column if "item" in main.hints else None
    names = [hinted] if hinted else list(main.frame.columns)[:_MOST_KEYS]
    return {
        name: main.frame[name].tolist()
        for name in names
        if name in table.frame.columns or main.frame[name].nunique() > 0.9 * len(main.frame)
    }


def _plain(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    is_file = path.suffix.lower() in (".csv", ".txt", ".tsv", ".dat", ".json", ".fasta", ".fa")
    return path.stem if is_file else path.name


def _share_names(sources: Sequence[ItemSource]) -> list[ItemSource]:
    """Give the names of a headed table to those of its width that have none."""
    headed = [each for each in sources if each.has_header]
    if not headed:
        return list(sources)
    names = headed[0].frame.columns
    return [
        replace(each, frame=each.frame.set_axis(names, axis=1))
        if each.has_header is False and each.frame.shape[1] == len(names)
        else each
        for each in sources
    ]


def _fit(first: ItemSource, other: ItemSource) -> bool:
    if (first.signals is None) != (other.signals is None):
        return False
    if first.signals is not None and other.signals is not None:
        return first.signals.channels == other.signals.channels
    one, two = set(first.frame.columns), set(other.frame.columns)
    # A test part may lack its labels; anything further apart is another table.
    return len(one & two) >= max(1, max(len(one), len(two)) - 1)


def _stack(sources: Sequence[ItemSource]) -> ItemSource:
    names = list(dict.fromkeys(name for each in sources for name in each.frame.columns))
    frames = []
    stems = [PurePosixPath(each.name).name for each in sources]
    bare = [PurePosixPath(stem).stem for stem in stems]
    titles = bare if len(set(bare)) == len(bare) else stems
    parts = [find_part(stem) for stem in stems]
    is_split = None not in parts and len(set(parts)) > 1
    if is_split:  # what is left of a name without its part may be the label
        titles = [_leave_out_part(stem) for stem in bare]
    tells_apart = len(set(titles)) > 1
    for number, each in enumerate(sources):
        frame = each.frame.reindex(columns=names).fillna("")
        if is_split:
            frame[_PART] = str(parts[number])
        if tells_apart:
            frame[_FILE] = titles[number]
        frames.append(frame)
    first = sources[0]
    hints = dict(first.hints)
    signals = first.signals
    for each in sources[1:]:
        if signals is not None and each.signals is not None:
            signals = signals.append(each.signals)
    if is_split:
        hints["split"] = Hint(_PART, "The files' names say it.")
    if tells_apart and "label" not in hints and (len(names) == 1 or first.content == "symbols"):
        hints["label"] = Hint(_FILE, "The file that an item comes from is its label.")
    notes = [f"{len(sources)} files were joined: {list_names(stems)}."]
    notes += dict.fromkeys(note for each in sources for note in each.notes)
    return replace(
        first,
        frame=pd.concat(frames, ignore_index=True).astype("str"),
        signals=signals,
        hints=hints,
        notes=tuple(notes),
    )


def _leave_out_part(stem: str) -> str:
    words = re.split(r"([_\-. ]+)", stem)
    kept = [word for word in words if read_part(word) is None]
    return "".join(kept).strip("_-. ") or stem


def _refuse(first: ItemSource, other: ItemSource) -> DataError:
    return DataError(
        f'The files "{first.name[:60]}" and "{other.name[:60]}" don\'t belong together: the '
        f"first has {list_names(list(first.frame.columns)[:5]) or 'signals alone'}, the other "
        f"{list_names(list(other.frame.columns)[:5]) or 'signals alone'}.",
        "Bring files with the same columns, or a table that names each item of the others.",
    )

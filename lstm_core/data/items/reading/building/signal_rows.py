"""Signals from wide tables, long tables and files that keep them apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.building.contents import Contents, find_column
from lstm_core.data.items.reading.building.repairs import mend_signals
from lstm_core.data.items.reading.columns.facts import read_column
from lstm_core.data.items.reading.columns.steps import split_channels
from lstm_core.data.items.reading.columns.stretches import (
    Stretches,
    cut_stretches,
    gather_items,
    gather_rows,
    read_moments,
)
from lstm_core.data.items.reading.files import LONGEST_ITEM
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.signals import Signals
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec.items import NO_COLUMN, STRETCHES, ItemsDataSpec


def read_signals(source: ItemSource, spec: ItemsDataSpec, channels: Sequence[str]) -> Contents:
    """Return the signals of all items, without holes.

    Raises:
        DataError: none is whole, one is too long, a channel isn't there, or labels change
            within items.
    """
    notes: list[str] = []
    if source.signals is not None:
        table, signals = source.frame, source.signals
        if channels:
            signals = _pick_channels(signals, channels)
    elif spec.layout == "long":
        table, signals, notes = _read_long(source, spec, channels)
    else:
        table, (signals, notes) = source.frame, _read_wide(source, channels)
    size = signals.lengths * len(signals.channels)
    if len(size) and int(size.max()) > LONGEST_ITEM:
        number = int(size.argmax())
        raise DataError(
            f"Item {number + 1:,} has {int(signals.lengths[number]):,} steps of "
            f"{count_words(len(signals.channels), 'channel')}; at most {LONGEST_ITEM:,} numbers "
            "are read.",
            "Cut it into windows, each with the label, or average neighbouring steps.",
        )
    signals, whole, told = mend_signals(signals)
    lost = int((~whole).sum())
    if lost == len(whole):
        raise DataError(
            "No signal is whole: each has a channel without any number.",
            "Choose other channels, or fill in what is missing.",
        )
    if lost:
        told.append(f"Signals with an empty channel left out: {lost:,}.")
    return Contents(table, whole, signals=signals, notes=(*notes, *told))


def _pick_channels(signals: Signals, wanted: Sequence[str]) -> Signals:
    missing = [name for name in wanted if name not in signals.channels]
    if missing:
        raise DataError(
            f'There is no channel "{missing[0][:60]}".',
            f"The channels are {list_names(signals.channels)}.",
        )
    places = [signals.channels.index(name) for name in wanted]
    return Signals.from_lengths(signals.values[:, places], signals.lengths, wanted)


def _read_wide(source: ItemSource, columns: Sequence[str]) -> tuple[Signals, list[str]]:
    families = split_channels(columns)
    num_steps = len(next(iter(families.values())))
    values = np.empty((source.num_rows, num_steps, len(families)), dtype=np.float32)
    num_bad = 0
    with np.errstate(over="ignore"):
        for channel, names in enumerate(families.values()):
            for step, name in enumerate(names):
                numbers = read_column(source.frame[name], source.decimal)
                num_bad += _count_words_among(source.frame[name], numbers)
                values[:, step, channel] = numbers
    lengths = np.full(source.num_rows, num_steps)
    flat = values.reshape(-1, len(families))
    return Signals.from_lengths(flat, lengths, tuple(families)), _tell_bad(num_bad)


def _read_long(
    source: ItemSource, spec: ItemsDataSpec, channels: Sequence[str]
) -> tuple[pd.DataFrame, Signals, list[str]]:
    frame, notes = source.frame, []
    time = find_column(spec.time)
    moments = None if time is None else read_moments(frame[time], source.decimal)
    stretches, told = _cut_items(source, spec, moments)
    notes += told
    if moments is not None and not _is_in_order(moments[stretches.order], stretches.lengths):
        stretches = stretches.sort_by(moments)
        notes.append(f'Rows were put in the order of "{str(time)[:40]}".')
    values = np.empty((len(frame), len(channels)), dtype=np.float32)
    num_bad = 0
    with np.errstate(over="ignore"):
        for number, name in enumerate(channels):
            numbers = read_column(frame[name], source.decimal)
            num_bad += _count_words_among(frame[name], numbers)
            values[:, number] = numbers[stretches.order]
    table = frame.iloc[stretches.firsts].reset_index(drop=True)
    signals = Signals.from_lengths(values, stretches.lengths, channels)
    return table, signals, [*notes, *_tell_bad(num_bad)]


def _cut_items(
    source: ItemSource, spec: ItemsDataSpec, moments: np.ndarray | None
) -> tuple[Stretches, list[str]]:
    """Say which rows are one item; an item has one label, one group and one part.

    Args:
        moments: what orders the rows, ``(rows,)``; None where their order counts.
    """
    frame = source.frame
    parts = {
        part: name
        for part in ("group", "split", "label")
        if (name := find_column(getattr(spec, part))) is not None
    }
    if spec.item in (STRETCHES, NO_COLUMN, None):
        stretches = cut_stretches(frame, list(parts.values()))
        told = f"Rows in sequence with the same {' and '.join(parts)} are an item."
        if not parts:
            told = "All rows are one item."
        return stretches, [told]
    item = str(spec.item)
    keys = [item]
    gather = gather_rows
    notes: list[str] = []
    stretches = gather(frame, keys)
    if moments is not None and not _is_in_order(moments[stretches.order], stretches.lengths):
        blocks = gather_items(frame, item)
        if _is_in_order(moments[blocks.order], blocks.lengths):
            stretches, gather = blocks, cut_stretches
            if len(blocks.lengths) > frame[item].nunique():
                notes.append(
                    f'In "{item[:40]}", names come again: each stretch of rows is an item.'
                )
    for part, name in parts.items():
        varies = stretches.varies(frame[name])
        if not varies.any():
            continue
        finer = gather(frame, [*keys, name])
        # A name may come again in another group. A label that changes to and fro is no name's.
        runs = cut_stretches(frame, [*keys, name])
        if part == "label" and (gather is cut_stretches or len(runs.lengths) > len(finer.lengths)):
            raise _refuse_changing(frame, item, name, stretches, varies)
        keys.append(name)
        stretches = finer
        notes.append(
            f'In "{item[:40]}", names come again with another {part}: both together name an item.'
        )
    return stretches, notes


def _refuse_changing(
    frame: pd.DataFrame, item: str, label: str, stretches: Stretches, varies: np.ndarray
) -> DataError:
    example = str(frame[item].iloc[stretches.firsts[int(np.flatnonzero(varies)[0])]])
    return DataError(
        f'The label "{label[:40]}" changes within {count_words(int(varies.sum()), "item")}, such '
        f'as "{example[:40]}".',
        f'Choose the column that names the items; now it is "{item[:40]}". Or give each stretch '
        "with one label a number of its own.",
    )


def _is_in_order(moments: np.ndarray, lengths: np.ndarray) -> bool:
    steps = np.diff(moments)
    within = np.ones(len(steps), dtype=bool)
    within[np.cumsum(lengths)[:-1] - 1] = False
    return not bool((steps[within] < 0).any())


def _count_words_among(column: pd.Series, numbers: np.ndarray) -> int:
    """Count cells that hold something, which is no number and no word for missing."""
    missing = np.isnan(numbers)
    if not missing.any():
        return 0
    strange = missing & (column != "").to_numpy()
    if not strange.any():
        return 0
    words = column[strange].str.lower()
    return int((~words.isin(["nan", "na", "n/a", "null", "none", "?", "-"])).sum())


def _tell_bad(count: int) -> list[str]:
    return [f"Cells that are no numbers were taken as missing: {count:,}."] if count else []

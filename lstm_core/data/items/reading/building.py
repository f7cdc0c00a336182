"""From a table whose columns have their parts to a collection: cleaned, checked, told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.columns.times import parse_times
from lstm_core.data.items.collection import ItemCollection, as_objects, make_unique
from lstm_core.data.items.reading.facts import read_column
from lstm_core.data.items.reading.files import LONGEST_ITEM
from lstm_core.data.items.reading.labels import check_labels, clean_labels
from lstm_core.data.items.reading.letters import find_strangers
from lstm_core.data.items.reading.repairs import mend_signals
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.reading.steps import split_channels
from lstm_core.data.items.reading.stretches import (
    Stretches,
    cut_stretches,
    gather_items,
    gather_rows,
    read_moments,
)
from lstm_core.data.items.reading.vocabulary import find_part, read_part
from lstm_core.data.items.signals import Signals
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec.items import NO_COLUMN, STRETCHES, ItemsDataSpec

_WORST_SHARE = 0.01
_UNKNOWN = {"dna": "N", "rna": "N", "protein": "X"}


@dataclass(frozen=True)
class _Contents:
    """What the items hold; ``table`` has a row an item, ``whole`` says which can be used."""

    table: pd.DataFrame
    whole: np.ndarray
    texts: np.ndarray | None = None
    signals: Signals | None = None
    notes: tuple[str, ...] = ()


def build_items(
    source: ItemSource, spec: ItemsDataSpec, *, labelled: bool = True
) -> ItemCollection:
    """Return the collection.

    Args:
        spec: every part filled in, as ``understand_items`` gives it.
        labelled: refuse labels that can't be learnt, and leave out items without one. False for
            items that are to be predicted: their labels are optional.

    Raises:
        DataError: what the items or their labels hold can't be used; the sentence says why.
    """
    label = _column(spec.label)
    if labelled and label is None:
        raise _refuse_unlabelled(source)
    contents = (
        _read_signals(source, spec) if spec.content == "numbers" else _read_texts(source, spec)
    )
    table, whole = contents.table, contents.whole.copy()
    notes = [*source.notes, *contents.notes]
    labels: list[str | None] = [None] * len(table)
    if label is not None:
        labels, told = clean_labels(table[label].tolist())
        notes += told
    if labelled:
        assert label is not None
        unlabelled = np.array([each is None for each in labels], dtype=bool) & whole
        told_rare: list[str] = []
        kept = [each for each, is_whole in zip(labels, whole, strict=True) if is_whole]
        rare, told_rare = check_labels(kept, label)
        notes += told_rare
        if unlabelled.any():
            notes.append(f"Items without a label left out: {int(unlabelled.sum()):,}.")
        whole &= np.array([each is not None and each not in rare for each in labels], dtype=bool)
    if not whole.any():
        raise DataError(
            "No item is left: all are empty.", "Choose the column that holds what they are made of."
        )
    item = _column(spec.item) if spec.item != STRETCHES else None
    ids = table[item].tolist() if item in table.columns else [str(n + 1) for n in range(len(table))]
    ids = [each or str(number + 1) for number, each in enumerate(ids)]
    collection = ItemCollection(
        content=spec.content or "text",
        ids=make_unique(ids),
        labels=as_objects(labels),
        texts=contents.texts,
        signals=contents.signals,
        alphabet=spec.alphabet if spec.content == "symbols" else None,
        groups=_read_groups(table, spec),
        times=_read_times(table, spec),
        parts=_read_parts(table, spec),
        source=spec.source,
        name=spec.name,
        roles=tuple((part, name) for part, name in spec.columns.items() if part != "text"),
        notes=tuple(notes),
    )
    return collection if whole.all() else collection.select(whole)


def _column(name: str | None) -> str | None:
    return None if name in (None, NO_COLUMN) else name


def _read_texts(source: ItemSource, spec: ItemsDataSpec) -> _Contents:
    column = _column(spec.text)
    if column is None:
        raise DataError(
            f'No column of "{source.name[:80]}" holds texts or sequences.',
            f"The columns are {list_names(list(source.frame.columns))}.",
        )
    cells = source.frame[column]
    if cells.dtype == object or str(cells.dtype) != "str":
        cells = cells.astype("str")
    longest = cells.str.len()
    if len(cells) and int(longest.max()) > LONGEST_ITEM:
        number = int(longest.to_numpy().argmax())
        raise DataError(
            f"Item {number + 1:,} has {int(longest.max()):,} characters; at most "
            f"{LONGEST_ITEM:,} are read.",
            "Cut it into pieces, such as paragraphs, each with the label.",
        )
    notes: list[str] = []
    texts = cells.tolist()
    if spec.content == "symbols":
        texts, notes = _clean_symbols(texts, spec.alphabet or "any")
    whole = np.array([bool(text) for text in texts], dtype=bool)
    empty = int((~whole).sum())
    if empty == len(texts):
        raise DataError(
            f'The column "{column[:60]}" is empty.', "Choose the column that holds the texts."
        )
    if empty:
        notes.append(
            f"Items without anything in them left out: {empty:,}, such as row "
            f"{int(np.argmin(whole)) + 1:,}."
        )
    return _Contents(source.frame, whole, texts=as_objects(texts), notes=tuple(notes))


def _clean_symbols(texts: list[str], alphabet: str) -> tuple[list[str], list[str]]:
    """Bring sequences to capitals; a few strange letters become "unknown", many are refused."""
    if alphabet == "any":
        return ["".join(text.split()) for text in texts], []
    texts = ["".join(text.split()).upper() for text in texts]
    strange = {
        number: found
        for number, text in enumerate(texts)
        if (found := find_strangers(text, alphabet))
    }
    if not strange:
        return texts, []
    letters = "".join(sorted(set().union(*strange.values())))[:20]
    name = {"dna": "DNA", "rna": "RNA", "protein": "a protein"}[alphabet]
    first = next(iter(strange))
    if len(strange) > max(1, _WORST_SHARE * len(texts)) or len(texts) < 20:
        raise DataError(
            f"{count_words(len(strange), 'sequence')} of {len(texts):,} "
            f"{'holds' if len(strange) == 1 else 'hold'} letters that are no letters of {name}: "
            f"{letters}; the first is number {first + 1:,}.",
            "Correct them, or choose another alphabet: protein, or symbols of any kind.",
        )
    unknown = _UNKNOWN[alphabet]
    table = str.maketrans(dict.fromkeys(set().union(*strange.values()), unknown))
    for number in strange:
        texts[number] = texts[number].translate(table)
    return texts, [
        f"In {count_words(len(strange), 'sequence')}, letters that are none of {name} ({letters}) "
        f"are read as unknown ({unknown})."
    ]


def _read_signals(source: ItemSource, spec: ItemsDataSpec) -> _Contents:
    notes: list[str] = []
    if source.signals is not None:
        table, signals = source.frame, source.signals
        if spec.channels:
            signals = _pick_channels(signals, spec.channels)
    elif spec.layout == "long":
        table, signals, notes = _read_long(source, spec)
    else:
        table, (signals, notes) = source.frame, _read_wide(source, spec.channels or ())
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
    return _Contents(table, whole, signals=signals, notes=(*notes, *told))


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


def _read_long(source: ItemSource, spec: ItemsDataSpec) -> tuple[pd.DataFrame, Signals, list[str]]:
    frame, notes = source.frame, []
    time = _column(spec.time)
    moments = None if time is None else read_moments(frame[time], source.decimal)
    stretches, told = _cut_items(source, spec, moments)
    notes += told
    if moments is not None and not _is_in_order(moments[stretches.order], stretches.lengths):
        stretches = stretches.sort_by(moments)
        notes.append(f'Rows were put in the order of "{str(time)[:40]}".')
    channels = spec.channels or ()
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
        if (name := _column(getattr(spec, part))) is not None
    }
    if spec.item in (STRETCHES, NO_COLUMN, None):
        stretches = cut_stretches(frame, list(parts.values()))
        told = f"Rows in sequence with the same {' and '.join(parts)} are an item."
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


def _read_groups(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = _column(spec.group)
    if name is None:
        return None
    groups = [cell or None for cell in table[name].tolist()]
    return as_objects(groups) if any(groups) else None


def _read_times(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = _column(spec.time)
    if name is None or spec.layout == "long":
        return None
    cells = table[name]
    parsed = parse_times(cells.where(cells != ""))
    if parsed is not None and parsed.is_calendar:
        return parsed.values.to_numpy(dtype="datetime64[ns]")
    numbers = read_column(cells)
    return None if np.isnan(numbers).all() else numbers


def _read_parts(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = _column(spec.split)
    if name is None:
        return None
    parts = [read_part(cell) or find_part(cell) for cell in table[name].tolist()]
    return as_objects(parts) if any(parts) else None


def _refuse_unlabelled(source: ItemSource) -> DataError:
    names = list_names(list(source.frame.columns))
    are_files = "item" in source.hints and source.hints["item"].column == "file"
    remedy = "Choose the column that says what each item is, or add one."
    if are_files or not names:
        remedy = "Put the files into folders named by their label, or add a table of labels."
    return DataError(
        f'No column of "{source.name[:80]}" holds labels: none has few values that recur.',
        f"{remedy} The columns are {names}." if names else remedy,
    )

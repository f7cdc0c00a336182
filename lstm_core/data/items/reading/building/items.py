"""From a table whose columns have their parts to a collection: cleaned, checked, told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.items.collection import ItemCollection, as_objects, make_unique
from lstm_core.data.items.reading.building.contents import find_column
from lstm_core.data.items.reading.building.labels import check_labels, clean_labels
from lstm_core.data.items.reading.building.signal_rows import read_signals
from lstm_core.data.items.reading.building.texts import read_texts
from lstm_core.data.items.reading.columns.facts import read_column
from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.reading.columns.vocabulary import find_part, read_part
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.items.tokens import cut_words
from lstm_core.data.items.vectors import WordVectors, read_vectors
from lstm_core.data.reading.times import parse_times
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec.items import STRETCHES, ItemsDataSpec


def build_items(
    source: ItemSource, understanding: Understanding, *, labelled: bool = True
) -> ItemCollection:
    """Return the collection.

    Args:
        understanding: every part filled in, as ``understand_items`` gives it.
        labelled: refuse labels that can't be learnt, and leave out items without one. False for
            items that are to be predicted: their labels are optional.

    Raises:
        DataError: what the items or their labels hold can't be used; the sentence says why.
    """
    spec = understanding.spec
    label = find_column(spec.label)
    if labelled and label is None:
        raise _refuse_unlabelled(source)
    if spec.content == "numbers":
        contents = read_signals(source, spec, understanding.channels)
    else:
        contents = read_texts(source, spec)
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
    item = find_column(spec.item) if spec.item != STRETCHES else None
    ids = table[item].tolist() if item in table.columns else [str(n + 1) for n in range(len(table))]
    ids = [each or str(number + 1) for number, each in enumerate(ids)]
    if len(set(ids)) < len(ids) and spec.layout != "long":
        notes.append(f'In "{str(item)[:40]}", names occur twice: later ones got a number.')
    vectors = None
    if source.vectors is not None:
        vectors, told = _read_vectors(source.vectors, contents.texts)
        notes += told
    collection = ItemCollection(
        content=spec.content or "text",
        ids=make_unique(ids),
        labels=as_objects(labels),
        texts=contents.texts,
        signals=contents.signals,
        vectors=vectors,
        alphabet=spec.alphabet if spec.content == "symbols" else None,
        groups=_read_groups(table, spec),
        times=_read_times(table, spec),
        parts=_read_parts(table, spec),
        source=spec.source,
        name=spec.name,
        roles=tuple((part, name) for part, name in spec.columns.items() if part != "text"),
        understood=spec,
        notes=tuple(notes),
    )
    return collection if whole.all() else collection.select(whole)


def _read_vectors(
    file: GivenFile, texts: np.ndarray | None
) -> tuple[WordVectors | None, list[str]]:
    """Return the vectors of the words that the texts hold, and what to say of them."""
    name = file.name[:80]
    if texts is None:
        return None, [f'"{name}" holds vectors of words, and these items have no words.']
    words = {word for text in texts for word in cut_words(str(text))}
    found = read_vectors(file.content, file.name, words)
    share = len(found.words) / max(1, len(words))
    said = (
        f'"{name}" holds {count_words(found.num_read, "vector")} of {found.width} numbers: '
        f"{share:.0%} of the {len(words):,} different words and marks have one."
    )
    return (found if found.words else None), [said]


def _read_groups(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = find_column(spec.group)
    if name is None:
        return None
    groups = [cell or None for cell in table[name].tolist()]
    return as_objects(groups) if any(groups) else None


def _read_times(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = find_column(spec.time)
    if name is None or spec.layout == "long":
        return None
    cells = table[name]
    parsed = parse_times(cells.where(cells != ""))
    if parsed is not None and parsed.is_calendar:
        return parsed.values.to_numpy(dtype="datetime64[ns]")
    numbers = read_column(cells)
    return None if np.isnan(numbers).all() else numbers


def _read_parts(table: pd.DataFrame, spec: ItemsDataSpec) -> np.ndarray | None:
    name = find_column(spec.split)
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

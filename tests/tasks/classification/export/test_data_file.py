"""What stands in the file that a classifier's script reads."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.items.collection import as_objects
from lstm_core.export.cells import read_text
from lstm_core.export.tables import name_channels
from lstm_core.tasks.classification.export.data_file import write_data
from lstm_core.tasks.classification.export.story import Story
from lstm_core.tasks.registry import find_kind
from tests.tasks.classification.examples import ask_for, make_moods, make_waves


def read(content: bytes) -> pd.DataFrame:
    texts = dict.fromkeys(("item", "text", "label", "part"), str)
    return pd.read_csv(io.BytesIO(content), dtype=texts, keep_default_na=False)


def test_every_text_stands_there_with_its_part() -> None:
    moods = make_moods()
    assert moods.texts is not None
    texts = as_objects([f"=1\r\n'=2;+3\r{text}" for text in moods.texts])
    moods = replace(moods, texts=texts)
    spec, _ = find_kind(ask_for()).resolve(ask_for(), moods)
    table = read(write_data(spec, moods))
    assert table.columns.tolist() == ["item", "label", "part", "text"]
    assert table["text"].map(read_text).tolist() == texts.tolist()
    assert table["label"].tolist() == moods.labels.tolist()
    assert set(table["part"]) == {"train", "validation", "test"}
    assert not table["text"].str.startswith("=").any()


def test_symbols_stand_there_as_they_are_read() -> None:
    genes = make_moods()
    genes = replace(
        genes,
        content="symbols",
        alphabet="rna",
        texts=as_objects([f"acg u{'ac' * (number % 7)}" for number in range(genes.num_items)]),
    )
    spec, _ = find_kind(ask_for()).resolve(ask_for(), genes)
    table = read(write_data(spec, genes))
    assert set(table["text"].str[:4]) == {"ACGT"}


def test_signals_come_back_to_the_last_bit() -> None:
    waves = make_waves(num_channels=2)
    assert waves.signals is not None
    spec, _ = find_kind(ask_for()).resolve(ask_for(), waves)
    table = read(write_data(spec, waves))
    channels = name_channels(waves.signals.channels, table.columns[:3])
    assert table.columns.tolist() == ["item", "label", "part", *channels]
    found = table[channels].to_numpy(np.float32)
    assert (found == waves.signals.values).all()
    counts = table.groupby("item", sort=False).size()
    assert counts.tolist() == waves.signals.lengths.tolist()


def test_what_is_used_for_nothing_is_left_out_and_what_is_asked_about_is_not() -> None:
    moods = make_moods(40)
    parts = as_objects([("train", "train", "validation", "test")[n % 4] for n in range(40)])
    parts[:4] = None
    labels = as_objects(moods.labels)
    labels[36:] = None
    moods = replace(moods, parts=parts, labels=labels)
    asked = ask_for(task__split="given")
    spec, _ = find_kind(asked).resolve(asked, moods)
    story = Story.of(spec, moods)
    table = read(write_data(spec, moods))
    counts = table["part"].value_counts()
    assert counts["asked"] == 4
    assert story.has_asked
    assert len(table) == story.items.num_items
    assert (table["label"] == "").sum() == 4
    assert "" not in counts


def test_names_of_channels_are_told_apart_and_never_formulas() -> None:
    assert name_channels(["=a", "'=a", "item", ""], ["item"]) == [
        "'=a",
        "''=a",
        "item (2)",
        "unnamed",
    ]

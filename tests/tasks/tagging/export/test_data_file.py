"""What stands in the file that a tagger's script reads."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.items.collection import as_objects
from lstm_core.export.cells import read_text
from lstm_core.tasks.tagging.export.data_file import list_channels, write_data
from lstm_core.tasks.tagging.export.story import Story
from lstm_core.tasks.tagging.kind import KIND
from tests.tasks.tagging.examples import ask_for, make_motions, make_requests


def read(content: bytes) -> pd.DataFrame:
    texts = dict.fromkeys(("item", "word", "tag", "part"), str)
    return pd.read_csv(io.BytesIO(content), dtype=texts, keep_default_na=False)


def test_every_word_stands_there_with_its_tag_and_part() -> None:
    requests = make_requests(30)
    assert requests.words is not None
    words = as_objects([f"=1\r\n'=2;+3\r{word}" for word in requests.words])
    requests = replace(requests, words=words)
    spec, _ = KIND.resolve(ask_for(), requests)
    table = read(write_data(spec, requests))
    assert table.columns.tolist() == ["item", "word", "tag", "part"]
    assert table["word"].map(read_text).tolist() == words.tolist()
    assert table["tag"].tolist() == requests.tags.tolist()
    assert table["item"].tolist() == np.repeat(requests.ids, requests.lengths).tolist()
    assert set(table["part"]) == {"train", "validation", "test"}
    assert not table["word"].str.startswith("=").any()


def test_numbers_come_back_to_the_last_bit() -> None:
    motions = make_motions()
    assert motions.signals is not None
    signals = replace(motions.signals, channels=("tag", "=x"))
    motions = replace(motions, signals=signals)
    spec, _ = KIND.resolve(ask_for(), motions)
    table = read(write_data(spec, motions))
    channels = list_channels(Story.of(spec, motions))
    assert channels == ["tag (2)", "'=x"]
    assert table.columns.tolist() == ["item", "tag", "part", *channels]
    assert (table[channels].to_numpy(np.float32) == signals.values).all()


def test_folds_have_a_column_each() -> None:
    requests = make_requests(40)
    spec, _ = KIND.resolve(ask_for(task__num_folds=3, task__split="stratified"), requests)
    table = read(write_data(spec, requests))
    columns = [f"part in fold {number}" for number in (1, 2, 3)]
    assert table.columns.tolist()[-3:] == columns
    items = table.groupby("item").first()
    assert ((items[columns] == "test").sum(axis=1) == 1).all()


def test_what_is_used_for_nothing_is_left_out_and_what_is_asked_about_is_not() -> None:
    requests = make_requests(40, num_untagged=4)
    parts = as_objects([("train", "train", "validation", "test")[n % 4] for n in range(40)])
    parts[:4] = None
    requests = replace(requests, parts=parts)
    spec, _ = KIND.resolve(ask_for(task__split="given"), requests)
    story = Story.of(spec, requests)
    table = read(write_data(spec, requests))
    counts = table.groupby("item").first()["part"].value_counts()
    assert counts["asked"] == 4
    assert story.has_asked
    assert counts.sum() == story.sequences.num_sequences
    assert ((table["tag"] == "") == (table["part"] == "asked")).all()
    assert "" not in counts

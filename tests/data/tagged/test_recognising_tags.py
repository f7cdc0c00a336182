"""Which files seem to hold tagged sequences, and which something else."""

import json
import random

import pytest

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.recognising import rate_items
from lstm_core.data.series.recognising import rate_table
from lstm_core.data.tagged.recognising import rate_tagged
from tests.data.tagged.reading.given import write_conll, write_stream, write_table
from tests.data.test_recognising import ENOUGH, ITEMS, SERIES, pack

LINES = "\n".join(json.dumps({"tokens": ["to", "Rome"], "tags": ["O", "B-city"]}) for _ in "1234")
SPANS = "\n".join(json.dumps({"text": "to Rome", "label": [[3, 7, "city"]]}) for _ in "1234")
POS = "\n\n".join(["the\tDET\ndog\tNOUN\nruns\tVERB", "a\tDET\ncat\tNOUN"] * 9)
TAGGED = {
    "a.conll": write_conll(),
    "a.txt": write_conll(mark=" "),
    "pos.txt": POS,
    "a.csv": write_table(),
    "a.tsv": write_table().replace(",", "\t"),
    "a.jsonl": LINES,
    "spans.jsonl": SPANS,
    "a.zip": pack({"train.conll": write_conll().encode(), "test.conll": write_conll().encode()}),
    "day.csv": write_stream(2_000),
}


def as_file(name: str, content: str | bytes) -> GivenFile:
    return GivenFile(name, content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("name", TAGGED)
def test_tagged_sequences_are_told_from_all_else(name: str) -> None:
    file = as_file(name, TAGGED[name])
    rated = rate_tagged([file])
    assert rated >= ENOUGH
    assert rated > rate_items([file])
    assert rated > rate_table(file.content, name)


@pytest.mark.parametrize("name", [*ITEMS, *SERIES])
def test_all_else_is_told_from_tagged_sequences(name: str) -> None:
    content = {**ITEMS, **SERIES}[name]
    file = GivenFile(name, content)
    best = max(rate_items([file]), rate_table(content, name), ENOUGH)
    assert rate_tagged([file]) < best


def test_one_label_for_each_recording_is_no_tag_for_each_step() -> None:
    chance = random.Random(1)
    rows = [
        f"{person},{segment},{step / 25},{chance.gauss(0, 1):.3f},{('sit', 'walk')[segment % 2]}"
        for person in range(5)
        for segment in range(8)
        for step in range(30)
    ]
    content = "\n".join(["subject,segment,time_s,x,activity", *rows])
    assert rate_tagged([as_file("motion.csv", content)]) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        b"a,b\n",
        pack({}),
        b"\x89PNG\r\n" * 9,
        b"A line of a poem\nand another one\n\nand a third\n" * 30,
        b"name,language\nAnna,Polish\nIvo,Dutch\nEleni,Greek\n" * 30,
        b'{"time": [1, 2, 3], "value": [4, 5, 6]}',
        b'[{"time": [1, 2], "value": [4, 5]}]',
    ],
)
@pytest.mark.parametrize("name", ["file.csv", "file.txt", "file.json"])
def test_what_is_nothing_speaks_for_nothing(content: bytes, name: str) -> None:
    assert rate_tagged([GivenFile(name, content)]) < ENOUGH

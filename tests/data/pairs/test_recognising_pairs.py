"""Which files seem to hold pairs, and which something else."""

import random

import pytest

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.recognising import rate_items
from lstm_core.data.pairs.recognising import rate_pairs
from lstm_core.data.series.recognising import rate_table
from tests.data.pairs.reading.given import PAIRS, make_lines, write_side, write_table
from tests.data.pairs.reading.test_formats import ONE_FILE
from tests.data.test_recognising import ENOUGH, ITEMS, SERIES


def as_file(name: str, content: str | bytes) -> GivenFile:
    return GivenFile(name, content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("name", ONE_FILE)
def test_pairs_are_told_from_all_else(name: str) -> None:
    file = as_file(name, ONE_FILE[name])
    rated = rate_pairs([file])
    assert rated >= ENOUGH
    assert rated > rate_items([file])
    assert rated > rate_table(file.content, name)


def test_two_sides_are_told() -> None:
    files = [as_file("a.en", write_side(0)), as_file("a.de", write_side(1))]
    assert rate_pairs(files) > max(ENOUGH, rate_items(files))


@pytest.mark.parametrize("name", [*ITEMS, *SERIES])
def test_all_else_is_told_from_pairs(name: str) -> None:
    content = {**ITEMS, **SERIES}[name]
    file = GivenFile(name, content)
    best = max(rate_items([file]), rate_table(content, name), ENOUGH)
    assert rate_pairs([file]) < best


def test_a_label_beside_a_text_is_no_pair() -> None:
    chance = random.Random(1)
    rows = [(a, chance.choice(["good", "bad", "so"])) for a, _ in make_lines(60)]
    for head in ("text\tlabel", "source\ttarget", None):
        file = as_file("a.tsv", write_table(rows, head=head))
        assert rate_pairs([file]) < min(ENOUGH, rate_items([file]))


def test_words_with_tags_are_no_pairs() -> None:
    conll = "\n\n".join("the\tDET\ndog\tNOUN\nruns\tVERB" for _ in PAIRS)
    assert rate_pairs([as_file("a.conll", conll)]) < ENOUGH
    assert rate_pairs([as_file("a.txt", conll)]) < ENOUGH


@pytest.mark.parametrize("content", [b"", b"\0\1", b"a,b\n", b"x\n" * 30, b"{}", b"<tmx"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.tmx", "a.json"])
def test_what_is_nothing_speaks_for_nothing(content: bytes, name: str) -> None:
    assert rate_pairs([GivenFile(name, content)]) < ENOUGH

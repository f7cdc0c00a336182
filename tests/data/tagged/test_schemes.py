import random

import numpy as np
import pytest

from lstm_core.data.tagged.converting import read_tags
from lstm_core.data.tagged.entities import find_entities
from lstm_core.data.tagged.schemes import recognise_style
from lstm_core.errors import DataError

TRUTH = (
    ["B-city", "I-city", "I-city", "O", "B-city", "B-city", "O"],
    ["O", "B-who", "B-city", "I-city"],
    ["B-who", "I-who", "B-who", "O", "O", "B-city"],
    ["O", "O"],
)
"""In BIO: entities of one and several words, neighbours of one type and of two."""


def write(tags: list[str], places: str, mark: str = "-", *, behind: bool = False) -> list[str]:
    """Write tags of BIO with other letters: begin, inside, end, single."""
    begin, inside, end, single = places
    written = []
    for step, tag in enumerate(tags):
        if tag == "O":
            written.append("O")
            continue
        place, kind = tag[0], tag[2:]
        goes_on = step + 1 < len(tags) and tags[step + 1] == f"I-{kind}"
        letter = (begin if goes_on else single) if place == "B" else (inside if goes_on else end)
        written.append(f"{kind}{mark}{letter}" if behind else f"{letter}{mark}{kind}")
    return written


def write_first(tags: list[str]) -> list[str]:
    """Write tags of BIO as IOB1: B behind a neighbour of the same type alone."""
    return [
        tag if tag[0] != "B" or (step and tags[step - 1][2:] == tag[2:]) else f"I{tag[1:]}"
        for step, tag in enumerate(tags)
    ]


def convert(sequences):
    flat = [tag for sequence in sequences for tag in sequence]
    lengths = np.array([len(sequence) for sequence in sequences])
    reading = read_tags(flat, lengths)
    ends = np.cumsum(lengths)
    return reading, [reading.tags[a:b].tolist() for a, b in zip(ends - lengths, ends, strict=True)]


@pytest.mark.parametrize(
    ("places", "name"),
    [("BIES", "BIOES"), ("BILU", "BILOU"), ("BMES", "BMES"), ("BMEW", "BMEWO"), ("BIIB", "BIO")],
)
@pytest.mark.parametrize(("mark", "behind"), [("-", False), ("_", False), ("-", True)])
def test_every_scheme_becomes_bio(places: str, name: str, mark: str, behind: bool) -> None:
    reading, found = convert([write(tags, places, mark, behind=behind) for tags in TRUTH])
    assert reading.scheme == "bio"
    assert found == list(TRUTH)
    assert not any("not fit" in note for note in reading.notes)
    if name != "BIO":
        assert f"Tags are in {name} and were read as BIO." in reading.notes
    elif (mark, behind) == ("-", False):
        assert reading.notes == ()


def test_types_that_begin_with_i_are_told_from_tags_that_lost_their_beginning() -> None:
    reading, found = convert([write_first(tags) for tags in TRUTH])
    assert found == list(TRUTH)
    assert reading.notes == ("Tags are in IOB1 and were read as BIO.",)


def test_tags_that_lost_their_beginning_begin_an_entity() -> None:
    spoilt = [*TRUTH, ["O", "I-city", "I-city"], ["B-who", "I-city"]]
    reading, found = convert(spoilt)
    assert found[-2:] == [["O", "B-city", "I-city"], ["B-who", "B-city"]]
    (note,) = reading.notes
    assert note.startswith('2 tags do not fit the scheme BIO, such as "I-city" behind "O"')


@pytest.mark.parametrize(
    ("broken", "mended", "count"),
    [
        (["E-city", "O"], ["B-city", "O"], 1),
        (["B-city", "O"], ["B-city", "O"], 1),
        (["B-city", "E-who"], ["B-city", "B-who"], 1),
        (["S-city", "I-city", "E-city"], ["B-city", "B-city", "I-city"], 1),
        (["O", "B-who", "I-who"], ["O", "B-who", "I-who"], 1),
    ],
)
def test_what_breaks_bioes_is_repaired_and_counted(broken, mended, count) -> None:
    whole = [write(tags, "BIES") for tags in TRUTH] * 5
    reading, found = convert([*whole, broken])
    assert found[-1] == mended
    assert any(note.startswith(f"{count} tag does not fit the scheme BIOES") for note in
               reading.notes)  # fmt: skip


def test_a_few_strangers_are_repaired_and_many_refused() -> None:
    reading, found = convert([*list(TRUTH) * 10, ["city", "O", "??"]])
    assert found[-1] == ["B-city", "O", "O"]
    assert any("2 tags do not fit" in note for note in reading.notes)
    with pytest.raises(DataError, match="of the tags other than O fit the scheme BIO") as caught:
        convert([*TRUTH, ["name"] * 5])
    assert "name" in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize("outside", ["o", "0"])
def test_other_letters_for_what_is_outside(outside: str) -> None:
    _, found = convert([[tag.replace("O", outside) for tag in tags] for tags in TRUTH])
    assert found == list(TRUTH)


def test_places_without_a_type_have_one_type() -> None:
    reading, found = convert([["O", "B", "I", "O"], ["B", "O"]])
    assert reading.scheme == "bio"
    assert found == [["O", "B-entity", "I-entity", "O"], ["B-entity", "O"]]


@pytest.mark.parametrize(
    "tags",
    [
        ["DET", "NOUN", "VERB", "ADP", "O"],
        ["I-5", "I-90", "O", "US-1"],
        ["I-5", "I-90", "O"],
        ["B-flat", "A-flat", "C-sharp", "O"],
        ["walking", "still", "O"],
        ["B-city", "I-city", "S-city"],  # nothing is outside
        ["0", "1", "2"],
        ["O", "o"],
        ["S-Bahn", "U-Bahn", "O", "bus"],
    ],
)
def test_plain_tags_stay_as_they_are(tags: list[str]) -> None:
    assert recognise_style(dict.fromkeys(tags, 20)) is None
    reading, found = convert([tags])
    assert reading.scheme == "plain"
    assert found == [tags]


def test_unknown_tags_stay_unknown() -> None:
    _, found = convert([*TRUTH, [None, None]])
    assert found[-1] == [None, None]


def test_any_tags_whatever_come_out_well_formed() -> None:
    """Entities of what comes out are those that CoNLL's own scorer sees: every I goes on."""
    chance = random.Random(3)
    pool = ["O", "B-a", "I-a", "E-a", "S-a", "B-b", "I-b", "E-b", "S-b"]
    for _ in range(200):
        sequences = [[chance.choice(pool) for _ in range(8)] for _ in range(6)]
        reading, found = convert([*[write(tags, "BIES") for tags in TRUTH], *sequences])
        assert reading.scheme == "bio"
        for tags in found:
            begun = sum(tag[0] == "B" for tag in tags)
            assert len(find_entities(tags)) == begun

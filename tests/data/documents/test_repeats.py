"""Paragraphs that occur again, and which of them a model would have learnt."""

import numpy as np

from lstm_core.data.documents.repeats import cut_paragraphs, find_repeats
from lstm_core.data.documents.splitting.stretches import Stretch, TextSplit

LONG = "the ship came in at night and nobody of the harbour saw the lamp that it had carried home"
OTHER = LONG.replace("night", "noon").replace("lamp", "sail")


def test_copies_are_found_whatever_their_capitals_and_spaces() -> None:
    first = f"{LONG}.\n\nShort.\n\n{OTHER}.\n\nShort."
    second = f"{OTHER}!\n \n\n  “{LONG.upper()}”\n"
    found = find_repeats([first, second])
    assert found.num_looked_at == 4
    assert found.documents.tolist() == [0, 1]
    assert found.is_copy.tolist() == [False, True]
    place, stop = int(found.starts[1]), int(found.stops[1])
    assert LONG.upper() in second[place:stop]
    assert found.share == (stop - place) / (len(first) + len(second))


def test_nothing_repeats() -> None:
    found = find_repeats([LONG, OTHER])
    assert len(found.clusters) == 0
    assert found.share == 0
    assert find_repeats([]).share == 0
    assert len(find_repeats([LONG, LONG], least=200).clusters) == 0


def test_long_stretches_without_blank_lines_are_cut_into_lines() -> None:
    text = "\n".join(f"{LONG} {number % 150}" for number in range(300))
    assert find_repeats([text]).is_copy.sum() == 150
    short = "a\nb\n\nc"
    assert [short[start:stop] for start, stop in cut_paragraphs(short)] == ["a\nb", "c"]


def test_what_is_judged_and_was_learnt_is_told() -> None:
    text = f"{LONG}\n\n{OTHER}\n\n{LONG}\n\n{OTHER} too\n\n{LONG}"
    found = find_repeats([text, OTHER])
    bounds = [text.index("\n\n", 150) + 2, len(text) - len(LONG) - 30]
    split = TextSplit(
        (Stretch(0, 0, bounds[0]),),
        (Stretch(0, bounds[0], bounds[1]),),
        (Stretch(0, bounds[1], len(text)), Stretch(1, 0, len(OTHER))),
    )
    parts = split.number_parts(found.documents, found.starts, found.stops)
    learnt = found.find_learnt(parts)
    places = {(int(d), int(s)): bool(x) for d, s, x in zip(
        found.documents, found.starts, learnt, strict=True)}  # fmt: skip
    assert places[0, 0] is False
    assert places[0, len(text) - len(LONG)] is True
    assert places[1, 0] is True
    np.testing.assert_array_equal(np.unique(parts), [0, 1, 2])


def test_a_piece_that_a_border_cuts_is_in_no_part() -> None:
    split = TextSplit((Stretch(0, 0, 10),), (Stretch(0, 10, 20),), (Stretch(2, 0, 5),))
    documents = np.array([0, 0, 0, 1, 2, 2])
    starts, stops = np.array([0, 5, 10, 0, 0, 4]), np.array([10, 12, 20, 3, 5, 6])
    assert split.number_parts(documents, starts, stops).tolist() == [0, -1, 1, -1, 2, -1]

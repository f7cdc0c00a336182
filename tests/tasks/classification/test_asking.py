from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.items.storing import collection_from_bytes, collection_to_bytes
from lstm_core.errors import DataError
from lstm_core.tasks.classification.asking import (
    MOST_LETTERS,
    pose_item,
    pose_text,
    say_agreement,
)
from tests.tasks.classification.examples import make_moods, make_motifs


def test_what_is_typed_is_an_item_like_the_others() -> None:
    item = pose_text("TATA \ud800", make_motifs())
    assert (item.content, item.alphabet, item.num_items) == ("symbols", "dna", 1)
    again = collection_from_bytes(collection_to_bytes(item))
    assert again.texts is not None
    assert again.texts[0] == "TATA ?"


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (MOST_LETTERS + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(DataError) as refusal:
        pose_text(text, make_moods())
    assert refusal.value.remedy


def test_an_item_is_asked_about_without_its_label() -> None:
    moods = make_moods()
    item = pose_item(moods, 3)
    assert item.labels.tolist() == [None]
    assert item.get_item(0) == moods.get_item(3)


def test_labels_that_came_with_new_items_are_counted() -> None:
    moods = make_moods(10)
    said = np.array(["glad"] * 10, object)
    assert say_agreement(moods, said) == "All of them have a label already: 50% got that one."
    assert say_agreement(pose_item(moods, 0), said[:1]) == ""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.learning.feeds import item_orders
from lstm_core.learning.feeds.item_batches import (
    FEW,
    FILLER,
    MANY,
    Batch,
    Drawer,
    ItemBatches,
    cut_by_length,
    list_runs,
)
from lstm_core.learning.feeds.item_lengths import choose_lengths
from lstm_core.learning.feeds.item_orders import ItemOrder
from lstm_core.learning.feeds.table import Course

LENGTHS = np.random.default_rng(0).integers(1, 50, 400)
PADDED = choose_lengths(LENGTHS)


def draw(items: np.ndarray, batch_size: int = 16, seed: int = 0) -> ItemBatches:
    order = ItemOrder(items, LENGTHS, -(-len(items) // batch_size), batch_size, seed)
    return ItemBatches(order, LENGTHS, PADDED)


def list_items(batches: list[Batch]) -> list[int]:
    return [int(item) for batch in batches for item in batch.items]


def test_every_item_comes_once_before_any_comes_again() -> None:
    items = np.arange(100, 350)
    drawn = draw(items)
    epochs = [drawn.draw_epoch() for _ in range(3)]
    counts = np.bincount(list_items(epochs[0]), minlength=400)
    assert set(counts[100:350]) == {1, 2}
    assert counts.sum() == counts[100:350].sum() == 256  # filled up with the next epoch's first
    seen = [item for epoch in epochs for item in list_items(epoch)]
    assert np.bincount(seen, minlength=400)[100:350].min() >= 3
    assert {len(batch.items) for epoch in epochs for batch in epoch} == {16}
    assert list_items(epochs[0]) != list_items(epochs[1])


def test_one_seed_gives_one_order() -> None:
    first, second, other = (draw(np.arange(200), seed=seed) for seed in (1, 1, 2))
    for _ in range(2):
        drawn = list_items(first.draw_epoch())
        assert drawn == list_items(second.draw_epoch())
        assert drawn != list_items(other.draw_epoch())


def test_batches_hold_items_of_similar_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    def waste() -> float:
        batches = [batch for _ in range(4) for batch in draw(np.arange(400)).draw_epoch()]
        padded = sum(batch.num_steps * len(batch.items) for batch in batches)
        return float(padded / LENGTHS[[*list_items(batches)]].sum())

    few = waste()
    monkeypatch.setattr(item_orders, "SMALL_POOL", 1)
    none = waste()
    monkeypatch.setattr(item_orders, "FEW_ITEMS", 0)
    assert waste() < few < none
    assert waste() < 1.35


def test_batches_of_an_epoch_come_in_any_order() -> None:
    steps = [batch.num_steps for batch in draw(np.arange(400)).draw_epoch()]
    assert steps != sorted(steps)


def test_a_batch_is_as_long_as_the_longest_item_needs() -> None:
    for batch in draw(np.arange(400)).draw_epoch():
        longest = LENGTHS[batch.items].max()
        assert batch.num_steps == PADDED[longest <= PADDED].min()
        told = batch.tell()
        assert told["steps"].tolist() == list(range(batch.num_steps))
        assert told["items"].dtype == np.int32


@pytest.mark.parametrize("count", [1, 9, 400])
@pytest.mark.parametrize("fill_in_front", [False, True])
def test_each_item_is_cut_once(count: int, fill_in_front: bool) -> None:
    items = np.random.default_rng(count).permutation(400)[:count]
    places: list[int] = []
    for at, batch in cut_by_length(items, LENGTHS, PADDED, fill_in_front=fill_in_front):
        assert len(batch.items) in (FEW, MANY)
        is_real = batch.items != FILLER
        assert batch.items[is_real].tolist() == items[at].tolist()
        assert is_real[-len(at) :].all() if fill_in_front else is_real[: len(at)].all()
        assert LENGTHS[items[at]].max() <= batch.num_steps
        places += at.tolist()
    assert sorted(places) == list(range(count))
    assert count - 1 in at


def test_long_items_are_predicted_few_at_a_time() -> None:
    lengths = np.full(40, 2_000)
    sizes = [len(batch.items) for _, batch in cut_by_length(np.arange(40), lengths, lengths[:1])]
    assert sizes == [FEW] * 5


def test_batches_are_drawn_when_an_epoch_begins_and_at_no_other_time() -> None:
    drawn, same = draw(np.arange(64)), draw(np.arange(64))
    course = Course(list_runs(drawn.draw_epoch()))
    drawer = Drawer(course, drawn)
    for epoch in range(3):
        drawer.on_epoch_begin(epoch)
        found = [int(item) for run in course.runs for item in run.batches["items"].ravel()]
        assert found == list_items(same.draw_epoch())
        assert course.num_batches == 4

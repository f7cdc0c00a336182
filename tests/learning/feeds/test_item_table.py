from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from keras import ops

from lstm_core.learning.feeds.item_table import ItemTable
from lstm_core.learning.feeds.items import (
    PADDING,
    UNKNOWN,
    Change,
    ItemFeed,
    ItemShape,
    make_item_noise,
)
from tests.learning.items import NUM_TOKENS, make_feed

pytestmark = pytest.mark.backend

ITEMS = np.array([3, 0, 7, 3], np.int32)


def gather(
    table: ItemTable, items: np.ndarray, num_steps: int, *, training: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    given = {"items": items, "steps": np.arange(num_steps, dtype=np.int32)}
    found = table.gather({name: ops.convert_to_tensor(given[name]) for name in given}, training)
    return ops.convert_to_numpy(found["steps"]), ops.convert_to_numpy(found["lengths"])


def cut(feed: ItemFeed, item: int) -> np.ndarray:
    start = feed.starts[item]
    return feed.flat[start : start + feed.lengths[item]]


@pytest.mark.parametrize("num_channels", [0, 2])
@pytest.mark.parametrize("training", [False, True])
def test_items_are_gathered_as_if_cut_one_by_one(num_channels: int, training: bool) -> None:
    feed = make_feed(num_channels=num_channels)
    steps, lengths = gather(ItemTable(feed), ITEMS, 24, training=training)
    np.testing.assert_array_equal(lengths, feed.lengths[ITEMS])
    assert steps.dtype == feed.flat.dtype
    for row, item in zip(steps, ITEMS, strict=True):
        own = cut(feed, item)
        np.testing.assert_array_equal(row[: len(own)], own)
        assert (row[len(own) :] == PADDING).all()


def test_what_fills_a_batch_up_is_no_longer_than_the_batch() -> None:
    feed = make_feed()
    feed.lengths[0] = 24
    steps, lengths = gather(ItemTable(feed), np.array([-1, 1], np.int32), 5)
    assert lengths[0] == 5
    assert (steps[0] != PADDING).all()


def test_another_feed_of_the_same_size_is_loaded() -> None:
    feed, other = make_feed(seed=0), make_feed(seed=0)
    other.flat[:] = other.flat[::-1].copy()
    table = ItemTable(feed)
    assert table.fits(other)
    table.load(other)
    steps, _ = gather(table, ITEMS, 24)
    np.testing.assert_array_equal(steps[0][: feed.lengths[3]], cut(other, 3))
    assert not table.fits(make_feed(130))
    assert not table.fits(replace(feed, change=Change(hide=0.1)))
    assert not table.fits(replace(feed, shape=replace(feed.shape, num_tokens=99)))


def change(feed: ItemFeed, **values: float) -> tuple[ItemTable, np.ndarray, np.ndarray]:
    """Every item, unchanged and changed; padding is looked at here."""
    table = ItemTable(replace(feed, change=Change(**values)))
    table.restart(1)
    items = np.arange(len(feed.starts), dtype=np.int32)
    plain, lengths = gather(table, items, 30)
    changed, after = gather(table, items, 30, training=True)
    behind = np.arange(30) >= after[:, None]
    assert (changed[behind] == PADDING).all()
    if "crop" not in values:
        np.testing.assert_array_equal(after, lengths)
    for row, length in zip(gather(table, items, 30)[0], lengths, strict=True):
        assert (row[:length] != PADDING).any()
    return table, plain, changed


def test_some_tokens_are_hidden_and_no_others_changed() -> None:
    _, plain, changed = change(make_feed(), hide=0.3)
    is_other = changed != plain
    assert (changed[is_other] == UNKNOWN).all()
    assert 0.25 < is_other.sum() / (plain != PADDING).sum() < 0.35


def test_noise_is_as_large_as_asked() -> None:
    feed = make_feed(num_channels=2)
    _, plain, changed = change(feed, jitter=0.5)
    noise = (changed - plain)[plain != 0]
    assert noise.std() == pytest.approx(0.5, rel=0.1)
    assert abs(noise.mean()) < 0.05


def test_a_channel_of_an_item_is_stretched_as_a_whole() -> None:
    _, plain, changed = change(make_feed(num_channels=2), stretch=0.3)
    factors = np.divide(changed, plain, out=np.full_like(plain, np.nan), where=plain != 0)
    first = factors[:, :1]
    np.testing.assert_allclose(np.nan_to_num(factors / first, nan=1.0), 1.0, rtol=1e-4)
    assert np.log(first).std() == pytest.approx(0.3, rel=0.2)
    assert (factors[:, 0, 0] != factors[:, 0, 1]).all()


def test_a_crop_is_one_stretch_of_the_item() -> None:
    feed = make_feed()
    feed.flat[:] = np.arange(len(feed.flat)) + 5
    items = np.arange(120, dtype=np.int32)
    table = ItemTable(replace(feed, change=Change(crop=0.5)))
    begins, ends = [], []
    for _ in range(3):
        steps, lengths = gather(table, items, 24, training=True)
        assert (lengths >= np.maximum(feed.lengths // 2, 1)).all()
        assert (lengths <= feed.lengths).all()
        for item in items:
            row = steps[item]
            assert (np.diff(row[: lengths[item]]) == 1).all()
            assert (row[lengths[item] :] == PADDING).all()
            begins.append(row[0] - feed.flat[feed.starts[item]])
            ends.append(feed.lengths[item] - begins[-1] - lengths[item])
    assert min(begins) == min(ends) == 0
    assert max(begins) > 5
    assert max(ends) > 5


def test_one_seed_gives_one_course_of_changes() -> None:
    table = ItemTable(make_feed(change=Change(hide=0.3)))
    drawn = []
    for seed in (4, 4, 5):
        table.restart(seed)
        drawn.append([gather(table, ITEMS, 24, training=True)[0] for _ in range(2)])
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert (drawn[0][0] != drawn[0][1]).any()
    assert (drawn[0][0] != drawn[2][0]).any()


@pytest.mark.parametrize("num_channels", [0, 3])
def test_noise_is_one_item_of_the_usual_length(num_channels: int) -> None:
    shape = ItemShape(4, 0 if num_channels else NUM_TOKENS, num_channels, 17, 40, False)
    feed = make_item_noise(shape)
    steps, lengths = gather(ItemTable(feed), np.zeros(2, np.int32), 17)
    assert lengths.tolist() == [17, 17]
    assert len(np.unique(steps)) > 5
    assert feed.padded.tolist() == [17]
    whole: Any = make_item_noise(replace(shape, has_one_length=True))
    assert whole.lengths.tolist() == [40]

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.items.splitting.blocks import join_blocks
from lstm_core.data.items.splitting.choosing import choose_split
from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.folding import fold_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.items.splitting.quotas import set_quotas
from lstm_core.data.items.splitting.split import PARTS, Split
from lstm_core.data.items.splitting.spreading import spread
from lstm_core.data.items.splitting.words import say_folds, say_split
from lstm_core.errors import DataError

PARTS_AND_NONE = np.asarray([*PARTS, None], object)

Cut = TypeVar("Cut")

STRATIFIED, GROUPED, TIME, GIVEN = (
    SplitPlan(how) for how in ("stratified", "grouped", "time", "given")
)


def count(split: Split, labels: np.ndarray) -> list[list[int]]:
    """Return how many items of each label are in each part."""
    num = int(labels.max()) + 1
    return [
        np.bincount(labels[part], minlength=num).tolist()
        for part in (split.train, split.validation, split.test)
    ]


def check_whole(split: Split, num_items: int, *ties: np.ndarray | None) -> None:
    """Nothing lost, nothing twice, and what belongs together on one side."""
    everything = np.concatenate([split.train, split.validation, split.test, split.left_out])
    assert sorted(everything) == list(range(num_items))
    parts = split.number_parts(num_items)
    used = parts >= 0
    for tie in ties:
        if tie is not None:
            for number in np.unique(tie[used & (tie >= 0)]):
                assert len(np.unique(parts[used & (tie == number)])) == 1


def try_to(cut: Callable[..., Cut], *arguments: Any, **found: Any) -> Cut | None:
    """Split; None where it can't be done, which is to come with a remedy."""
    try:
        return cut(*arguments, **found)
    except DataError as error:
        refusal = error
    assert refusal.remedy
    return None


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    num = draw(st.integers(8, 60))
    numbers = st.integers(0, draw(st.integers(1, 5)))
    ties = st.integers(-1, draw(st.integers(3, 30)))

    def array(values: st.SearchStrategy[int]) -> np.ndarray:
        return np.asarray(draw(st.lists(values, min_size=num, max_size=num)))

    return {
        "labels": array(numbers),
        "groups": array(ties),
        "copies": array(ties),
        "times": array(st.integers(0, 40)),
        "given": np.asarray(["train", "validation", "test", None], object)[
            array(st.integers(0, 3))
        ],
    }


@given(items(), st.sampled_from([STRATIFIED, GROUPED, TIME, GIVEN]))
@settings(max_examples=80)
def test_nothing_is_lost_or_cut_apart(found: dict[str, Any], plan: SplitPlan) -> None:
    labels = found["labels"]
    split = try_to(split_items, plan, **found)
    if split is None:
        return
    groups = found["groups"] if plan.how in ("grouped", "time") else None
    check_whole(split, len(labels), groups, found["copies"])
    again = split_items(plan, **found)
    assert np.array_equal(split.number_parts(len(labels)), again.number_parts(len(labels)))
    if plan.how in ("stratified", "grouped"):
        assert not len(split.left_out)
        used = groups if plan.how == "grouped" else None
        blocks = join_blocks(len(labels), used, found["copies"])
        for label in split.missing_labels:
            # It stands in the last block of its part alone, which no part gives away.
            parts = split.number_parts(len(labels))
            for part in np.unique(parts[labels == label]):
                assert len(np.unique(blocks[parts == part])) == 1
    if plan.how == "time":
        learnt = np.concatenate([split.train, split.validation])
        newest = max(found["times"][learnt])
        lonely = join_blocks(len(labels), groups, found["copies"])
        for item in split.test:
            whole = lonely == lonely[item]
            assert found["times"][whole].max() > newest


@given(items(), st.integers(2, 6), st.sampled_from([STRATIFIED, GROUPED, TIME]))
@settings(max_examples=80)
def test_each_item_is_judged_once(found: dict[str, Any], num_folds: int, plan: SplitPlan) -> None:
    folds = try_to(fold_items, plan, num_folds, **found)
    if folds is None:
        return
    num_items = len(found["labels"])
    groups = found["groups"] if plan.how != "stratified" else None
    judged = np.concatenate([fold.test for fold in folds])
    assert len(np.unique(judged)) == len(judged)
    if plan.how != "time":
        assert len(judged) == num_items
    for fold in folds:
        check_whole(fold, num_items, groups, found["copies"])


def test_labels_are_as_even_as_they_can_be() -> None:
    labels = np.repeat([0, 1, 2], [600, 300, 100])
    split = split_items(STRATIFIED, labels)
    assert count(split, labels) == [[408, 204, 68], [72, 36, 12], [120, 60, 20]]


def test_what_rounding_leaves_over_is_shared_out() -> None:
    labels = np.repeat(np.arange(150), 7)  # 4.76, 0.84 and 1.4 of each
    split = split_items(STRATIFIED, labels)
    assert split.sizes == pytest.approx((714, 126, 210), abs=24)
    assert all(min(each) >= 1 for each in count(split, labels))


@pytest.mark.parametrize(
    ("num", "expected"), [(1, [1, 0, 0]), (2, [1, 0, 1]), (3, [1, 1, 1]), (4, [2, 1, 1])]
)
def test_a_label_with_a_few_items_is_learnt_first_and_judged_next(
    num: int, expected: list[int]
) -> None:
    for seed in range(10):
        labels = np.asarray([0] * 40 + [1] * 40 + [2] * num)
        split = split_items(SplitPlan(seed=seed), labels)
        assert [part[2] for part in count(split, labels)] == expected


def test_quotas_are_what_is_there() -> None:
    counts = np.asarray([1, 2, 2, 50])
    shares = np.asarray([0.1, 0.1, 0.8])
    quotas = set_quotas(counts, shares, (0, 2, 1))
    assert quotas.sum(axis=1).tolist() == counts.tolist()
    assert quotas[:3].tolist() == [[1, 0, 0], [1, 0, 1], [1, 0, 1]]


def test_seeds_differ_and_hold() -> None:
    labels = np.arange(200) % 2
    first, again, other = (split_items(SplitPlan(seed=seed), labels).test for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_groups_are_kept_whole_with_labels_even() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(30), 40)
    labels = rng.integers(0, 6, len(groups))
    split = split_items(GROUPED, labels, groups=groups)
    check_whole(split, len(labels), groups)
    assert split.sizes == pytest.approx((816, 144, 240), abs=40)
    test = np.bincount(labels[split.test]) / len(split.test)
    assert test == pytest.approx(np.bincount(labels) / len(labels), abs=0.04)


def test_few_groups_fill_every_part() -> None:
    labels = np.tile([0, 1], 15)
    split = split_items(GROUPED, labels, groups=np.repeat([0, 1, 2], 10))
    assert split.sizes == (10, 10, 10)
    with pytest.raises(DataError, match="No item is left for the validation part"):
        split_items(GROUPED, labels, groups=np.repeat([0, 1], 15))


def test_a_label_of_one_group_alone_is_learnt() -> None:
    for seed in range(20):
        groups = np.repeat(np.arange(10), 6)
        labels = np.tile([0, 1], 30)
        labels[groups == seed % 10] = 2
        plan = SplitPlan("grouped", seed=seed)
        assert split_items(plan, labels, groups=groups).missing_labels == ()


def test_the_part_that_learns_gets_every_label_whatever_its_block() -> None:
    # The largest block, alone with its label, fits the other part better.
    blocks = np.repeat([0, 1, 2, 3], [60, 15, 15, 15])
    labels = np.where(blocks == 0, 2, np.arange(105) % 2)
    parts = spread(labels, blocks, (0.3, 0.7), seed=0, priority=(0, 1))
    assert np.unique(parts[labels == 2]).tolist() == [0]
    assert (parts == 1).any()


def test_copies_in_two_groups_tie_both() -> None:
    groups = np.asarray([0, 0, 1, 1, 2, 2, -1, -1])
    copies = np.asarray([-1, 5, 5, -1, -1, -1, 8, 8])
    assert join_blocks(8, groups, copies).tolist() == [0, 0, 0, 0, 1, 1, 2, 2]
    assert join_blocks(3).tolist() == [0, 1, 2]


def test_copies_may_be_torn_apart_to_show_what_that_does() -> None:
    labels = np.arange(200) % 2
    copies = np.arange(200) // 2
    torn = split_items(SplitPlan(keep_copies_together=False), labels, copies=copies)
    assert np.isin(copies[torn.test], copies[torn.train]).any()


def test_the_newest_are_judged_and_equal_times_stay_together() -> None:
    times = np.asarray(["2024-01-01", "2024-01-02"] * 5 + ["2024-03-01"] * 2, "datetime64[D]")
    times[0] = np.datetime64("2023-01-01")
    split = split_items(TIME, np.arange(12) // 2 % 2, times=times)
    assert split.test.tolist() == [10, 11]
    assert len(np.unique(times[split.validation])) == 1
    times[3] = np.datetime64("NaT")
    with pytest.raises(DataError, match="1 of 12 items have no time"):
        split_items(TIME, np.arange(12) // 2 % 2, times=times)


def test_a_group_stands_where_its_newest_item_does() -> None:
    times = np.arange(20.0)
    groups = np.full(20, -1)
    groups[[0, 19]] = 7
    split = split_items(TIME, np.arange(20) % 2, times=times, groups=groups)
    assert {0, 19} <= set(split.test.tolist())


def test_parts_as_given_keep_what_is_judged_and_lose_its_copies() -> None:
    labels = np.arange(40) % 2
    parts = np.asarray(["train"] * 30 + ["test"] * 10, object)
    copies = np.full(40, -1)
    copies[[3, 35]] = 0
    split = split_items(GIVEN, labels, given=parts, copies=copies)
    assert split.test.tolist() == list(range(30, 40))
    assert split.left_out.tolist() == [3]
    assert 3 <= len(split.validation) <= 6
    dev = np.where(parts == "test", "validation", parts)
    assert split_items(GIVEN, labels, given=dev).test.tolist() == list(range(30, 40))
    with pytest.raises(DataError, match='"fold 3", which is no part'):
        split_items(GIVEN, labels, given=np.where(parts == "test", "fold 3", parts))


def test_folds_leave_one_group_out_when_groups_are_few() -> None:
    groups = np.repeat([4, 7, 8, 9], 25)
    folds = fold_items(GROUPED, 5, np.arange(100) % 5, groups=groups)
    assert [np.unique(groups[fold.test]).tolist() for fold in folds] == [[4], [7], [8], [9]]
    assert all(len(np.unique(groups[fold.validation])) == 1 for fold in folds)


def test_folds_in_time_learn_from_what_is_older() -> None:
    times = np.arange(60)
    folds = fold_items(TIME, 3, np.arange(60) % 2, times=times)
    assert [(fold.test.min(), fold.test.max()) for fold in folds] == [(15, 29), (30, 44), (45, 59)]
    assert all(fold.validation.max() < fold.test.min() for fold in folds)
    assert all(fold.train.max() < fold.validation.min() for fold in folds)


@pytest.mark.parametrize("times", [[0] * 8, [0] * 4 + [1] * 4, [0] * 6 + [1, 2]])
def test_too_few_times_make_no_fold(times: list[int]) -> None:
    with pytest.raises(DataError, match="too few different times"):
        fold_items(TIME, 3, np.arange(8) % 2, times=np.asarray(times))


def test_folds_leave_the_test_part_as_given_alone() -> None:
    given = np.asarray(["train", "validation", None, "test"], object).repeat(10)
    folds = fold_items(GIVEN, 4, np.arange(40) % 2, given=given)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(20))
    assert all(fold.left_out.tolist() == list(range(20, 40)) for fold in folds)


@pytest.mark.parametrize("plan", [GROUPED, TIME, GIVEN])
def test_what_a_plan_needs_is_asked_for(plan: SplitPlan) -> None:
    with pytest.raises(DataError, match="Choose the column"):
        split_items(plan, np.arange(20) % 2)


def test_one_label_alone_is_shared_out_as_well() -> None:
    split = split_items(STRATIFIED, np.zeros(40, int))
    assert sum(split.sizes) == 40
    assert split.sizes == pytest.approx((27, 5, 8), abs=1)


def test_many_items_and_labels_are_split_in_no_time() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 500, 100_000)
    copies = np.where(rng.random(100_000) < 0.1, rng.integers(0, 4_000, 100_000), -1)
    split = split_items(STRATIFIED, labels, copies=copies)
    assert split.sizes == pytest.approx((68_000, 12_000, 20_000), rel=0.01)


def test_a_split_in_words() -> None:
    labels = np.arange(100) % 2
    split = split_items(STRATIFIED, labels)
    assert say_split(split, STRATIFIED, ["no", "yes"], item="sentence") == (
        "20 sentences (20%) kept apart to judge, 12 to decide when to stop, 68 to learn from. "
        "Labels are spread as evenly as can be."
    )
    parts = np.asarray(["train"] * 80 + ["test"] * 20, object)
    copies = np.full(100, -1)
    copies[[3, 85]] = 0
    labels[90] = 2
    split = split_items(GIVEN, labels, given=parts, copies=copies)
    told = say_split(split, GIVEN, ["no", "yes", "<b>"])
    assert told.endswith('as the items came. 1 item left out. Nothing to learn from for "<b>".')
    folds = fold_items(STRATIFIED, 3, np.arange(100) % 2)
    assert say_folds(folds, STRATIFIED) == (
        "3 folds of 33 to 34 items, each judged by a network that has not seen them."
    )


def test_a_split_is_chosen_with_a_reason() -> None:
    labels = np.arange(2_000) % 2
    assert choose_split(labels, 0.2).how == "stratified"
    assert choose_split(labels, 0.2).num_folds == 1
    groups = np.arange(2_000) // 100
    chosen = choose_split(labels, 0.2, groups=groups, group="speaker")
    assert (chosen.how, chosen.num_folds) == ("grouped", 1)
    assert 'Items of one "speaker" stay on one side' in chosen.reason
    assert choose_split(labels, 0.2, groups=groups // 10).how == "stratified"
    given = np.asarray(["train", "test"], object)[labels]
    assert choose_split(labels, 0.2, groups=groups, given=given).how == "given"
    small = choose_split(np.arange(106) % 2, 0.2)
    assert small.num_folds == 10
    assert "21 held-out items would tell little" in small.reason
    rare = np.where(np.arange(2_000) < 20, 1, 0)
    assert choose_split(rare, 0.2).num_folds == 5

"""Arrays of many lengths get room of few sizes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.engines.rooms import STEP_NUMBERS, fill_up, make_room


@given(st.integers(0, 5_000), st.integers(1, 9))
def test_values_come_first_and_zeros_behind_them(count: int, width: int) -> None:
    values = np.arange(1, count * width + 1, dtype=np.float32).reshape(count, width)
    room = make_room(values)
    assert np.array_equal(room[:count], values)
    assert not room[count:].any()
    assert room.dtype == values.dtype


def test_tables_of_alike_lengths_have_one_size() -> None:
    sizes = {len(make_room(np.zeros((count, 3), np.float32))) for count in range(600, 1_001, 20)}
    assert sizes == {1_024}


@pytest.mark.parametrize("width", [1, 3, 40, 2 * STEP_NUMBERS])
def test_a_large_one_takes_little_more_than_it_holds(width: int) -> None:
    count = 3 * STEP_NUMBERS // width + 1
    spare = len(make_room(np.zeros((count, width), np.int8))) - count
    assert 0 <= spare * width <= STEP_NUMBERS


def test_what_finds_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        fill_up(np.zeros(5), 4)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.learning.feeds.feed import draw_spread


@given(st.integers(0, 400), st.integers(1, 300), st.integers(0, 90))
def test_one_of_each_stretch_is_drawn_in_order_and_the_last_one(
    count: int, most: int, first: int
) -> None:
    cutoffs = np.arange(first, first + count)
    drawn = draw_spread(cutoffs, most)
    assert len(drawn) == min(count, most)
    assert (np.diff(drawn) > 0).all()
    assert np.isin(drawn, cutoffs).all()
    assert not count or drawn[-1] == cutoffs[-1]
    assert np.array_equal(drawn, draw_spread(cutoffs, most))
    if len(drawn) > 2:
        assert np.diff(drawn).max() <= 2 * np.ceil(count / (len(drawn) - 1))


@pytest.mark.parametrize("stretch", [2, 4, 12])
def test_what_is_drawn_falls_on_all_hours_alike(stretch: int) -> None:
    hours = draw_spread(np.arange(24_000 * stretch), 24_000) % 24
    assert np.bincount(hours, minlength=24).min() > 800  # of 1,000

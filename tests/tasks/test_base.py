from __future__ import annotations

import numpy as np

from lstm_core.learning.feeds.feed import thin


def test_thinning_keeps_the_last_and_spreads_evenly() -> None:
    assert thin(np.arange(5), 9).tolist() == [0, 1, 2, 3, 4]
    assert thin(np.arange(101), 5).tolist() == [0, 25, 50, 75, 100]

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.profiling.sparks import thin_column


def test_a_long_column_is_thinned_to_means() -> None:
    thinned = thin_column(pd.Series(np.arange(1_000.0)), 10)
    assert thinned == [100 * stretch + 49.5 for stretch in range(10)]


def test_a_short_column_stays_as_it_is() -> None:
    assert thin_column(pd.Series([3, 1, 2])) == [3, 1, 2]


def test_gaps_and_infinities_are_left_out() -> None:
    column = pd.Series([1.0, np.nan, np.inf, 4.0, np.nan, np.nan])
    assert thin_column(column, 3) == [1.0, 4.0]
    assert thin_column(column * np.nan, 3) == []


def test_whole_numbers_with_gaps_and_flags_have_one_and_texts_have_none() -> None:
    assert thin_column(pd.Series([1, None, 3], dtype="Int64")) == [1, 3]
    assert thin_column(pd.Series([True, False])) == [1, 0]
    assert thin_column(pd.Series(["a", "b"])) == []
    assert thin_column(pd.Series([], dtype=float)) == []

from __future__ import annotations

import pandas as pd

from lstm_core.charts.classification.labels import draw_label_counts
from lstm_core.charts.core.counts import MOST_BARS
from lstm_core.charts.core.naming import LONGEST_LABEL


def test_each_label_has_a_bar_with_its_count() -> None:
    figure = draw_label_counts(pd.DataFrame({"label": ["bad", "good"], "num_items": [30, 1_200]}))
    (bars,) = figure.data
    assert list(bars.x) == [30, 1_200]
    assert list(bars.text) == ["30", "1,200"]
    assert list(figure.layout.yaxis.ticktext) == ["bad", "good"]


def test_many_labels_are_joined_and_long_or_hostile_ones_made_harmless() -> None:
    names = ["<b>$x$</b>", "a" * 99, "a" * 98, *(f"label {n}" for n in range(60))]
    figure = draw_label_counts(pd.DataFrame({"label": names, "num_items": 2}))
    (bars,) = figure.data
    shown = list(figure.layout.yaxis.ticktext)
    assert len(bars.x) == len(shown) == MOST_BARS + 1
    assert sum(bars.x) == 2 * len(names)
    assert shown[-1] == f"{len(names) - MOST_BARS} others"
    assert "<" not in shown[0]
    assert "$" not in shown[0]
    assert max(map(len, shown[1:])) <= LONGEST_LABEL  # and two that are alike stay two
    assert list(bars.y) == list(range(len(shown)))

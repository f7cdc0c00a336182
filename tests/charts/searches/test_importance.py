from __future__ import annotations

import pandas as pd

from lstm_core.charts.searches.importance import draw_importance


def test_the_most_important_is_at_the_top_with_its_deviation() -> None:
    importances = pd.DataFrame(
        {"path": ["a.b", "c.d"], "importance": [0.7, 0.2], "deviation": [0.1, 0.05]}
    )
    figure = draw_importance(importances, {"a.b": "<b>Units</b>"}, "share of the variance")
    (bars,) = figure.data
    assert list(bars.x) == [0.7, 0.2]
    assert list(bars.error_x.array) == [0.1, 0.05]
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;Units&lt;/b&gt;", "c.d")
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.xaxis.title.text == "share of the variance"


def test_without_importances_the_chart_says_so() -> None:
    figure = draw_importance(pd.DataFrame(columns=["path", "importance", "deviation"]), {})
    assert not figure.data
    assert "Too few" in figure.layout.annotations[0].text

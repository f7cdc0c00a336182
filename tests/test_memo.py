from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lstm_core.memo import Memo


@dataclass(frozen=True)
class Part:
    name: str


class Painter:
    """Counts what it draws."""

    def __init__(self) -> None:
        self.count = 0

    def draw(self, table: pd.DataFrame, part: Part, shade: str = "") -> go.Figure:
        self.count += 1
        return go.Figure(go.Scatter(y=table["y"], name=part.name, text=shade))


PAINTER = Painter()


def draw(table: pd.DataFrame, part: Part, shade: str = "") -> go.Figure:
    return PAINTER.draw(table, part, shade)


def draw_otherwise(table: pd.DataFrame, part: Part, shade: str = "") -> go.Figure:
    return PAINTER.draw(table, part, shade)


def make_table(num_rows: int = 200_000) -> pd.DataFrame:
    return pd.DataFrame({"y": np.arange(num_rows), "word": "w"})


@pytest.fixture(autouse=True)
def painter() -> Painter:
    PAINTER.count = 0
    return PAINTER


def test_what_is_the_same_is_drawn_once(painter: Painter) -> None:
    memo = Memo[go.Figure](9)
    first = memo.recall(draw, make_table(), Part("a"))
    assert memo.recall(draw, make_table(), Part("a")) is first
    assert painter.count == 1


def test_any_other_content_is_drawn_anew(painter: Painter) -> None:
    memo = Memo[go.Figure](9)
    memo.recall(draw, make_table(), Part("a"))
    one_other = make_table()
    one_other.loc[123_456, "y"] = -1
    assert -1 in memo.recall(draw, one_other, Part("a")).data[0].y
    memo.recall(draw, make_table(), Part("b"))
    memo.recall(draw, make_table(), Part("a"), shade="dark")
    memo.recall(draw_otherwise, make_table(), Part("a"))
    assert painter.count == 5


def test_the_oldest_are_let_go_of(painter: Painter) -> None:
    memo, table = Memo[go.Figure](2), make_table(3)
    for name in ("a", "b", "a", "c", "a", "b"):
        memo.recall(draw, table, Part(name))
    assert painter.count == 4

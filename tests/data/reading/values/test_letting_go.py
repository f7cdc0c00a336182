"""Text goes as soon as its numbers are read: a large file is never held three times."""

import gc
import weakref

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.values import reading
from lstm_core.spec.reading import ReadingPlan


def make_rows() -> Rows:
    frame = pd.DataFrame(
        {
            "plain": [f"{number}.5" for number in range(50)],
            "grouped": [f"{number + 1},234.5" for number in range(50)],
            "padded": [f"{number:04}" for number in range(50)],
        },
        dtype="str",
    )
    return Rows(frame, np.arange(50) + 2, ReadingPlan())


def test_the_text_is_gone_before_the_table_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    frames, alive = [], []

    def give_rows() -> Rows:
        rows = make_rows()
        frames.append(weakref.ref(rows.frame))
        return rows

    def note(columns, *rest):  # type: ignore[no-untyped-def]
        gc.collect()
        alive.extend(frame() is not None for frame in frames)
        return settle(columns, *rest)

    settle = reading.settle_missing
    monkeypatch.setattr(reading, "settle_missing", note)
    table = reading.read_values(give_rows(), "some.csv", ReadingPlan())
    assert alive == [False]
    assert table.frame["grouped"].tolist() == [1234.5 + 1_000 * number for number in range(50)]
    assert table.spelt["padded"].tolist()[:2] == ["0000", "0001"]

"""Whatever stands in the cells, nothing is lost in silence."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.data.reading.values.reading_rows import FIRST_LINE, read

_NUMBERLIKE = st.text("0123456789.,'-+()%$€ KMe/:", min_size=1, max_size=9)
_TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12
)
_CELLS = st.one_of(
    st.none(), _NUMBERLIKE, _NUMBERLIKE, _TEXT, st.integers(-(10**6), 10**20).map(str)
).map(lambda cell: (cell or "").strip() or None)


@settings(max_examples=300, deadline=None)
@example(cells=["'", None], numbers=[])
@example(cells=['=""', None], numbers=[])
@given(cells=st.lists(_CELLS, max_size=20), numbers=st.lists(st.integers(0, 99), max_size=40))
def test_cell_that_becomes_missing_is_named_by_its_line(
    cells: list[str | None], numbers: list[int]
) -> None:
    cells = [*cells, *map(str, numbers)]
    given_cells = pd.Series(cells, dtype="str")

    table = read({"v": cells})

    column = table.frame["v"]
    if column.dtype == "str":
        if not given_cells.str.startswith(("=", "'")).any():
            pd.testing.assert_series_equal(column, given_cells, check_names=False)
        return
    if pd.api.types.is_datetime64_any_dtype(column):
        return
    lost = np.flatnonzero(column.isna() & given_cells.notna()) + FIRST_LINE
    told = {
        line
        for remark in table.remarks
        if remark.kind in ("missing_words", "sentinels")
        for line in remark.lines
    }
    assert set(lost[:20].tolist()) <= told

"""Months that look like numbers."""

import pandas as pd
import pytest

from lstm_core.data.reading.read import read_table
from lstm_core.data.reading.times import looks_like_times


@pytest.mark.parametrize(("form", "name"), [("01.20{:02}", "Monat"), ("20{:02}.01", "month")])
def test_months_with_a_dot_are_times_where_their_column_says_so(form: str, name: str) -> None:
    rows = [f"{form.format(year)},{year}" for year in range(10, 40)]
    assert looks_like_times(pd.Series([row.split(",")[0] for row in rows], name=name))
    for column, is_time in ((name, True), ("rate", False)):
        table = read_table("\n".join([f"{column},value", *rows, ""]).encode(), "t.csv")
        assert (table.frame[column].dtype == "datetime64[ns]") == is_time

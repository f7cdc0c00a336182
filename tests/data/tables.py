"""Small tables for the tests of the data layer."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import SeriesDataSpec


def make_table(columns: Mapping[str, Sequence[Any] | pd.Index]) -> SourceTable:
    return SourceTable(pd.DataFrame(dict(columns)), "table.csv")


def build(columns: Mapping[str, Sequence[Any] | pd.Index], **spec: Any) -> Dataset:
    return build_dataset(
        make_table(columns), SeriesDataSpec(source="csv", name="table.csv", **spec)
    )

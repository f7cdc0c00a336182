"""What would a run have forecast, had its covariates other values?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd

from lstm_core.jobs.questions.question import Question
from lstm_core.tables import table_from_parquet, table_to_parquet


@dataclass(frozen=True)
class WhatIf(Question[pd.DataFrame]):
    """Answered by a forecast table of the series in the edits.

    ``edits`` has the form that ``data.series.what_if.editing`` speaks of.
    """

    kind: ClassVar[str] = "what_if"
    work: ClassVar[str] = "forecasts"

    run_id: str
    edits: pd.DataFrame

    def to_content(self) -> dict[str, Any]:
        times = self.edits.index.get_level_values("time")
        return {
            "run_id": self.run_id,
            "columns": list(self.edits.columns),
            "series": list(self.edits.index.get_level_values("series")),
            "is_calendar": isinstance(times, pd.DatetimeIndex),
            "times": times.to_numpy().astype(np.int64).tolist(),  # of a calendar: nanoseconds
            "values": self.edits.to_numpy(np.float64).tolist(),
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        times = np.array(content["times"], np.int64)
        index = pd.MultiIndex.from_arrays(
            [
                pd.Index(content["series"], dtype="str"),
                times.astype("datetime64[ns]") if content["is_calendar"] else times,
            ],
            names=["series", "time"],
        )
        columns = pd.Index(content["columns"], dtype="str")
        return cls(content["run_id"], pd.DataFrame(content["values"], index, columns, np.float64))

    @staticmethod
    def answer_to_bytes(answer: pd.DataFrame) -> bytes:
        return table_to_parquet(answer)

    @staticmethod
    def answer_from_bytes(content: bytes) -> pd.DataFrame:
        return table_from_parquet(content)

"""A what-if question and its answer, as files in a folder that two processes share."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from lstm_core.errors import StudioError
from lstm_core.tables import table_from_parquet, table_to_parquet

_QUESTION, _ANSWER, _REFUSAL = "question.json", "forecast.parquet", "refusal.json"


@dataclass(frozen=True)
class Question:
    """What would this run have forecast, had its covariates these values?

    ``edits`` has the form that ``data.what_if`` speaks of; the series in it are forecast.
    """

    run_id: str
    edits: pd.DataFrame

    @property
    def digest(self) -> str:
        """SHA-256: equal for equal questions."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        times = self.edits.index.get_level_values("time")
        return json.dumps(
            {
                "run_id": self.run_id,
                "columns": list(self.edits.columns),
                "series": list(self.edits.index.get_level_values("series")),
                "is_calendar": isinstance(times, pd.DatetimeIndex),
                "times": times.to_numpy().astype(np.int64).tolist(),  # of a calendar: nanoseconds
                "values": self.edits.to_numpy(np.float64).tolist(),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        content = json.loads(text)
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

    def write(self, folder: Path) -> None:
        (folder / _QUESTION).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls.from_json((folder / _QUESTION).read_text(encoding="utf-8"))


def write_answer(folder: Path, forecast: pd.DataFrame) -> None:
    (folder / _ANSWER).write_bytes(table_to_parquet(forecast))


def write_refusal(folder: Path, error: StudioError) -> None:
    content = json.dumps({"what": error.what, "remedy": error.remedy})
    (folder / _REFUSAL).write_text(content, encoding="utf-8")


def read_answer(folder: Path) -> pd.DataFrame | None:
    """Return the forecast; None when there is no answer.

    Raises:
        StudioError: the question was refused, for a reason that people can mend.
    """
    if (folder / _REFUSAL).exists():
        raise StudioError(**json.loads((folder / _REFUSAL).read_text(encoding="utf-8")))
    answer = folder / _ANSWER
    return table_from_parquet(answer.read_bytes()) if answer.exists() else None

"""What does a run's model say of other items?"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd

from lstm_core.jobs.questions.question import Question
from lstm_core.tables import table_from_parquet, table_to_parquet


@dataclass(frozen=True)
class AskModel(Question[pd.DataFrame]):
    """Answered by the table that the task's predictor answers with.

    Attributes:
        items: a collection of the task's kind, as it is kept in files.
    """

    kind: ClassVar[str] = "ask_model"
    work: ClassVar[str] = "answers"

    run_id: str
    data_kind: str
    items: bytes

    def to_content(self) -> dict[str, Any]:
        return {**vars(self), "items": base64.b64encode(self.items).decode("ascii")}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**{**content, "items": base64.b64decode(content["items"])})

    @staticmethod
    def answer_to_bytes(answer: pd.DataFrame) -> bytes:
        return table_to_parquet(answer)

    @staticmethod
    def answer_from_bytes(content: bytes) -> pd.DataFrame:
        return table_from_parquet(content)

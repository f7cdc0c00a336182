"""What does a run's model say of other items?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from lstm_core.jobs.questions.about_items import AboutItems
from lstm_core.tables import table_from_parquet, table_to_parquet


@dataclass(frozen=True)
class AskModel(AboutItems[pd.DataFrame]):
    """Answered by the table that the task's predictor answers with."""

    kind: ClassVar[str] = "ask_model"
    work: ClassVar[str] = "answers"

    @staticmethod
    def answer_to_bytes(answer: pd.DataFrame) -> bytes:
        return table_to_parquet(answer)

    @staticmethod
    def answer_from_bytes(content: bytes) -> pd.DataFrame:
        return table_from_parquet(content)

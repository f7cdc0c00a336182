"""How does a text go on, by what a run's model has learnt?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lstm_core.jobs.questions.streamed import StreamedQuestion


@dataclass(frozen=True)
class GoOn(StreamedQuestion):
    """Answered by what the task's predictor writes, unit by unit.

    Attributes:
        asked: with what it begins, and how it is to be written: JSON, the task's own.
    """

    kind: ClassVar[str] = "go_on"
    work: ClassVar[str] = "writes"

    run_id: str
    asked: Mapping[str, Any]

    def to_content(self) -> dict[str, Any]:
        return {"run_id": self.run_id, "asked": dict(self.asked)}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**content)

"""How long does one batch take, for each of several networks?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from lstm_core.jobs.questions.question import Question
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch


@dataclass(frozen=True)
class TimeBatches(Question[tuple[BatchTiming, ...]]):
    """Answered by one process that times them one after another, in their order."""

    kind: ClassVar[str] = "time_batches"
    work: ClassVar[str] = "times batches"

    batches: tuple[TimeBatch, ...]

    def to_content(self) -> dict[str, Any]:
        return {"batches": [each.to_content() for each in self.batches]}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(tuple(TimeBatch.from_content(each) for each in content["batches"]))

    @staticmethod
    def answer_to_bytes(answer: tuple[BatchTiming, ...]) -> bytes:
        return json.dumps([asdict(each) for each in answer]).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> tuple[BatchTiming, ...]:
        return tuple(BatchTiming(**each) for each in json.loads(content))

"""Which learning rate suits this network and these data?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import pandas as pd

from lstm_core.jobs.questions.question import Question
from lstm_core.spec import ExperimentSpec, parse_spec


@dataclass(frozen=True)
class FoundRate:
    """What ``rate_test`` found.

    Attributes:
        table: ``learning_rate, loss, smoothed``, the rates ascending.
        rate: the one that it suggests.
    """

    table: pd.DataFrame
    rate: float


@dataclass(frozen=True)
class FindRate(Question[FoundRate]):
    """Answered by a learning rate range test on the training part of the first fold.

    Attributes:
        spec: filled in or not.
        dataset_id: of a recorded dataset.
    """

    kind: ClassVar[str] = "find_rate"
    work: ClassVar[str] = "looks for a learning rate"

    spec: ExperimentSpec
    dataset_id: str

    def to_content(self) -> dict[str, Any]:
        return {"spec": self.spec.model_dump(mode="json"), "dataset_id": self.dataset_id}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(parse_spec(content["spec"]), content["dataset_id"])

    @staticmethod
    def answer_to_bytes(answer: FoundRate) -> bytes:
        return json.dumps({"rate": answer.rate, "table": answer.table.to_dict("list")}).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> FoundRate:
        found = json.loads(content)
        return FoundRate(pd.DataFrame(found["table"]), found["rate"])

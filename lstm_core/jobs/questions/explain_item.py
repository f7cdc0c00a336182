"""What does a run's model say of an item, and what spoke for it?"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lstm_core.jobs.questions.question import Question


@dataclass(frozen=True)
class ExplainItem(Question[dict[str, Any]]):
    """Answered by what the task's predictor says in ``explain``: JSON.

    Attributes:
        items: a collection that holds the item, as it is kept in files.
        how: the task's own ways: ``"occlusion"``, ``"gradients"``; none: what it is alone.
        label: what is to be explained; none: what the model says.
    """

    kind: ClassVar[str] = "explain_item"
    work: ClassVar[str] = "answers"

    run_id: str
    data_kind: str
    items: bytes
    how: str | None = None
    label: str | None = None

    def to_content(self) -> dict[str, Any]:
        return {**vars(self), "items": base64.b64encode(self.items).decode("ascii")}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**{**content, "items": base64.b64decode(content["items"])})

    @staticmethod
    def answer_to_bytes(answer: dict[str, Any]) -> bytes:
        return json.dumps(answer).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(content)
        return found

"""What does a run's model say of an item, and what spoke for it?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from lstm_core.jobs.questions.about_items import AboutItems


@dataclass(frozen=True)
class ExplainItem(AboutItems[dict[str, Any]]):
    """Answered by what the task's predictor says of the first item in ``explain``: JSON.

    Attributes:
        how: the task's own ways: ``"occlusion"``, ``"gradients"``; none: what it is alone.
        label: what is to be explained; none: what the model says.
    """

    kind: ClassVar[str] = "explain_item"
    work: ClassVar[str] = "answers"

    how: str | None = None
    label: str | None = None

    @staticmethod
    def answer_to_bytes(answer: dict[str, Any]) -> bytes:
        return json.dumps(answer).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(content)
        return found

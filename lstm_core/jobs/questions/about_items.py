"""What all questions about other items have in common: the items travel with them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from lstm_core.jobs.questions.question import AnswerT, Question


@dataclass(frozen=True)
class AboutItems(Question[AnswerT]):
    """A question to a run's model about items that it may never have met.

    Attributes:
        data_kind: of the collection. ``items``: the collection, as it is kept in files.
    """

    run_id: str
    data_kind: str
    items: bytes

    def to_content(self) -> dict[str, Any]:
        return {**vars(self), "items": base64.b64encode(self.items).decode("ascii")}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        return cls(**{**content, "items": base64.b64decode(content["items"])})

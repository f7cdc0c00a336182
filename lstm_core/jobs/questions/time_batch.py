"""How long does one batch take on the device that is there?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from lstm_core.jobs.questions.question import Question
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.registry import find_kind


@dataclass(frozen=True)
class BatchTiming:
    """What was measured.

    Attributes:
        device: what computed: ``"CPU, TensorFlow"``.
        first_seconds: building, compiling, and the first batch.
        batch_seconds: of each batch after it.
        epoch_seconds: of one epoch, its validation not counted.
    """

    device: str
    first_seconds: float
    batch_seconds: float
    epoch_seconds: float


@dataclass(frozen=True)
class TimeBatch(Question[BatchTiming]):
    """Answered by training the network for a few batches of noise.

    Attributes:
        spec: filled in.
        shape: the sizes of one example, as the task has them.
        num_windows: how many there are to learn from; none: as many as the spec has in an epoch.
    """

    kind: ClassVar[str] = "time_batch"
    work: ClassVar[str] = "times a batch"

    spec: ExperimentSpec
    shape: Any
    num_windows: int | None = None

    def to_content(self) -> dict[str, Any]:
        return {
            "spec": self.spec.model_dump(mode="json"),
            "shape": vars(self.shape),
            "num_windows": self.num_windows,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        spec = parse_spec(content["spec"])
        return cls(spec, find_kind(spec).read_shape(content["shape"]), content["num_windows"])

    @staticmethod
    def answer_to_bytes(answer: BatchTiming) -> bytes:
        return json.dumps(asdict(answer)).encode()

    @staticmethod
    def answer_from_bytes(content: bytes) -> BatchTiming:
        return BatchTiming(**json.loads(content))

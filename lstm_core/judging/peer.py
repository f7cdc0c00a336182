"""What is judged on the same part as a model, and is no baseline.

Light, so that pages can read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_core.judging.verdict import Comparison


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Another model beside the run's own: it is shown, and has no part in the verdict.

    Attributes:
        key: what tables and charts call it.
        title: what people read.
        scores: measures by their keys; None where undefined.
        comparison: the run's model beside it, where it was asked.
        is_partial: it was asked on some of the test part alone.
    """

    key: str
    title: str
    scores: Mapping[str, float | None]
    comparison: Comparison
    is_partial: bool = False

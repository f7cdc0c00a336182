"""Whole segments as single steps."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.cutting import cut
from lstm_core.spec.layers.layer import (
    EncoderLayer,
    Fitting,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
)
from lstm_core.spec.layers.options import Length
from lstm_core.spec.layers.steps import Step


class SegmentsLayer(EncoderLayer):
    """Cuts the window into segments that are single steps from then on: Lin et al. (2023)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Segments",
        "Cuts the steps into segments, such as days, each of which is one step from then on.",
        (r"y_s = [x_{(s-1) L + 1}; \ldots; x_{s L}]",),
        "$x$ is what comes in, step by step; $L$ is the length of a segment, $y_s$ the segment of "
        "number $s$: its steps side by side.",
        "Lin et al. 2023, SegRNN",
    )
    group: ClassVar[Group] = "Shape"
    role: ClassVar[Role] = "shape"
    masking: ClassVar[Masking] = "zeros"
    fitting: ClassVar[Fitting | None] = Fitting("length", (24, 12, 8, 4, 2, 1), follows_season=True)

    kind: Literal["segments"] = Field("segments", description="The kind of layer.")
    length: Length = Field(24, ge=1, le=1_000, description="Steps in one segment.")

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        return size.cut(self.length, name, "segment").with_width(self.length * size.width)

    def list_steps(self, flow: Flow) -> list[Step]:
        return cut(flow, self.length, split=False)

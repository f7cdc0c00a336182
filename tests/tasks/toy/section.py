"""The toy's section of a spec."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section


class ToySpec(Section):
    """Whether a series rises with its next step."""

    kind: Literal["toy"] = Field("toy", description="The task.")
    steps: int | None = Field(None, ge=2, le=100, description="Changes looked at; none: 5.")

"""Which network."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from lstm_core.spec.section import Section

Architecture = Literal["segment", "vanilla", "stacked", "bidirectional", "gru"]


class ModelSpec(Section):
    """The network."""

    architecture: Architecture | None = Field(
        None, description="The kind of network; none: read from the season and the rows."
    )
    units: int | None = Field(
        None,
        ge=1,
        le=2_048,
        description="Width of each recurrent layer; none: read from the number of rows.",
    )
    segment: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="Steps in one segment of the segment LSTM; none: one season or a divisor.",
    )
    mixing: bool | None = Field(
        None,
        description="Whether one window holds all targets, or each is predicted from its own "
        "past; none: each by itself in the segment LSTM, otherwise all together.",
    )
    layers: int | None = Field(
        None, ge=1, le=6, description="Recurrent layers; none: 2 when stacked, otherwise 1."
    )
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of each layer's inputs hidden while training."
    )
    l1: float = Field(0.0, ge=0, le=1, description="Penalty on the size of the weights.")
    l2: float = Field(0.0, ge=0, le=1, description="Penalty on the square of the weights.")

    @model_validator(mode="after")
    def _layers_fit_the_architecture(self) -> Self:
        if self.architecture == "vanilla" and self.num_layers != 1:
            raise ValueError('"vanilla" has one layer; choose "stacked" for more')
        if self.architecture == "stacked" and self.num_layers < 2:
            raise ValueError('"stacked" has at least two layers; choose "vanilla" for one')
        return self

    @property
    def num_layers(self) -> int:
        return self.layers or (2 if self.architecture == "stacked" else 1)

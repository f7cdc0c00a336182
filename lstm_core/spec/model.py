"""Which network."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.layers import MOST_LAYERS, Decoder, Layer
from lstm_core.spec.section import Section

Architecture = Literal[
    "segment",
    "vanilla",
    "stacked",
    "bidirectional",
    "peephole",
    "attention",
    "cnn_lstm",
    "conv_lstm",
    "seq2seq",
    "residual",
    "gru",
    "simple_rnn",
    "transformer",
    "slstm",
    "pretrained",
    "custom",
]

FineTune = Literal["none", "head", "all"]
"""What of a network that comes trained goes on learning."""

_NUMBERS = {1: "one", 2: "two"}


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
        description="Steps in one segment of the segment LSTM, or in one frame of the ConvLSTM; "
        "none: one season or a divisor.",
    )
    mixing: bool | None = Field(
        None,
        description="Whether one window holds all targets, or each is predicted from its own "
        "past; none: each by itself in the segment LSTM, otherwise all together.",
    )
    layers: int | None = Field(
        None,
        ge=1,
        le=6,
        description="Recurrent layers or blocks; none: 2 where they are made to be stacked, "
        "otherwise 1.",
    )
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of each layer's inputs hidden while training."
    )
    fine_tune: FineTune | None = Field(
        None,
        description="With the pre-trained LSTM: what of it goes on learning on these rows: "
        "nothing, its head alone, or all of it; none given: by the number of rows.",
    )
    pretrained_version: str | None = Field(
        None,
        max_length=20,
        description="With the pre-trained LSTM: which of its versions; none: the latest.",
    )
    l1: float = Field(0.0, ge=0, le=1, description="Penalty on the size of the weights.")
    l2: float = Field(0.0, ge=0, le=1, description="Penalty on the square of the weights.")

    stack: tuple[Layer, ...] = Field(
        (),
        max_length=MOST_LAYERS,
        description='With the architecture "custom": its layers, in order; units, layers, segment, '
        "dropout and penalties are then each layer's own.",
    )
    decoder: Decoder | None = Field(
        None,
        description="What goes on from the encoder to the horizon; none: the architecture's own.",
    )

    @model_validator(mode="after")
    def _stack_is_for_custom(self) -> Self:
        if self.stack and self.architecture != "custom":
            raise ValueError('"stack" goes with the architecture "custom"')
        if self.architecture == "custom" and not self.stack:
            raise ValueError('"custom" needs layers: give them as "stack"')
        return self

    @model_validator(mode="after")
    def _layers_fit_the_architecture(self) -> Self:
        entry = ARCHITECTURES.get(self.architecture or "")
        if entry is None or entry.recipe is None:
            return self
        most, fewest = entry.most_layers, entry.fewest_layers
        if most is not None and self.num_layers > most:
            raise ValueError(
                f'"{self.architecture}" has {_say_layers(most)}; choose "{entry.instead}" for more'
            )
        if self.num_layers < fewest:
            raise ValueError(
                f'"{self.architecture}" has at least {_say_layers(fewest)}; choose '
                f'"{entry.instead}" for {_NUMBERS.get(fewest - 1, fewest - 1)}'
            )
        return self

    @property
    def comes_trained(self) -> bool:
        """Whether its network brings weights that have learnt something already."""
        entry = ARCHITECTURES.get(self.architecture or "")
        return entry is not None and entry.comes_trained

    @property
    def num_layers(self) -> int:
        entry = ARCHITECTURES.get(self.architecture or "")
        return self.layers or (1 if entry is None else entry.usual_layers)


def _say_layers(count: int) -> str:
    return f"{_NUMBERS.get(count, count)} layer{'' if count == 1 else 's'}"

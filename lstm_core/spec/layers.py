"""The layers that an encoder is assembled from, and the decoders behind it, as data.

What each of them does to a sequence of steps is told by ``models.plan``, what it costs by
``models.costs``, and how Keras builds it by ``models.building``.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from lstm_core.spec.section import Section

Activation = Literal["tanh", "sigmoid", "relu", "elu", "gelu", "softsign", "linear"]
RecurrentActivation = Literal["sigmoid", "hard_sigmoid"]
Initializer = Literal[
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "orthogonal"
]
Merge = Literal["concat", "sum", "mul", "ave"]
Score = Literal["additive", "dot"]

MOST_LAYERS = 24


class _WeightedLayer(Section):
    """What every layer with a matrix of weights has."""

    initializer: Initializer = Field(
        "glorot_uniform", description="How the weights on the inputs are drawn at the start."
    )
    l1: float = Field(0.0, ge=0, le=1, description="Penalty on the size of the weights.")
    l2: float = Field(0.0, ge=0, le=1, description="Penalty on the square of the weights.")


class _RecurrentLayer(_WeightedLayer):
    """What every layer that reads step by step has."""

    units: int = Field(32, ge=1, le=4_096, description="Width of the state.")
    activation: Activation = Field("tanh", description="What squashes new values and the output.")
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of the inputs hidden while training."
    )
    recurrent_dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of the state hidden from itself while training."
    )
    recurrent_initializer: Initializer = Field(
        "orthogonal", description="How the weights on the state are drawn at the start."
    )
    bidirectional: Merge | None = Field(
        None,
        description="Read the steps both ways and join the two by this; none: forwards only.",
    )
    residual: bool = Field(
        False, description="Add the layer's input to its output, as a way around it."
    )


class LstmLayer(_RecurrentLayer):
    """Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000)."""

    kind: Literal["lstm"] = Field("lstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    forget_bias: float = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )


class PeepholeLayer(_RecurrentLayer):
    """An LSTM whose gates see the cell state: Gers and Schmidhuber (2000)."""

    kind: Literal["peephole_lstm"] = Field("peephole_lstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    forget_bias: float = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )


class SlstmLayer(_RecurrentLayer):
    """The scalar LSTM of xLSTM, with exponential gates: Beck et al. (2024)."""

    kind: Literal["slstm"] = Field("slstm", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the output gate."
    )
    heads: int = Field(1, ge=1, le=64, description="Groups of the state that see only themselves.")
    forget_gate: Literal["sigmoid", "exponential"] = Field(
        "sigmoid", description="What the forget gate is made of."
    )
    forget_bias: float = Field(
        1.0, ge=-10, le=10, description="Where the forget gate starts: 1 keeps, -1 forgets."
    )


class GruLayer(_RecurrentLayer):
    """Two gates and no cell state: Cho et al. (2014)."""

    kind: Literal["gru"] = Field("gru", description="The kind of layer.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )


class SimpleRnnLayer(_RecurrentLayer):
    """No gates at all: Elman (1990)."""

    kind: Literal["simple_rnn"] = Field("simple_rnn", description="The kind of layer.")


class ConvLstmLayer(_WeightedLayer):
    """An LSTM whose products are convolutions over frames of the window: Shi et al. (2015)."""

    kind: Literal["conv_lstm"] = Field("conv_lstm", description="The kind of layer.")
    filters: int = Field(16, ge=1, le=1_024, description="Features found at each place.")
    kernel_size: int = Field(3, ge=1, le=99, description="Neighbouring steps seen at once.")
    frame: int = Field(
        24, ge=1, le=1_000, description="Steps in one frame; the LSTM goes from frame to frame."
    )
    activation: Activation = Field("tanh", description="What squashes new values and the output.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    recurrent_initializer: Initializer = Field(
        "orthogonal", description="How the weights on the state are drawn at the start."
    )
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of the inputs hidden while training."
    )


class Conv1dLayer(_WeightedLayer):
    """Looks for short patterns, wherever they are."""

    kind: Literal["conv1d"] = Field("conv1d", description="The kind of layer.")
    filters: int = Field(32, ge=1, le=4_096, description="Patterns looked for.")
    kernel_size: int = Field(5, ge=1, le=999, description="Steps in a pattern.")
    dilation: int = Field(1, ge=1, le=512, description="Gap between the steps of a pattern.")
    padding: Literal["causal", "same", "valid"] = Field(
        "causal", description="What stands beyond the window's ends."
    )
    activation: Activation = Field("relu", description="What squashes the output.")


class PoolingLayer(Section):
    """Keeps one step of several."""

    kind: Literal["pooling"] = Field("pooling", description="The kind of layer.")
    size: int = Field(2, ge=1, le=1_000, description="Steps that become one.")
    mode: Literal["max", "average"] = Field("max", description="What is kept of them.")


class SegmentsLayer(Section):
    """Cuts the window into segments that are single steps from then on: Lin et al. (2023)."""

    kind: Literal["segments"] = Field("segments", description="The kind of layer.")
    length: int = Field(24, ge=1, le=1_000, description="Steps in one segment.")


class DenseLayer(_WeightedLayer):
    """The same weighted sums at every step."""

    kind: Literal["dense"] = Field("dense", description="The kind of layer.")
    units: int = Field(32, ge=1, le=4_096, description="Sums.")
    activation: Activation = Field("relu", description="What squashes the output.")


class DropoutLayer(Section):
    """Hides a share of its inputs while training: Srivastava et al. (2014)."""

    kind: Literal["dropout"] = Field("dropout", description="The kind of layer.")
    rate: float = Field(0.2, ge=0, lt=1, description="Share of the inputs hidden.")


class LayerNormalizationLayer(Section):
    """Brings each step's features to one level and spread: Ba et al. (2016)."""

    kind: Literal["layer_normalization"] = Field(
        "layer_normalization", description="The kind of layer."
    )


class PositionLayer(Section):
    """Adds waves that tell where a step stands: Vaswani et al. (2017), section 3.5."""

    kind: Literal["position"] = Field("position", description="The kind of layer.")


class TransformerLayer(_WeightedLayer):
    """Self-attention and a small network behind it: Vaswani et al. (2017)."""

    kind: Literal["transformer"] = Field("transformer", description="The kind of layer.")
    heads: int = Field(4, ge=1, le=64, description="Ways of looking, side by side.")
    feedforward: int = Field(64, ge=1, le=8_192, description="Width of the network behind it.")
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of its outputs hidden while training."
    )


class AttentionLayer(_WeightedLayer):
    """Weighs the steps by what the last one asks for.

    Additive: Bahdanau et al. (2015); dot: Luong et al. (2015).
    """

    kind: Literal["attention"] = Field("attention", description="The kind of layer.")
    score: Score = Field("additive", description="How well a step answers the last one.")


class SummaryLayer(Section):
    """Makes one vector of all steps."""

    kind: Literal["summary"] = Field("summary", description="The kind of layer.")
    mode: Literal["last", "mean", "max"] = Field("mean", description="What is kept of them.")


RecurrentLayer = LstmLayer | PeepholeLayer | SlstmLayer | GruLayer | SimpleRnnLayer

Layer = Annotated[
    LstmLayer
    | PeepholeLayer
    | SlstmLayer
    | GruLayer
    | SimpleRnnLayer
    | ConvLstmLayer
    | Conv1dLayer
    | PoolingLayer
    | SegmentsLayer
    | DenseLayer
    | DropoutLayer
    | LayerNormalizationLayer
    | PositionLayer
    | TransformerLayer
    | AttentionLayer
    | SummaryLayer,
    Field(discriminator="kind"),
]


class DirectDecoder(Section):
    """One dense layer predicts all steps at once."""

    kind: Literal["direct"] = Field("direct", description="The kind of decoder.")


class SegmentDecoder(Section):
    """One LSTM step for each segment of the horizon, side by side: Lin et al. (2023)."""

    kind: Literal["segments"] = Field("segments", description="The kind of decoder.")
    length: int = Field(24, ge=1, le=1_000, description="Steps in one segment.")


class SequenceDecoder(Section):
    """An LSTM that goes on from the encoder's state and is fed what it said before.

    Sutskever et al. (2014); with attention, Luong et al. (2015).
    """

    kind: Literal["sequence"] = Field("sequence", description="The kind of decoder.")
    attention: Score | None = Field(
        None, description="How it looks back at the encoder's steps; none: it does not."
    )
    teacher_forcing: float = Field(
        1.0,
        ge=0,
        le=1,
        description="Share of the training windows that are fed the actual values instead.",
    )


Decoder = Annotated[DirectDecoder | SegmentDecoder | SequenceDecoder, Field(discriminator="kind")]

LAYER_KINDS: dict[str, type[Section]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Layer)[0])
}
DECODER_KINDS: dict[str, type[Section]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Decoder)[0])
}

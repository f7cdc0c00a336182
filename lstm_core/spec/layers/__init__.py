"""The layers that an encoder is assembled from, and the decoders behind it.

Each is one class: its options as a section of the spec, its words, what it makes of a window, what
that costs, and the steps that build it. A new kind is such a class and a line here.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from lstm_core.spec.layers.attention.attention import AttentionLayer
from lstm_core.spec.layers.attention.position import PositionLayer
from lstm_core.spec.layers.attention.transformer import TransformerLayer
from lstm_core.spec.layers.between.dense import DenseLayer
from lstm_core.spec.layers.between.dropout import DropoutLayer
from lstm_core.spec.layers.between.normalization import LayerNormalizationLayer
from lstm_core.spec.layers.decoders import (
    DecoderSection,
    DirectDecoder,
    SegmentDecoder,
    SequenceDecoder,
)
from lstm_core.spec.layers.layer import EncoderLayer
from lstm_core.spec.layers.memory.conv_lstm import ConvLstmLayer
from lstm_core.spec.layers.memory.gru import GruLayer
from lstm_core.spec.layers.memory.lstm import LstmLayer, PeepholeLayer
from lstm_core.spec.layers.memory.simple_rnn import SimpleRnnLayer
from lstm_core.spec.layers.memory.slstm import SlstmLayer
from lstm_core.spec.layers.shape.conv1d import Conv1dLayer
from lstm_core.spec.layers.shape.pooling import PoolingLayer
from lstm_core.spec.layers.shape.segments import SegmentsLayer
from lstm_core.spec.layers.shape.summary import SummaryLayer

MOST_LAYERS = 24

# In the order in which they are offered.
Layer = Annotated[
    LstmLayer
    | GruLayer
    | PeepholeLayer
    | SlstmLayer
    | SimpleRnnLayer
    | ConvLstmLayer
    | Conv1dLayer
    | PoolingLayer
    | SegmentsLayer
    | SummaryLayer
    | AttentionLayer
    | PositionLayer
    | TransformerLayer
    | DenseLayer
    | DropoutLayer
    | LayerNormalizationLayer,
    Field(discriminator="kind"),
]

Decoder = Annotated[DirectDecoder | SegmentDecoder | SequenceDecoder, Field(discriminator="kind")]

LAYER_KINDS: dict[str, type[EncoderLayer]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Layer)[0])
}
DECODER_KINDS: dict[str, type[DecoderSection]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Decoder)[0])
}

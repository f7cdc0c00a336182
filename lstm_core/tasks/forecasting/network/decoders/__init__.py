"""How each decoder goes on from an encoder's state to features of the steps ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lstm_core.spec.layers import DirectDecoder, SegmentDecoder, SequenceDecoder
from lstm_core.tasks.forecasting.network.decoded import Decoded
from lstm_core.tasks.forecasting.network.decoders.direct import decode_directly
from lstm_core.tasks.forecasting.network.decoders.segments import decode_segments
from lstm_core.tasks.forecasting.network.decoders.sequence import decode_sequence
from lstm_core.tasks.forecasting.network.frame import NetworkFrame

_DECODERS: dict[type, Callable[[Any, NetworkFrame], Decoded]] = {
    DirectDecoder: decode_directly,
    SegmentDecoder: decode_segments,
    SequenceDecoder: decode_sequence,
}


def decode(frame: NetworkFrame) -> Decoded:
    """Describe the decoder of a network, from ``x``, ``cell`` and ``steps`` to ``x``."""
    decoder = frame.plan.decoder
    return _DECODERS[type(decoder)](decoder, frame)

"""A forecasting network put together, once, for all that build, count or write it.

``window -> normalise -> (one channel each) -> encoder -> decoder -> heads -> restore``.
"""

from __future__ import annotations

from lstm_core.models.parts import Part
from lstm_core.tasks.forecasting.network.around import list_back, list_front, list_inputs
from lstm_core.tasks.forecasting.network.decoders import decode
from lstm_core.tasks.forecasting.network.frame import NetworkFrame
from lstm_core.tasks.forecasting.network.heads import predict

__all__ = ["list_back", "list_decoding", "list_front", "list_inputs"]


def list_decoding(frame: NetworkFrame) -> tuple[Part, ...]:
    """Return the parts from the encoder's state, ``x``, to ``point`` and ``widths``."""
    decoded = decode(frame)
    return (*decoded.parts, *predict(frame, decoded))

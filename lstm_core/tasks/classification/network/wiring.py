"""A classifying network put together, once, for all that build, count or write it.

``item -> embedding or numbers -> convolutions -> encoder -> pooling -> label``.
"""

from __future__ import annotations

from lstm_core.models.parts import Part
from lstm_core.tasks.classification.network.frame import NetworkFrame
from lstm_core.tasks.classification.network.head import pool, say_label
from lstm_core.tasks.classification.network.stem import list_inputs, list_stem

__all__ = ["list_answering", "list_inputs", "list_stem"]


def list_answering(frame: NetworkFrame) -> list[Part]:
    """Return the parts from what the encoder gives, ``x`` and ``lengths``, to ``said``."""
    return [*pool(frame), *say_label(frame)]

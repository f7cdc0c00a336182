"""``Halves``: a network as what reads, and what says a unit after another."""

from __future__ import annotations

from dataclasses import dataclass

import keras


@dataclass(frozen=True)
class Halves:
    """A network in two, of the same layers and weights.

    Attributes:
        encoder: from ``source`` and ``lengths`` to ``memory``, where there is one, and the states
            that the decoder begins with.
        decoder: from ``before``, ``(batch, 1)``, ``lengths``, ``memory`` and states to what speaks
            for each unit, ``(batch, 1, units)``, the states behind it, and, where it looks back,
            weights, ``(batch, 1, given)``.
        looks_back: whether it does.
    """

    encoder: keras.Model
    decoder: keras.Model
    looks_back: bool

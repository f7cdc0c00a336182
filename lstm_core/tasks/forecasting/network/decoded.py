"""What a decoder hands on to the heads."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.models.parts import Part


@dataclass(frozen=True)
class Decoded:
    """What a decoder makes of the encoder's state: ``x``, ``(batch, groups, width)``.

    Attributes:
        parts: how.
        width: of the features.
        num_groups: that there are, each of ``length`` steps one after another; together
            ``num_steps``, which may be more than the horizon.
        is_flat: there is one group, and a script gives it no axis.
        has_points: the predictions are made already: ``point``.
    """

    parts: tuple[Part, ...]
    width: int
    num_groups: int
    length: int
    num_steps: int
    is_flat: bool = False
    has_points: bool = False

"""What a task puts around the layers that a person may change, as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_core.models.costs import LayerCost


@dataclass(frozen=True)
class End:
    """One part of a network before its first layer or behind its last.

    Attributes:
        title, detail: what it is, in words.
        shape: of what comes out of it, for one example.
        costs: of what it is made of.
        role: ``decoder`` where it stands for the decoder's options.
        is_of_decoder: whether those options are what one asks for by pointing at it.
    """

    title: str
    detail: str
    shape: tuple[int, ...]
    costs: tuple[LayerCost, ...] = ()
    role: Literal["end", "plain", "decoder"] = "end"
    is_of_decoder: bool = False


@dataclass(frozen=True)
class NetworkEnds:
    """From what the network is given to its first layer, and from its last to what it says."""

    before: tuple[End, ...]
    behind: tuple[End, ...]

"""Curves of the loss, network by network, and where one turns: too much was learnt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.events import EpochFinished

OVERFIT_RISE = 0.1
"""A validation loss that ends less above its best than this may have got there by chance."""

OVERFIT_NOISE = 8.0
"""So may one that ends less above it than this many times the usual jump between epochs: pure
noise does so in one training of a hundred."""

OVERFIT_FALL = 0.05
"""How far the training loss falls meanwhile, where the two diverge."""

SMOOTHED = 3
"""Epochs whose median stands for one: single ones jump."""


@dataclass(frozen=True)
class Curve:
    """One network's losses, ``(epochs,)`` each."""

    loss: np.ndarray
    validation: np.ndarray


def gather_curves(epochs: Sequence[EpochFinished]) -> list[Curve]:
    """Return a curve for each network that a validation part has judged.

    A network that learns from that part as well reports its training loss twice.
    """
    networks: dict[int, list[EpochFinished]] = defaultdict(list)
    for event in epochs:
        networks[event.network].append(event)
    curves = [
        Curve(
            np.array([event.loss for event in events]),
            np.array([event.validation_loss for event in events]),
        )
        for events in networks.values()
    ]
    return [curve for curve in curves if not np.array_equal(curve.loss, curve.validation)]


@dataclass(frozen=True)
class Turn:
    """Where a validation loss turned, and both losses there and at the end."""

    epoch: int
    validation: tuple[float, float]
    loss: tuple[float, float]

    @property
    def rise(self) -> float:
        return self.validation[1] / self.validation[0] - 1.0


def find_turn(curve: Curve) -> Turn | None:
    """Return where the validation loss turned while the training loss went on falling, if so."""
    if len(curve.loss) < 2 * SMOOTHED:
        return None
    validation, loss = _smooth(curve.validation), _smooth(curve.loss)
    best = int(np.argmin(validation))
    turn = Turn(
        best + 1 + SMOOTHED // 2,
        (float(validation[best]), float(validation[-1])),
        (float(loss[best]), float(loss[-1])),
    )
    jump = np.abs(curve.validation[1:-1] - validation).mean()
    diverges = (
        validation[-1] > (1.0 + OVERFIT_RISE) * validation[best]
        and validation[-1] > validation[best] + OVERFIT_NOISE * jump
        and loss[-1] < (1.0 - OVERFIT_FALL) * loss[best]
    )
    return turn if diverges and validation[best] > 0 else None


def _smooth(losses: np.ndarray) -> np.ndarray:
    return np.median(np.lib.stride_tricks.sliding_window_view(losses, SMOOTHED), axis=1)


def count_networks(number: int, curves: Sequence[Curve]) -> str:
    """``"2 of 3 networks"``; ``"the network"`` where there is one."""
    return f"{number} of {len(curves)} networks" if len(curves) > 1 else "the network"

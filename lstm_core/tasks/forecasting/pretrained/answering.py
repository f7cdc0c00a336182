"""Forecasts of series that nothing was trained on: described, asked about, kept in bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.pretrained.calibrating import Ask, find_stretch, stretch_around
from lstm_core.tasks.forecasting.pretrained.describing import Describing
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.network import compute_quantiles
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN, QUANTILES
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version

MOST_STEPS = 192
"""As far ahead as was learnt."""
_MOST_AT_ONCE = 128
"""Series that are held in memory side by side."""


@dataclass(frozen=True)
class Forecast:
    """What is expected of series.

    Attributes:
        quantiles: ``(count, steps, QUANTILES)``, in the values' units, in order.
        steps: ``(steps,)``, how far ahead each is.
        version: of the weights.
    """

    quantiles: np.ndarray
    steps: np.ndarray
    version: str

    @property
    def median(self) -> np.ndarray:
        """``(count, steps)``: as likely to be passed as not."""
        return np.asarray(self.quantiles[..., MEDIAN])

    def get_range(self, level: int) -> tuple[np.ndarray, np.ndarray]:
        """The ends, ``(count, steps)`` each, of the range that holds ``level`` percent."""
        low, high = (
            self.quantiles[..., QUANTILES.index(round(end, 4))]
            for end in (0.5 - level / 200, 0.5 + level / 200)
        )
        return low, high


def forecast(
    histories: Histories, steps: int | Sequence[int], pretrained: Pretrained | None = None
) -> Forecast:
    """Forecast series.

    Args:
        steps: how many ahead, or which ones, from 1 on.
        pretrained: other weights than the latest.

    Raises:
        DataError: it is asked for no step, or for more than ``MOST_STEPS``.
    """
    ahead = _list_steps(steps)
    pretrained = pretrained or load_version(get_latest_version())
    answers = [
        _answer(histories.take(slice(start, start + _MOST_AT_ONCE)), ahead, pretrained)
        for start in range(0, len(histories), _MOST_AT_ONCE)
    ]
    return Forecast(np.concatenate(answers), ahead, pretrained.version)


def forecast_medians(
    histories: Histories, steps: int | Sequence[int], pretrained: Pretrained | None = None
) -> np.ndarray:
    """Return the medians alone, ``(count, steps)``, at a ninth of the cost for long histories.

    Ranges are stretched around the median, by what earlier cutoffs say: nobody looks there for it.
    Arguments and errors as for ``forecast``.
    """
    ahead = _list_steps(steps)
    pretrained = pretrained or load_version(get_latest_version())
    answers = []
    for start in range(0, len(histories), _MOST_AT_ONCE):
        some = histories.take(slice(start, start + _MOST_AT_ONCE))
        middle = slice(MEDIAN, MEDIAN + 1)
        quantiles = ask_networks(some, pretrained)(ahead, 0)[..., middle]
        answers.append(keep_in_bounds(some, quantiles)[..., 0])
    return np.concatenate(answers)


def _list_steps(steps: int | Sequence[int]) -> np.ndarray:
    ahead = np.arange(1, steps + 1) if isinstance(steps, int) else np.asarray(steps, int)
    if not len(ahead) or ahead.min() < 1 or ahead.max() > MOST_STEPS:
        raise DataError(
            f"The pre-trained network looks 1 to {MOST_STEPS} steps ahead,"
            f" and {max(ahead, default=0)} are asked for.",
            "Ask for fewer steps, or train a model on these rows.",
        )
    return ahead


def _answer(histories: Histories, ahead: np.ndarray, pretrained: Pretrained) -> np.ndarray:
    ask = ask_networks(histories, pretrained)

    def begin(some: Histories) -> Ask:
        return ask if some is histories else ask_networks(some, pretrained)

    quantiles = stretch_around(ask(ahead, 0), find_stretch(histories, ahead, begin))
    return keep_in_bounds(histories, quantiles)


def ask_networks(histories: Histories, pretrained: Pretrained) -> Ask:
    """Quantiles ``(count, steps, quantiles)`` in the series' units, as the networks have them.

    As series are, all networks are asked; as they were, one after the other in turn: there are
    many cutoffs, and of each no more is wanted than how wide ranges are beside what came.
    """
    describing = Describing(histories)
    turn = cycle(pretrained.members)

    def ask(ahead: np.ndarray, back: int) -> np.ndarray:
        description = describing.describe(ahead, back)
        members = (next(turn),) if back else pretrained.members
        said = [compute_quantiles(member, description) for member in members]
        scaled = np.mean(said, axis=0, dtype=float)
        location, scale = description.location, description.scale
        return np.asarray(location[:, None, None] + scale[:, None, None] * scaled)

    return ask


def keep_in_bounds(histories: Histories, quantiles: np.ndarray) -> np.ndarray:
    """Cut what can't be negative at zero, and round what is whole."""
    values = np.where(histories.non_negative[:, None, None], np.maximum(quantiles, 0), quantiles)
    return np.asarray(np.where(histories.whole[:, None, None], np.round(values), values))

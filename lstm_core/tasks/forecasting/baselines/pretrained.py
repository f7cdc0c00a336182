"""The pre-trained LSTM as a member of a mix: from values alone it says what comes, as rules do.

It learnt nothing from these rows, so it can be asked at any cutoff. Its name says all that is
needed to ask it again: ``pretrained_3_48_336`` is version 3, told of these seasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines.naming import PRETRAINED_KIND, name_rule
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS, forecast_medians
from lstm_core.tasks.forecasting.pretrained.history import (
    FEWEST_VALUES,
    MOST_VALUES,
    choose_seasons,
)
from lstm_core.tasks.forecasting.pretrained.preview.lines import find_common_seasons, lay_out
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version
from lstm_core.threads import stay_on_one_thread

MOST_WORK = 500_000
"""What a run may ask it, in steps ahead: 10 to 15 seconds of one core."""
WORK_OF_A_WINDOW = 40
"""What describing one history costs, in steps ahead."""
_AT_ONCE = 1_024


@dataclass(frozen=True)
class PretrainedRule:
    """A version of the weights, and the seasons that it is told of, in steps."""

    version: str
    seasons: tuple[int, ...]
    num_parameters: ClassVar[int] = 0

    def predict(self, values: np.ndarray, cutoffs: np.ndarray, horizon: int) -> np.ndarray:
        """Predict from each cutoff with the values up to it, ``(n, horizon)``.

        Where there are too few, the last one is repeated.

        Args:
            values: ``(rows,)`` without NaN. ``cutoffs``: ``(n,)`` rows of the last known value.
        """
        said = np.repeat(values[cutoffs][:, None], horizon, axis=1)
        able = np.flatnonzero(cutoffs + 1 >= FEWEST_VALUES)
        weights = load_version(self.version)
        with stay_on_one_thread():
            for start in range(0, len(able), _AT_ONCE):
                rows = able[start : start + _AT_ONCE]
                pasts = [values[max(0, end - MOST_VALUES) : end] for end in cutoffs[rows] + 1]
                said[rows] = forecast_medians(lay_out(pasts, self.seasons), horizon, weights)
        return said


def name_pretrained(lines: Sequence[np.ndarray], season: int, frequency: Frequency) -> str:
    """Name the latest version, with the seasons that the training rows ``(rows,)`` show.

    Args:
        season: in steps, as rules know it; 1 when there is none.
    """
    found = find_common_seasons(lines, frequency)
    seasons = choose_seasons([*found, season])
    return name_rule(PRETRAINED_KIND, [int(get_latest_version()), *seasons])


def make_pretrained(numbers: Sequence[int]) -> PretrainedRule:
    """Make the rule of a name's numbers again: the version, then seasons."""
    version, *seasons = numbers
    return PretrainedRule(str(version), tuple(seasons))


def can_ask(num_windows: int, horizon: int) -> bool:
    """Whether it looks so far ahead, and so many windows are not too many to ask about."""
    work = num_windows * (horizon + WORK_OF_A_WINDOW)
    return horizon <= MOST_STEPS and work <= MOST_WORK

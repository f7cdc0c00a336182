"""Where a forecast from a series' own past can't know what comes: better none than that."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.pretrained.preview.lines import Line
from lstm_core.tasks.forecasting.pretrained.preview.past import Past

_FEWEST_STEPS_OF_A_CLOCK = 8
_FEWEST_ROWS = 20
_DECIDES = 0.5
"""Share of the errors' variance that covariates known ahead explain, from which on they decide."""


def refuse_what_it_cannot_know(dataset: Dataset, lines: Sequence[Line], past: Past | None) -> None:
    """Refuse a dataset whose future does not follow from its past.

    Raises:
        DataError: with what decides instead.
    """
    if all(_is_clock(line) for line in lines):
        names = list_names(list(dict.fromkeys(line.target for line in lines)))
        raise DataError(
            f"{names} counts on by the same amount in every row, as a clock or a number of rows "
            "does: there is nothing to forecast.",
            "Choose another column to predict.",
        )
    deciding = dataset.roles.known_future_covariates
    if past is not None and deciding:
        share = _measure_explained(dataset, lines, past.errors)
        if share >= _DECIDES:
            raise DataError(
                f"What is known ahead of time, {list_names(deciding)}, explains {share:.0%} of "
                "what a forecast from the past alone gets wrong here.",
                "Train a model: it is told of these columns.",
            )


def _is_clock(line: Line) -> bool:
    changes = np.diff(line.filled)
    return (
        len(changes) >= _FEWEST_STEPS_OF_A_CLOCK
        and changes[0] != 0
        and bool(np.allclose(changes, changes[0], rtol=1e-9, atol=0))
    )


def _measure_explained(dataset: Dataset, lines: Sequence[Line], errors: np.ndarray) -> float:
    """Return the share of errors that the covariates explain, adjusted for how many there are.

    Errors of one row, made at several cutoffs, are averaged first: they are one observation.
    """
    names = list(dataset.roles.known_future_covariates)
    columns = dataset.frame[names].to_numpy()
    firsts = [line.last + 1 - len(line.filled) for line in lines]
    rows = np.array(firsts)[errors[:, 0].astype(int)] + errors[:, 1].astype(int)
    own = errors[:, 0].astype(int)
    scale = np.array([max(float(np.std(line.filled)), 1e-12) for line in lines])
    together = np.stack([own, rows], 1)
    distinct, place = np.unique(together, axis=0, return_inverse=True)
    count = np.bincount(place.ravel())
    mean = np.bincount(place.ravel(), errors[:, 2] / scale[own]) / count
    num_rows, num_columns = len(distinct), len(names)
    if num_rows < max(_FEWEST_ROWS, 5 * num_columns):
        return 0.0
    told = np.column_stack([np.ones(num_rows), columns[distinct[:, 1]]])
    fitted = told @ np.linalg.lstsq(told, mean, rcond=None)[0]
    total = float(((mean - mean.mean()) ** 2).sum())
    if total <= 0:
        return 0.0
    unexplained = float(((mean - fitted) ** 2).sum()) / total
    return 1 - unexplained * (num_rows - 1) / (num_rows - num_columns - 1)

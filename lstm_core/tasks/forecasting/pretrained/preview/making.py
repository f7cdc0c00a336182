"""The preview of a dataset: its forecast, and how that would have done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.framing.inputs.days import list_times_ahead
from lstm_core.tasks.forecasting.horizons import find_usual_horizon
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS, Forecast, forecast
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.preview.doubts import refuse_what_it_cannot_know
from lstm_core.tasks.forecasting.pretrained.preview.lines import (
    Line,
    add_up,
    find_common_seasons,
    lay_out,
    list_lines,
)
from lstm_core.tasks.forecasting.pretrained.preview.past import Past, try_past
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version
from lstm_core.threads import stay_on_one_thread

_MOST_NAMED = 5
_ROWS_A_STEP = 2
"""Nobody is told unasked of more than half as many steps as there are rows."""


@dataclass(frozen=True)
class Preview:
    """A forecast without training.

    Attributes:
        table: ``series, target, step, timestamp, value``, then ``low_<level>`` and
            ``high_<level>``, as the forecast of a trained model.
        lines: what was forecast, in the table's order.
        seasons: in steps, the shortest first.
        horizon: steps ahead.
        past: how it would have done; None where there is too little to say.
        version: of the weights.
        notes: what should be known of it, a sentence each.
    """

    table: pd.DataFrame
    lines: tuple[Line, ...]
    seasons: tuple[int, ...]
    horizon: int
    past: Past | None
    version: str
    notes: tuple[str, ...]

    def forecast_of(self, number: int) -> pd.DataFrame:
        """Return the rows of the table that are of a line, by its number."""
        first = number * self.horizon
        return self.table.iloc[first : first + self.horizon]


def list_history(dataset: Dataset, line: Line) -> pd.DataFrame:
    """Return ``timestamp, value, filled`` of a line, the sum of several series among them."""
    times = dataset.frame.index.get_level_values("time")
    return pd.DataFrame(
        {
            "timestamp": times[line.last + 1 - len(line.filled) : line.last + 1],
            "value": line.filled,
            "filled": ~line.observed,
        }
    )


def preview_dataset(
    dataset: Dataset,
    horizon: int | None = None,
    *,
    exchange: str = "",
    with_total: bool = False,
    most_lines: int | None = None,
    pretrained: Pretrained | None = None,
) -> Preview:
    """Forecast all lines of a dataset by the pre-trained network.

    Args:
        horizon: steps ahead; None: as many as are usual for the spacing and the rows.
        exchange: whose days business days go on with; empty: from Monday to Friday.
        with_total: whether the sum of several series comes first, as a line of its own.
        most_lines: only so many of them, the largest ones; None: all, in the dataset's order.
        pretrained: other weights than the latest.

    Raises:
        DataError: no line has enough values, the horizon is too long, or what is to come depends
            on what this network does not see.
    """
    lines, too_short = list_lines(dataset)
    if not lines:
        raise DataError(
            "A forecast needs three values at least, and no series has them.",
            "Bring more rows.",
        )
    # Of all lines, so that what is said of one does not hang on which others are shown.
    seasons = find_common_seasons([line.known_part for line in lines], dataset.frequency)
    total = add_up(lines) if with_total else None
    is_whole = total is not None and _end_together(dataset, lines)
    if most_lines is not None:
        lines = sorted(lines, key=lambda line: -float(np.abs(line.filled).mean()))[:most_lines]
    if total is not None and is_whole:
        lines = [total, *lines]
    num_rows = int(np.median([len(line.filled) for line in lines]))
    usual, _ = find_usual_horizon(dataset.frequency, seasons[0] if seasons else 1)
    steps = horizon or min(usual, max(1, num_rows // _ROWS_A_STEP), MOST_STEPS)
    pretrained = pretrained or load_version(get_latest_version())
    with stay_on_one_thread():
        said = forecast(lay_out([line.values for line in lines], seasons), steps, pretrained)
        past = try_past(lines, dataset.frequency, steps, pretrained)
    refuse_what_it_cannot_know(dataset, lines, past)
    notes = []
    if too_short:
        named = list_names(too_short[:_MOST_NAMED])
        more = f" and {len(too_short) - _MOST_NAMED} more" if len(too_short) > _MOST_NAMED else ""
        notes.append(f"Too short for a forecast, with fewer than three values: {named}{more}.")
    return Preview(
        _make_table(dataset, lines, said, exchange),
        tuple(lines),
        seasons,
        steps,
        past,
        said.version,
        tuple(notes),
    )


def _make_table(dataset: Dataset, lines: list[Line], said: Forecast, exchange: str) -> pd.DataFrame:
    steps = len(said.steps)
    ends = {
        f"{side}_{level}": end
        for level in LEVELS
        for side, end in zip(("low", "high"), said.get_range(level), strict=True)
    }
    times = [list_times_ahead(dataset, line.series, line.last, steps, exchange) for line in lines]
    return pd.DataFrame(
        {
            "series": np.repeat([line.label for line in lines], steps),
            "target": np.repeat([line.target for line in lines], steps),
            "step": np.tile(said.steps, len(lines)),
            "timestamp": times[0].append(list(times[1:])),
            "value": said.median.ravel(),
            **{name: end.ravel() for name, end in ends.items()},
        }
    )


def _end_together(dataset: Dataset, lines: list[Line]) -> bool:
    times = dataset.frame.index.get_level_values("time")
    return len(set(times[[line.last for line in lines]])) == 1

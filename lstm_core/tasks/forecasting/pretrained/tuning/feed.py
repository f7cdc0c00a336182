"""``DescribedFeed``: windows of which a pre-trained network is told more than they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.feed import thin
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.tasks.forecasting.framing.examples import Framing, SeriesPart
from lstm_core.tasks.forecasting.framing.outliers import limit_outliers
from lstm_core.tasks.forecasting.framing.scaling import Scaler
from lstm_core.tasks.forecasting.pretrained.describing import Description, describe
from lstm_core.tasks.forecasting.pretrained.history import FEWEST_VALUES, count_kept
from lstm_core.tasks.forecasting.pretrained.preview.lines import find_common_seasons, lay_out

MOST_TRAINING, MOST_VALIDATION = 1_024, 256
"""Cutoffs that are learnt from and stopped by: each takes some 20 kilobytes."""
_AT_ONCE = 256


@dataclass(frozen=True)
class DescribedLines:
    """The targets of one series.

    Attributes:
        first: the series' first row in the flat table.
        values: ``(rows, targets)`` in the units of the data, NaN where nothing was observed.
        scaler: of the series.
    """

    first: int
    values: np.ndarray
    scaler: Scaler


@dataclass(frozen=True)
class Told:
    """What is told of cutoffs, each with all its targets: ``(n * targets, ...)``.

    Attributes:
        series: ``(n,)``, the number of each cutoff's lines.
    """

    description: Description
    series: np.ndarray


@dataclass(frozen=True)
class DescribedFeed(WindowFeed):
    """Windows whose cutoffs can be described: by all that was known of a series there.

    Attributes:
        lines: series by series, as they lie in the flat table.
        seasons: in steps, as the training part shows them; ``test_seasons``: as all rows before
            the test part do; ``latest_seasons``: as all rows do, for what lies beyond them.
    """

    lines: tuple[DescribedLines, ...] = field(kw_only=True)
    seasons: tuple[int, ...] = field(kw_only=True)
    test_seasons: tuple[int, ...] = field(kw_only=True)
    latest_seasons: tuple[int, ...] = field(kw_only=True)

    def describe(self, places: np.ndarray) -> Iterator[tuple[np.ndarray, Told]]:
        """Describe cutoffs ``(n,)``, so many at once.

        Yields:
            Where in ``places`` they stand, and what is told of them.
        """
        is_last, is_test = (
            np.isin(places, self.cutoffs.get(where, ())) for where in ("forecast", "test")
        )
        firsts = np.array([line.first for line in self.lines])
        number = np.searchsorted(firsts, places, side="right") - 1
        for chosen, seasons in (
            (~is_last & ~is_test, self.seasons),
            (is_test & ~is_last, self.test_seasons),
            (is_last, self.latest_seasons),
        ):
            rows = np.flatnonzero(chosen)
            for start in range(0, len(rows), _AT_ONCE):
                at = rows[start : start + _AT_ONCE]
                told = self._describe(places[at], number[at], seasons)
                yield at, Told(told, number[at])

    def _describe(
        self, places: np.ndarray, number: np.ndarray, seasons: tuple[int, ...]
    ) -> Description:
        most = count_kept(seasons)
        pasts = []
        for place, line in zip(places, number, strict=True):
            own = self.lines[line]
            end = int(place) - own.first + 1
            pasts += list(own.values[max(0, end - most) : end].T)
        return describe(lay_out(pasts, seasons), np.arange(1, self.shape.horizon + 1))


def describe_framing(framing: Framing, dataset: Dataset) -> Framing:
    """Let a framing's cutoffs be described; of those for learning, as many as are worth it."""
    lines = tuple(
        _read_lines(dataset, part, scaler)
        for part, scaler in zip(framing.parts, framing.scalers, strict=True)
    )
    examples = framing.examples
    chosen = _choose_cutoffs(examples, framing.parts, lines)
    feed = DescribedFeed(
        **vars(examples) | {"cutoffs": {**examples.cutoffs, **chosen}},
        lines=lines,
        seasons=_find_seasons(dataset, [(part, part.cuts.train_end) for part in framing.parts]),
        test_seasons=_find_seasons(
            dataset, [(part, part.cuts.test_start) for part in framing.parts]
        ),
        latest_seasons=_find_seasons(dataset, [(part, part.num_rows) for part in framing.parts]),
    )
    return replace(framing, examples=feed)


def _read_lines(dataset: Dataset, part: SeriesPart, scaler: Scaler) -> DescribedLines:
    num_targets = len(dataset.roles.targets)
    values = dataset.frame.to_numpy()[part.rows].astype(float)
    if scaler.is_limiting:
        values = limit_outliers(values, scaler.low, scaler.high, scaler.jump)
    observed = dataset.observed[part.rows]
    return DescribedLines(part.first, np.where(observed, values[:, :num_targets], np.nan), scaler)


def _choose_cutoffs(
    examples: WindowFeed, parts: Sequence[SeriesPart], lines: Sequence[DescribedLines]
) -> dict[str, np.ndarray]:
    """Thin the cutoffs to learn from and to stop by, where enough was known at them."""
    enough = np.zeros(len(examples.past), bool)
    for part, line in zip(parts, lines, strict=True):
        known = np.cumsum(np.isfinite(line.values), axis=0).min(axis=1)
        enough[part.first : part.first + part.num_rows] = known >= FEWEST_VALUES
    return {
        name: thin(cutoffs[enough[cutoffs]], most)
        for name, most in (("train", MOST_TRAINING), ("validation", MOST_VALIDATION))
        if (cutoffs := examples.cutoffs.get(name)) is not None
    }


def _find_seasons(dataset: Dataset, known: Sequence[tuple[SeriesPart, int]]) -> tuple[int, ...]:
    """Look for seasons in the first rows of each series, up to the last that was observed there."""
    values = dataset.frame.to_numpy()
    filled = []
    for part, num_rows in known:
        observed = dataset.observed[part.rows][:num_rows]
        for target in range(observed.shape[1]):
            rows = np.flatnonzero(observed[:, target])
            if len(rows):
                filled.append(values[part.rows, target][: rows[-1] + 1].astype(float))
    return find_common_seasons(filled, dataset.frequency)

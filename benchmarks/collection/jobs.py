"""Which runs are to be made: the tables of each series, and the seeds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.collection.running import FIRST_SEED
from benchmarks.collection.series import Series

CUTOFFS = {"few": 3, "many": 2}
"""How many tables are cut from a series, the whole one among them."""
SHARES = {"few": 0.25, "many": 0.15}
"""How much less of it each further table has: about a test part, so that each judges other rows."""
FEWEST_ROWS = 24


@dataclass(frozen=True)
class Job:
    """One run that is to be made: a series up to a row, from a seed."""

    series: Series
    num_rows: int
    seed: int
    settings: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """What the run follows from, but for the program: the table, the seed and the settings."""
        table = self.series.cut(self.num_rows).to_csv(index=False, float_format="%.10g")
        told = json.dumps([self.series.name, table, self.seed, self.settings])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def about(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "series": self.series.name,
            "group": self.series.group,
            "traits": list(self.series.traits),
            "rows": self.num_rows,
            "seed": self.seed,
        }


def list_jobs(
    collection: Sequence[Series], num_seeds: int, settings: Sequence[str] = ()
) -> Iterator[Job]:
    """Yield the runs: the whole tables of all series first, so that any number tells of all."""
    for number in range(max(CUTOFFS.values())):
        for seed in range(FIRST_SEED, FIRST_SEED + num_seeds):
            for series in collection:
                cuts = choose_cutoffs(series)
                if number < len(cuts):
                    yield Job(series, cuts[number], seed, tuple(settings))


def choose_cutoffs(series: Series) -> list[int]:
    """Return how many rows each table of a series has, the whole one first."""
    size = int(series.num_rows * SHARES[series.group])
    rows = (series.num_rows - size * number for number in range(CUTOFFS[series.group]))
    return [count for count in rows if count >= FEWEST_ROWS or count == series.num_rows]

"""One series of the collection: a table as somebody would bring it, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

Group = Literal["few", "many"]

MOST_FEW = 200
"""Rows of what counts as few."""

TIME, TARGET = "time", "value"


@dataclass(frozen=True)
class Series:
    """A table with one target.

    Attributes:
        name: lower case, digits and hyphens; what ``--only`` is given.
        frame: ``time, value``, then what is known ahead: of rows behind the last value as well,
            which is NaN there. Before that, values may be missing where the source has none.
        traits: what is special about it, in a word each.
        source: who measured it and under which licence, or how it was made.
    """

    name: str
    frame: pd.DataFrame = field(repr=False)
    traits: tuple[str, ...]
    source: str

    @property
    def num_rows(self) -> int:
        """How many rows there are up to the last value."""
        return int(np.flatnonzero(self.frame[TARGET].notna().to_numpy())[-1]) + 1

    @property
    def num_ahead(self) -> int:
        """How many rows behind the last value tell what is known ahead."""
        return len(self.frame) - self.num_rows

    @property
    def known_ahead(self) -> tuple[str, ...]:
        return tuple(self.frame.columns[2:])

    @property
    def group(self) -> Group:
        return "few" if self.num_rows <= MOST_FEW else "many"

    def cut(self, num_rows: int) -> pd.DataFrame:
        """Return the table as it was when so many rows had a value."""
        table = self.frame.iloc[: num_rows + self.num_ahead].copy()
        table.loc[table.index[num_rows:], TARGET] = np.nan
        return table


def make_series(
    name: str,
    values: np.ndarray | pd.Series,
    times: str | pd.Index | pd.Series,
    traits: str,
    source: str,
) -> Series:
    """Make a series without covariates.

    Args:
        values: ``(rows,)``, the first one known.
        times: one for each; or an alias of pandas, where the source tells no dates.
        traits: separated by spaces.
    """
    values = np.asarray(values, float)
    if isinstance(times, str):
        times = pd.date_range("2001-01-01", periods=len(values), freq=times)
    frame = pd.DataFrame({TIME: np.asarray(times), TARGET: values})
    known = np.flatnonzero(np.isfinite(values))
    frame = frame.iloc[known[0] : known[-1] + 1].reset_index(drop=True)
    return Series(name, frame, tuple(traits.split()), source)

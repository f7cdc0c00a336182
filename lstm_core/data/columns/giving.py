"""A column is given another part: what the spec of the data then says."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lstm_core.data.columns.derived import join_names, list_sources
from lstm_core.spec import ROW_ORDER, SeriesDataSpec

TARGET, TIME, ID, IGNORE = "target", "time", "id", "ignore"
DESCRIBES = "describes the series"

_FIELDS = {
    TARGET: "targets",
    "known in advance": "known_future_covariates",
    "known only afterwards": "past_covariates",
    DESCRIBES: "static",
}
ROLES = (*_FIELDS, ID, TIME, IGNORE)
"""What a column can be for; see ``profiling.columns.ColumnProfile``."""


def give_role(frame: pd.DataFrame, data: SeriesDataSpec, name: str, role: str) -> dict[str, Any]:
    """Return ``{"data.key": value}`` with which a column has a part, and no other.

    Args:
        frame: the table that the column stands in.
        data: every role filled in. ``role``: one of ``ROLES``.

    Without a column of times, rows are counted in their order; without one that tells series
    apart, they are one series.
    """
    values: dict[str, Any] = {}
    for part, field in _FIELDS.items():
        kept = [each for each in getattr(data, field) or () if not _speaks_of(each, name, frame)]
        values[field] = [*kept, name] if part == role else kept
    keys = [] if data.series is None else list(list_sources(data.series, frame))
    keys = [each for each in keys if each != name] + ([name] if role == ID else [])
    values["series"] = join_names(tuple(keys)) if keys else None
    if role == TIME:
        values["time"] = name
    else:
        values["time"] = ROW_ORDER if data.time == name else data.time
    given = {f"data.{field}": value for field, value in values.items()}
    return given | {"data.reading.keys": keys}


def _speaks_of(covariate: str, name: str, frame: pd.DataFrame) -> bool:
    """Whether a covariate is this column, or a level of it."""
    return name in (list_sources(covariate, frame) or (covariate,))

"""Where the model is good and where it is not: errors by fold, step, series and calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lstm_core.tables import name_line
from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED
from lstm_core.tasks.forecasting.judging.scoreboard import Scoreboard

MOST_SERIES = 50


def break_down(
    board: Scoreboard,
    table: pd.DataFrame,
    scales: Mapping[tuple[str, str], float],
    beside: Scoreboard | None = None,
) -> pd.DataFrame:
    """Return ``by, value, num`` and the mean absolute error of the model and each baseline.

    ``by`` is ``fold``, ``step``, ``series`` (of several, the ``MOST_SERIES`` with the largest
    errors), and where they vary ``hour``, ``weekday`` and ``month`` of the predicted time.
    Errors are in units of MASE's scale. Fold, step and series rest on every test window, the
    calendar on the prediction table.

    Args:
        beside: of the pre-trained network, on those windows that it was asked on; it comes last.
    """
    found = _list_errors(board, table, scales, board.lines, MOST_SERIES)
    if beside is not None:
        own = table[table[PRETRAINED].notna()]
        asked = _list_errors(beside, own, scales, board.lines, len(beside.lines))
        found = found.merge(asked[["by", "value", PRETRAINED]], on=["by", "value"], how="left")
    return found


def _list_errors(
    board: Scoreboard,
    table: pd.DataFrame,
    scales: Mapping[tuple[str, str], float],
    lines: Sequence[tuple[str, str]],
    most_series: int,
) -> pd.DataFrame:
    """Return the same of one board alone; ``lines``: beside which a series has to be told apart."""
    names = board.names
    windows = board.list_windows()
    parts = [
        _average(windows, windows["fold"], "fold", names, windows["num"]),
        board.break_down_by_step(),
    ]
    if len(lines) > 1:
        by_series = _average(windows, windows["line"], "series", names, windows["num"])
        by_series["value"] = [
            name_line(board.lines[int(line)], lines) for line in by_series["value"]
        ]
        parts.append(by_series.sort_values(names[0], ascending=False).head(most_series))
    times = table["timestamp"]
    if pd.api.types.is_datetime64_any_dtype(times):
        errors = _scale_errors(table, names, scales)
        calendar = {
            "hour": times.dt.hour,
            "weekday": times.dt.day_of_week,
            "month": times.dt.month,
        }
        for by, value in calendar.items():
            if value.nunique() > 1:
                parts.append(_average(errors, value, by, names))
    return pd.concat(parts, ignore_index=True)


def _scale_errors(
    table: pd.DataFrame, names: Sequence[str], scales: Mapping[tuple[str, str], float]
) -> pd.DataFrame:
    keys = zip(table["series"], table["target"], strict=True)
    scale = pd.Series([scales[key] for key in keys], index=table.index)
    scale = scale.where(scale > 0, 1.0)
    return pd.DataFrame({name: (table["actual"] - table[name]).abs() / scale for name in names})


def _average(
    errors: pd.DataFrame,
    value: pd.Series,
    by: str,
    names: Sequence[str],
    num: pd.Series | None = None,
) -> pd.DataFrame:
    """Average rows that each stand for ``num`` of what is counted, one where it is not given."""
    grouped = errors[list(names)].groupby(value, sort=True)
    means = grouped.mean()
    count = grouped[names[0]].count() if num is None else num.groupby(value, sort=True).sum()
    return pd.DataFrame(
        {
            "by": by,
            "value": means.index.astype(str),
            "num": count.to_numpy(),
            **{name: means[name].to_numpy(dtype="float64") for name in names},
        }
    )

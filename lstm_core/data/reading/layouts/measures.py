"""A row for each time and each measure: prices and amounts below each other in one column."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lstm_core.data.columns.splitting import split_words
from lstm_core.data.reading.layouts.melting import TIME, VALUE
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.wording import list_names
from lstm_core.spec.reading import TableLayout

ITEM = "data.reading.layout"

_AGAIN = "\0again"
_MOST_MEASURES = 40
_FEWEST_ROWS = 3
_OTHER_SIZE = 10
"""How many times larger one measure is than another before both are hardly of one kind."""
_CALLED = frozenset({
    "metric", "metrics", "variable", "variables", "measure", "measures", "measurement",
    "indicator", "indicators", "parameter", "quantity", "attribute", "field", "kpi", "kennzahl",
    "messgrosse", "merkmal", "variabele", "indicateur", "indicador", "indicatore", "mesure",
    "characteristic", "element", "指标", "項目", "指標",
})  # fmt: skip


@dataclass(frozen=True)
class _Parts:
    """The columns of such a table: which measure, and its value."""

    measure: str
    value: str
    names: tuple[str, ...]


def turn_measures(table: SourceTable) -> SourceTable | None:
    """Return the table with a column for each measure, or None where it has no such column."""
    parts = _find(table.frame)
    if parts is None:
        return None
    frame = table.frame
    about = [name for name in frame.columns if name not in (parts.measure, parts.value)]
    again = frame.groupby([*about, parts.measure], sort=False, dropna=False).cumcount()
    rows = frame.assign(**{_AGAIN: again})
    wide = rows.set_index([*about, _AGAIN, parts.measure])[parts.value].unstack()
    firsts = rows.reset_index().groupby([*about, _AGAIN], dropna=False)["index"].first()
    order = np.argsort(firsts.reindex(wide.index).to_numpy(), kind="stable")
    columns = [name for name in parts.names if name in wide.columns]
    wide = wide[columns].iloc[order].reset_index().drop(columns=_AGAIN)
    wide.columns = pd.Index([str(name) for name in wide.columns], dtype="str")
    lines = table.rows
    if lines is not None and len(lines.lines) == len(frame):
        lines = replace(lines, lines=lines.lines[np.sort(firsts.to_numpy())])
    sentence = f'A column was made of each "{parts.measure}": {list_names(columns)}.'
    return replace(
        table,
        frame=wide,
        rows=lines,
        spelt={},
        remarks=(*table.remarks, Remark("layout", sentence)),
        plan=table.plan.model_copy(update={"layout": "measures"}),
    )


def ask_measures(table: SourceTable, layout: TableLayout) -> SourceTable:
    """Ask whether measures of different kinds are several series or several columns.

    Args:
        layout: what the table's is, as far as it was found.
    """
    parts = _find(table.frame)
    if parts is None or not _differ(table.frame, parts):
        return table
    shown = list_names(parts.names[:3])
    question = Question(
        ITEM,
        f'"{parts.measure[:40]}" names measures of different kinds. Is each a series of its own?',
        (
            Choice(layout, "A series each", f'{shown} are series of "{parts.value[:40]}"'),
            Choice("measures", "A column each", f"{shown} are columns beside each other"),
        ),
    )
    return replace(table, questions=(*table.questions, question))


def _find(frame: pd.DataFrame) -> _Parts | None:
    numbers = [
        name
        for name in frame.columns
        if pd.api.types.is_numeric_dtype(frame[name])
        and not pd.api.types.is_bool_dtype(frame[name])
    ]
    has_time = any(pd.api.types.is_datetime64_any_dtype(dtype) for dtype in frame.dtypes)
    if len(numbers) != 1 or not (has_time or TIME in frame.columns):
        return None
    for name in frame.columns:
        if not pd.api.types.is_string_dtype(frame[name]) or frame[name].isna().any():
            continue
        words = set(split_words(str(name)))
        is_unnamed = numbers[0] == VALUE and str(name).startswith("column ")
        if not (words & _CALLED or is_unnamed):
            continue
        if frame[name].iloc[:1_000].nunique() > _MOST_MEASURES:
            continue
        names = frame[name].unique()
        if 2 <= len(names) <= _MOST_MEASURES and len(frame) >= _FEWEST_ROWS * len(names):
            others = set(map(str, frame.columns)) - {str(name), numbers[0]}
            if others & set(map(str, names)):
                continue
            return _Parts(str(name), str(numbers[0]), tuple(map(str, names)))
    return None


def _differ(frame: pd.DataFrame, parts: _Parts) -> bool:
    """Whether measures have sizes that are far apart, or some are whole and others are not."""
    values = frame[parts.value].abs()
    groups = values.groupby(frame[parts.measure])
    sizes = groups.median()
    sizes = sizes[sizes > 0]
    is_whole = (values % 1 == 0).groupby(frame[parts.measure]).mean()
    apart = len(sizes) > 1 and float(sizes.max() / sizes.min()) >= _OTHER_SIZE
    return apart or bool(((is_whole > 0.99).any()) and (is_whole < 0.5).any())

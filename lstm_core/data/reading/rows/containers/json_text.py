"""JSON and JSON lines, in the shapes that programs and addresses of the web answer with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.reading.rows.body.names import name_columns
from lstm_core.data.reading.rows.body.table import MOST_COLUMNS
from lstm_core.data.reading.rows.containers.cells import show, type_values
from lstm_core.data.reading.rows.containers.grid import read_grid
from lstm_core.data.reading.rows.dialect.kinds import kind_of
from lstm_core.data.reading.rows.text.decoding import decode
from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.telling import MOST_SET_ASIDE, Remark, SetAside
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_DEEPEST = 5
_EARLIEST_SECOND = 1e8
_NUM_SHOWN = 50
_LONGEST_SHOWN = 500
_LONGEST_CELL = 1_000

Record = Mapping[str, Any]


def read_json(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows of the largest table in the JSON: of its lines, or of what it holds.

    Raises:
        DataError: it is none, or holds no table.
    """
    text = decode(content, name, plan.encoding)
    source = text.data.decode("utf-8", "replace")
    head = tuple(line[:_LONGEST_SHOWN] for line in source[:200_000].split("\n")[:_NUM_SHOWN])
    plan = plan.fill(encoding=text.encoding)
    try:
        value = _load(source, name)
    except ValueError as error:
        found = _read_lines(source, name, plan, head)
        if found is None:
            raise DataError(
                f'The file "{name[:80]}" begins as JSON but is damaged: {str(error)[:100]}.',
                "Fetch or save it again, or save the table as CSV.",
            ) from error
        return found
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return read_grid([[_to_cell(cell) for cell in row] for row in value], name, plan)
    records = _find_records(value)
    if not records:
        raise DataError(
            f'The file "{name[:80]}" is JSON without a table in it.',
            'Bring an array of objects, such as [{"date": "2024-01-01", "value": 5}].',
        )
    lines = np.arange(1, len(records) + 1, dtype=np.int64)
    return _make_rows(records, lines, name, plan, head)


def _load(source: str, name: str) -> Any:
    try:
        return json.loads(source)
    except RecursionError as error:
        raise DataError(
            f'The file "{name[:80]}" is nested too deeply for a table.',
            "Bring an array of objects, or save the table as CSV.",
        ) from error


def _read_lines(source: str, name: str, plan: ReadingPlan, head: tuple[str, ...]) -> Rows | None:
    """Read an object on each line; those that are none are set aside. None where most are none."""
    records: list[Record] = []
    lines, set_aside = [], []
    for number, line in enumerate(source.split("\n"), start=1):
        line = line.strip().removesuffix(",")
        if not line or line in "[]":
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            records.append(_flatten(value))
            lines.append(number)
        else:
            set_aside.append(SetAside(number, line[:200], "no JSON object"))
    if not records or len(set_aside) > 0.2 * len(records) + 1:
        return None
    rows = _make_rows(records, np.array(lines, np.int64), name, plan, head)
    if not set_aside:
        return rows
    told = tuple(each.line for each in set_aside[:20])
    remark = Remark(
        "set_aside",
        f"{count_words(len(set_aside), 'line')} that {'is' if len(set_aside) == 1 else 'are'} no "
        f"JSON {'was' if len(set_aside) == 1 else 'were'} set aside "
        f"(line {', '.join(str(line) for line in told[:4])}).",
        told,
    )
    return Rows(
        rows.frame,
        rows.lines,
        rows.plan,
        head=head,
        set_aside=tuple(set_aside[:MOST_SET_ASIDE]),
        num_set_aside=len(set_aside),
        remarks=(*rows.remarks, remark),
    )


def _find_records(value: Any) -> list[Record]:
    """Return the rows of the largest table at or below a value."""
    best: list[Record] = []
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        inner, depth = waiting.pop(0)
        found = _as_records(inner)
        if len(found) > len(best):
            best = found
        if depth < _DEEPEST and not (found and isinstance(inner, list)):
            below: Iterable[Any] = ()
            if isinstance(inner, dict):
                below = list(inner.values())[:1_000]
            elif isinstance(inner, list):
                below = inner[:10]
            waiting += [(each, depth + 1) for each in below if isinstance(each, dict | list)]
    return best


def _as_records(value: Any) -> list[Record]:
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        if objects and len(objects) == len(value):
            return _spread(objects) or [_flatten(each) for each in objects]
        if value and all(isinstance(each, list) for each in value):
            width = max(map(len, value))
            return [
                {f"column {at + 1}": cell for at, cell in enumerate(row)}
                for row in value
                if width > 1
            ]
        if len(value) > 1 and all(_is_scalar(each) for each in value):
            return [{"value": each} for each in value]
        return []
    if not isinstance(value, dict) or not value:
        return []
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return _read_split(value)
    lists = {key: each for key, each in value.items() if isinstance(each, list)}
    even = {key: each for key, each in lists.items() if all(map(_is_scalar, each))}
    if even:
        longest = max(map(len, even.values()))
        columns = {key: each for key, each in even.items() if len(each) == longest}
        if longest > 1 and (len(columns) > 1 or len(value) == 1):
            return [
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            ]
        return []
    inner = list(value.values())
    if all(isinstance(each, dict) for each in inner) and all(
        all(map(_is_scalar, each.values())) for each in inner
    ):
        return _read_nested(value)
    if len(value) > 2 and all(map(_is_scalar, inner)):
        numbers = sum(isinstance(each, int | float) or each is None for each in inner)
        if numbers == len(inner) and all(kind_of(str(key)) != "text" for key in value):
            return [{"time": key, "value": each} for key, each in value.items()]
    return []


def _spread(objects: Sequence[Record]) -> list[Record]:
    """Read series that hold a list of points each, as Prometheus and Graphite answer; else none."""
    rows: list[Record] = []
    for each in objects:
        points = {
            key: value
            for key, value in each.items()
            if isinstance(value, list) and value and all(_is_point(point) for point in value)
        }
        if len(points) != 1:
            return []
        (key,) = points
        above = _flatten({name: value for name, value in each.items() if name != key})
        rows += [{**above, "time": point[0], "value": point[1]} for point in points[key]]
    if rows and all(_is_small(row["time"]) for row in rows[:20]):  # Graphite: the value first
        rows = [{**row, "time": row["value"], "value": row["time"]} for row in rows]
    return rows


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_scalar, value))


def _is_small(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and abs(value) < _EARLIEST_SECOND)


def _read_split(value: Mapping[str, Any]) -> list[Record]:
    """Read what pandas writes with ``orient="split"``."""
    columns = [str(column) for column in value["columns"]]
    index = value.get("index")
    rows = [row for row in value["data"] if isinstance(row, list) and len(row) == len(columns)]
    if isinstance(index, list) and len(index) == len(rows) and index != list(range(len(rows))):
        return [
            {"index": at, **dict(zip(columns, row, strict=True))}
            for at, row in zip(index, rows, strict=True)
        ]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _read_nested(value: Mapping[str, Mapping[str, Any]]) -> list[Record]:
    """Read objects in an object: a column of cells by row, or a row of cells by column."""
    outer = list(value)
    inner = list(next(iter(value.values())))
    of_rows = all(kind_of(key) in ("date", "number", "clock") for key in outer) or not all(
        list(each) == inner for each in value.values()
    )
    if of_rows or not all(kind_of(key) != "text" for key in inner):
        numbered = outer == [str(at) for at in range(len(outer))]
        return [dict(row) if numbered else {"index": key, **row} for key, row in value.items()]
    numbered = inner == [str(at) for at in range(len(inner))]
    return [
        ({} if numbered else {"index": key}) | {column: value[column][key] for column in outer}
        for key in inner
    ]


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _flatten(record: Mapping[str, Any]) -> Record:
    """Bring objects in an object up by one step; what is deeper becomes text."""
    if all(map(_is_scalar, record.values())):
        return record
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": each for inner, each in value.items()}
        else:
            flat[key] = value
    return flat


def _to_cell(value: Any) -> Any:
    if value is None or isinstance(value, str | float | bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else float(value) if abs(value) < 1e300 else str(value)
    return json.dumps(value, ensure_ascii=False)[:_LONGEST_CELL]


def _make_rows(
    records: Sequence[Record],
    lines: np.ndarray,
    name: str,
    plan: ReadingPlan,
    head: tuple[str, ...],
) -> Rows:
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
        if len(names) > MOST_COLUMNS:
            raise DataError(
                f'The table "{name[:80]}" has more than {MOST_COLUMNS:,} columns.',
                "Bring it as a long table: a row for each time.",
            )
    if not names:
        raise DataError(
            f'The objects in "{name[:80]}" are empty.',
            'Bring an array of objects, such as [{"date": "2024-01-01", "value": 5}].',
        )
    if len(names) * len(records) > 200_000_000:
        raise DataError(
            f'The objects in "{name[:80]}" have too few names in common for a table.',
            "Give every object the same names.",
        )
    given, remarks = name_columns(list(names), len(names))
    columns = {}
    for column, key in zip(given, names, strict=True):
        values = [_to_cell(record.get(key)) for record in records]
        typed = type_values(values)
        if typed is None:
            texts = [
                None if value is None or value == "" else show(value).strip() for value in values
            ]
            typed = pd.Series(texts, dtype="str")
        columns[column] = typed
    frame = pd.DataFrame(columns)
    return Rows(frame, lines, plan, head=head, remarks=tuple(remarks))
